import { execFile } from "node:child_process";
import path from "node:path";
import type { Harness } from "./harness.ts";

const SERVER = path.resolve(import.meta.dirname, "../../../apps/server");

/**
 * Node arguments for the server (`main`) or one of its commands: the build with SERVER_CODE=dist, which `npm test` sets after building
 * because loading the source takes a second per process; otherwise the source.
 */
export const serverCode = (name: string): string[] =>
  process.env.SERVER_CODE === "dist"
    ? [path.join(SERVER, "dist", `${name}.js`)]
    : ["--import", "tsx", path.join(SERVER, "src", name === "main" ? "main.ts" : `cli/${name}.ts`)];

export interface Ended {
  code: number;
  out: string;
  error: string;
}

/** The environment of the harness's server, for a command beside it. */
export const environmentOf = ({ folder, sim }: Pick<Harness, "folder" | "sim">): Record<string, string> => ({
  DATABASE_URL: `file:${folder}/app.db`,
  BACKUP_DIR: `${folder}/backups`,
  ENCRYPTION_KEY: "a-key-for-tests-of-more-than-32-characters",
  OPENROUTER_API_URL: sim.url,
  // The simulators of these tests have no limit.
  OPENROUTER_REQUESTS_PER_MINUTE: "1000",
  PORT: "0",
});

/** Runs a command of the server in its own process, as `npm run NAME -- ARGS` does. */
export function runCommand(name: string, args: string[], env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...serverCode(name), ...args],
      { env: { PATH: process.env.PATH ?? "", ...env } },
      (failure, out, error) => resolve({ code: failure ? Number(failure.code ?? 1) : 0, out, error }),
    );
  });
}
