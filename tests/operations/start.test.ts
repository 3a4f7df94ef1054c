import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseConfig } from "@orwatch/server/config";
import { createLog } from "@orwatch/server/platform/log";
import { StartError, startServer } from "@orwatch/server/start";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { serverCode } from "../support/server/command.ts";
import { keepLog } from "../support/server/suite-log.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "orwatch-start-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = (env: Record<string, string> = {}) => ({
  DATABASE_URL: `file:${folder}/app.db`,
  BACKUP_DIR: `${folder}/backups`,
  ENCRYPTION_KEY: "a-key-for-tests-of-more-than-32-characters",
  OPENROUTER_API_URL: "http://127.0.0.1:9",
  PORT: "0",
  ...env,
});

const start = (env: Record<string, string> = {}) =>
  startServer(parseConfig(environment(env)), {
    log: createLog({ level: "debug", write: (line) => keepLog(line) }),
    withJobs: false,
  });

function occupy(): Promise<{ port: number; server: Server }> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({ server, port: typeof address === "object" && address ? address.port : 0 });
    });
  });
}

describe("rejected starts", () => {
  const errorMessage = async (env: Record<string, string>) => {
    const error: unknown = await start(env).then(
      (running) => running.stop(),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(StartError);
    return (error as Error).message;
  };

  test("a start fails for a port that is already in use and names the setting", async () => {
    const { port, server } = await occupy();
    expect(await errorMessage({ PORT: String(port) })).toMatch(new RegExp(`Port ${port} is already in use.*PORT`));
    await new Promise((resolve) => server.close(resolve));
  });

  test("a start fails for an address that this machine does not have and names the setting", async () => {
    expect(await errorMessage({ HOST: "192.0.2.1", ALLOW_INSECURE_HTTP: "true" })).toMatch(/HOST 192\.0\.2\.1/);
  });

  test.each(["no-such-host.invalid", "[::2:3:4]x", "fe80::1"])(
    "a start fails for HOST=%s in one line",
    async (host) => {
      const message = await errorMessage({ HOST: host, ALLOW_INSECURE_HTTP: "true" });
      expect(message).toContain(`HOST ${host}`);
      expect(message).not.toContain("\n");
    },
  );

  test.each(["DATABASE_URL", "BACKUP_DIR"])(
    "a start fails at once for %s in a folder that cannot be created",
    async (variable) => {
      const at = "/proc/orwatch-cannot-be-made/x";
      expect(await errorMessage({ [variable]: variable === "DATABASE_URL" ? `file:${at}/app.db` : at })).toMatch(
        variable,
      );
    },
  );

  test("a start fails for a data folder that cannot be written to and names the setting", async () => {
    writeFileSync(path.join(folder, "file"), "");
    expect(await errorMessage({ DATABASE_URL: `file:${folder}/file/app.db` })).toMatch(/DATABASE_URL/);
  });

  test("a start fails for a file that is not a database and names the setting", async () => {
    writeFileSync(path.join(folder, "app.db"), "this is a letter to my bank, not a database\n".repeat(100));
    expect(await errorMessage({})).toMatch(/not an SQLite database/);
  });

  test("a start fails for another server on the same file, under any path", async () => {
    const first = await start();
    symlinkSync(path.join(folder, "app.db"), path.join(folder, "link.db"));
    for (const name of ["app.db", "link.db"])
      expect(await errorMessage({ DATABASE_URL: `file:${folder}/${name}` })).toBe(
        `${folder}/${name} is in use by another orwatch. Stop it first.`,
      );
    await first.stop();
    await (await start()).stop();
  });

  test("a start fails for another server on the same file under a hard link, in this folder or another", async () => {
    const first = await start();
    mkdirSync(path.join(folder, "elsewhere"));
    for (const name of ["second.db", "elsewhere/app.db"]) {
      linkSync(path.join(folder, "app.db"), path.join(folder, name));
      expect(await errorMessage({ DATABASE_URL: `file:${folder}/${name}` })).toBe(
        `${folder}/${name} is in use by another orwatch. Stop it first.`,
      );
    }
    await first.stop();
    await (await start({ DATABASE_URL: `file:${folder}/second.db` })).stop();
  });
});

interface Ended {
  code: number | null;
  out: string;
  error: string;
}

/** Runs the server as a process; `until` ends it when its output shows that. */
function runMain(
  env: Record<string, string>,
  until?: { shows: RegExp; signal: NodeJS.Signals } | null,
  { uid, preload = [] }: { uid?: number | undefined; preload?: string[] } = {},
): Promise<Ended> {
  const child: ChildProcess = spawn(process.execPath, [...preload, ...serverCode("main")], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let [out, error] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    keepLog(text, child.pid);
    if (until?.shows.test(out)) child.kill(until.signal);
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    error += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, error }));
  });
}

