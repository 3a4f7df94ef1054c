import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

const MAIN = path.resolve(import.meta.dirname, "../../apps/server/dist/main.js");

export const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/** Starts a program and waits until `url` answers. */
export async function start(command: string[], env: Record<string, string>, url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, command, {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  for (let tries = 0; tries < 200; tries += 1) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return child;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${command[0]} did not start`);
}

/** The built server on a database file, without OpenRouter and in practice without a rate limit. */
export async function startBuilt({ file, folder }: { file: string; folder: string }) {
  if (!existsSync(MAIN)) throw new Error("apps/server/dist is missing; run `npm run build` first");
  const url = `http://127.0.0.1:${await freePort()}`;
  const env = {
    DATABASE_URL: `file:${file}`,
    BACKUP_DIR: `${folder}/backups`,
    ENCRYPTION_KEY: "a-key-for-the-bench-of-more-than-32-characters",
    OPENROUTER_API_URL: "http://127.0.0.1:9/api/v1",
    RATE_LIMIT_REQUESTS: "1000000000",
    PORT: new URL(url).port,
  };
  return { url, child: await start([MAIN], env, `${url}/health`) };
}
