import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCommand, serverCode } from "../support/server/command.ts";

/** Is found from the repository, wherever a command runs. */
const TSX = createRequire(import.meta.url).resolve("tsx");
const ROOT = path.resolve(import.meta.dirname, "../..");
const COMMANDS = Object.keys(JSON.parse(fs.readFileSync(path.join(ROOT, "apps/server/src/cli/commands.json"), "utf8")));

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), "orwatch-help-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("--help", () => {
  const environment = () => ({ DATABASE_URL: `file:${folder}/data/app.db`, BACKUP_DIR: `${folder}/backups` });

  // One function looks for both; a process takes most of a second.
  const asked = [...COMMANDS.map((name) => [name, "--help"] as const), ["backup", "-h"] as const];
  test.each(asked)("the command %s prints help only when called with %s", async (name, flag) => {
    const ended = await runCommand(name === "start" ? "main" : name, ["x@example.com", flag], environment());
    expect(ended).toEqual({ code: 0, out: expect.stringContaining(`Usage: orwatch ${name}`), error: "" });
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  const scripts = Object.entries(
    JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")).scripts as Record<string, string>,
  ).flatMap(([name, line]) => {
    const [, script, argument = ""] = /node(?: --[\w=-]+)* (scripts\/[\w-]+\.mjs)(?: ([\w-]+))?$/.exec(line) ?? [];
    return script === undefined ? [] : [[name, script, argument] as const];
  });

  test.each(scripts)("--help of npm run %s prints help only", (name, script, argument) => {
    const args = [script, ...(argument ? [argument] : []), "--help"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: ROOT,
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", ...environment() },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: npm /);
    expect(stdout, name).toContain(name);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe("orwatch", () => {
  const orwatch = (...args: string[]) => runCommand("cli", args, { DATABASE_URL: `file:${folder}/app.db` });

  test("orwatch lists the commands when called without one", async () => {
    const ended = await orwatch();
    expect(ended).toMatchObject({ code: 0, error: "" });
    for (const name of COMMANDS) expect(ended.out).toContain(name);
  });

  test("orwatch passes arguments on to a command", async () => {
    const ended = await runCommand("cli", ["reset-password", "no address"], { ENCRYPTION_KEY: "k".repeat(32) });
    expect(ended).toMatchObject({ code: 1, error: "no address is not an email address.\n" });
  });

  test("orwatch rejects an unknown command", async () => {
    expect(await orwatch("backpu")).toMatchObject({ code: 1, out: "", error: expect.stringContaining("backpu") });
  });
});

describe("the systemd wrapper in docs/deploy", () => {
  const KEY = "a-key-for-tests-of-more-than-32-characters";

  /** The script with its paths replaced by the test's folder, run as the current user. */
  function install(): string {
    const opt = path.join(folder, "opt");
    fs.mkdirSync(path.join(opt, "apps/server/dist"), { recursive: true });
    const node = [process.execPath, ...serverCode("cli")].map((part) => `'${part === "tsx" ? TSX : part}'`).join(" ");
    const text = fs
      .readFileSync(path.join(ROOT, "docs/deploy/orwatch"), "utf8")
      .replaceAll("runuser -u orwatch -- ", "")
      .replaceAll("/opt/orwatch", opt)
      .replace("/etc/orwatch.env", path.join(folder, "orwatch.env"))
      .replace(
        /\/usr\/bin\/node ("--env-file=\S+) \S+/,
        `'${process.execPath}' $1 ${node.slice(node.indexOf(" ") + 1)}`,
      );
    const file = path.join(folder, "orwatch");
    fs.writeFileSync(file, text, { mode: 0o755 });
    return file;
  }

  const run = (args: string[], { cwd = folder, env = {} as Record<string, string> } = {}) =>
    spawnSync("sh", [install(), ...args], {
      cwd,
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", ...env },
    });

  const write = (name: string, lines: Record<string, string>) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    const text = Object.entries(lines).map(([variable, value]) => `${variable}=${value}\n`);
    fs.writeFileSync(path.join(folder, name), text.join(""), { mode: 0o600 });
  };

  test("the systemd wrapper reads /etc/orwatch.env, never a .env, and lets the environment override it", () => {
    write("orwatch.env", { ENCRYPTION_KEY: KEY, DATABASE_URL: `file:${folder}/from-etc.db` });
    write("opt/.env", { ENCRYPTION_KEY: KEY, DATABASE_URL: `file:${folder}/from-dot-env.db` });
    expect(run(["backup"]).stderr).toContain("/from-etc.db");
    const env = { DATABASE_URL: `file:${folder}/from-environment.db` };
    expect(run(["backup"], { env }).stderr).toContain("/from-environment.db");
  });

  test("the systemd wrapper resolves a file to restore from the current folder", () => {
    write("orwatch.env", {
      ENCRYPTION_KEY: KEY,
      DATABASE_URL: `file:${folder}/app.db`,
      BACKUP_DIR: `${folder}/backups`,
    });
    write("typed here/old copy.db", { not: "a database" });
    const { status, stderr } = run(["restore", "old copy.db"], { cwd: path.join(folder, "typed here") });
    expect(status).toBe(1);
    expect(stderr).toContain(path.join(folder, "typed here/old copy.db"));
    expect(stderr).not.toContain("There is no");
  });
});