describe("the process", () => {
  test("the process lists every invalid variable in one line and exits with 1", async () => {
    const { code, error } = await runMain(environment({ PORT: "http", SYNC_INTERVAL_MINUTES: "1" }));
    expect(code).toBe(1);
    expect(error.trim().split("\n")).toHaveLength(1);
    expect(error).toMatch(/PORT.*SYNC_INTERVAL_MINUTES|SYNC_INTERVAL_MINUTES.*PORT/);
  });

  test("the process listens on an IPv6 address in brackets", async () => {
    const { code, out } = await runMain(environment({ HOST: "[::1]" }), { shows: /ready at/, signal: "SIGTERM" });
    expect(code).toBe(0);
    expect(out).toMatch(/orwatch is ready at http:\/\/\[::1\]:\d+\n/);
  });

  test("the process warns about settings that look like mistakes, and starts", async () => {
    const env = environment({ ALLOW_REGISTRATON: "false", TRUST_PROXY: "0.0.0.0/0" });
    const { code, out } = await runMain(env, { shows: /ready at/, signal: "SIGTERM" });
    expect(code).toBe(0);
    const lines = out.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));
    expect(lines.filter(({ event }) => /^config\./.test(event))).toMatchObject([
      { level: "warn", event: "config.misspelled", variable: "ALLOW_REGISTRATON" },
      { level: "warn", event: "config.trusts_everybody", variable: "TRUST_PROXY" },
    ]);
  });

  test("the process does not start without an encryption key", async () => {
    const { code, error } = await runMain({ ...environment(), ENCRYPTION_KEY: "" });
    expect(code).toBe(1);
    expect(error).toMatch(/ENCRYPTION_KEY is missing/);
  });

  test("the process names the file it cannot write", async () => {
    await (await start()).stop();
    // Root can write every file.
    const unprivileged = process.getuid?.() === 0 ? 65_534 : undefined;
    if (unprivileged !== undefined) {
      const names = readdirSync(folder).map((name) => path.join(folder, name));
      for (const name of [folder, ...names]) chownSync(name, unprivileged, unprivileged);
    }
    chmodSync(path.join(folder, "app.db"), 0o400);
    expect(await runMain(environment(), null, { uid: unprivileged })).toEqual({
      code: 1,
      out: "",
      error: `orwatch cannot start: ${folder}/app.db is not writable. Give the server's user write access, or set DATABASE_URL to a file in another folder.\n`,
    });
  });

  for (const signal of ["SIGTERM", "SIGINT"] as const)
    test(`the process prints its address, serves, and exits cleanly on ${signal}`, async () => {
      const { code, out, error } = await runMain(environment(), { shows: /ready at/, signal });
      expect(out).toMatch(/^No user exists yet\. .*Set-up code: [a-z2-9-]{23}$/m);
      expect({ code, error }).toEqual({ code: 0, error: "" });
      expect(out).toMatch(/orwatch is ready at http:\/\/localhost:\d+\n/);
      const events = [...out.matchAll(/"event":"(server\.\w+)"/g)].map(([, event]) => event);
      expect(events).toEqual(["server.started", "server.stopping", "server.stopped"]);
    });

  test("the process logs one event without secrets when it crashes, and exits with 1", async () => {
    const breaks = `process.on("SIGUSR2", () => { throw new Error("a bug with sk-or-v1-${"a".repeat(64)}"); });`;
    const preload = ["--import", `data:text/javascript,${encodeURIComponent(breaks)}`];
    const { code, out, error } = await runMain(environment(), { shows: /ready at/, signal: "SIGUSR2" }, { preload });
    expect({ code, error }).toEqual({ code: 1, error: "" });
    expect(JSON.parse(out.trim().split("\n").at(-1) ?? "")).toMatchObject({
      level: "error",
      event: "server.crashed",
      origin: "uncaughtException",
      error: { message: "a bug with [redacted]", stack: expect.stringContaining("at ") },
    });
  });

  test.each([["its log"], ["its log and standard error"]])(
    "the process keeps serving when %s is no longer read",
    async (which) => {
      const child = spawn(process.execPath, serverCode("main"), {
        env: { PATH: process.env.PATH, ...environment({ LOG_LEVEL: "debug" }) },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let error = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        error += text;
      });
      const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
      const url = await new Promise<string>((resolve, reject) => {
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
          const [, found] = /ready at (http:\S+)/.exec(text) ?? [];
          if (found) resolve(found);
        });
        void ended.then(() => reject(new Error(error)));
      });
      child.stdout.destroy();
      if (which !== "its log") child.stderr.destroy();
      for (let request = 0; request < 20; request += 1)
        expect((await fetch(`${url}/api/v1/stats`, { headers: { connection: "close" } })).status).toBe(401);
      child.kill("SIGTERM");
      expect(await ended).toBe(0);
      if (which === "its log")
        expect(error).toMatch(
          /^orwatch: the log can no longer be written \(write EPIPE\)\. The server continues without it\.\n$/,
        );
    },
  );
});

test("a second start finds the same data", async () => {
  const first = await start();
  const registered = await fetch(`${first.url}/api/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      email: "ada@example.com",
      password: "Correct-Horse-9",
      password_confirm: "Correct-Horse-9",
    }),
  });
  expect(registered.status).toBe(201);
  await first.stop();
  const second = await start();
  expect(await second.app.db.prisma.user.count()).toBe(1);
  expect((await (await fetch(`${second.url}/health/ready`)).json()) as object).toMatchObject({
    checks: { database: true },
  });
  await second.stop();
});
