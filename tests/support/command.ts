import { execFile } from "node:child_process";
import path from "node:path";
import type { Bench } from "./harness.ts";

const SOURCE = path.resolve(import.meta.dirname, "../../apps/server/src");

export interface Ended {
  code: number;
  out: string;
  error: string;
}

/** The variables under which the bench's server runs, for a command beside it. */
export const environmentOf = ({ folder, sim }: Pick<Bench, "folder" | "sim">): Record<string, string> => ({
  DATABASE_URL: `file:${folder}/app.db`,
  BACKUP_DIR: `${folder}/backups`,
  ENCRYPTION_KEY: "a-key-for-tests-of-more-than-32-characters",
  OPENROUTER_API_URL: sim.url,
  PORT: "0",
});

/** Runs a command of the server in a process of its own, as `npm run NAME -- ARGS` does. */
export function runCommand(name: string, args: string[], env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", "tsx", path.join(SOURCE, `${name}.ts`), ...args],
      { env: { PATH: process.env.PATH ?? "", ...env } },
      (failure, out, error) => resolve({ code: failure ? Number(failure.code ?? 1) : 0, out, error }),
    );
  });
}
