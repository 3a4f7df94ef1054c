import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
// @ts-expect-error a script without types
import { hashOf } from "../../scripts/build.mjs";
// @ts-expect-error a script without types
import { loadEnv } from "../../scripts/lib/env.mjs";
// @ts-expect-error a script without types
import { countPlaywright, countVitest, listFlaky, orItself } from "../../scripts/lib/suite.mjs";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "orwatch-setup-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe(".env", () => {
  const file = () => path.join(folder, ".env");

  test(".env is written once with a new key, readable by its owner only", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const { ENCRYPTION_KEY: key } = loadEnv({ file: file(), env: {} });
    expect(log.mock.calls.join()).toContain(".env");
    expect(log.mock.calls.join()).not.toContain(key);
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(fs.statSync(file()).mode & 0o777).toBe(0o600);
    expect(loadEnv({ file: file(), env: {} }).ENCRYPTION_KEY).toBe(key);
    fs.rmSync(file());
    expect(loadEnv({ file: file(), env: {} }).ENCRYPTION_KEY).not.toBe(key);
    log.mockClear();
  });

  test(".env is not written when the key is in the environment", () => {
    expect(loadEnv({ file: file(), env: { ENCRYPTION_KEY: "k".repeat(32) } }).ENCRYPTION_KEY).toBe("k".repeat(32));
    expect(fs.existsSync(file())).toBe(false);
  });

  test(".env is overridden by the environment", () => {
    fs.writeFileSync(file(), 'ENCRYPTION_KEY=inside\nPORT=1\nPUBLIC_URL="https://a.example" # where people go\n', {
      mode: 0o600,
    });
    expect(loadEnv({ file: file(), env: { PORT: "2" } })).toEqual({
      ENCRYPTION_KEY: "inside",
      PORT: "2",
      PUBLIC_URL: "https://a.example",
    });
  });

  test(".env is not written for a command", () => {
    expect(() => loadEnv({ file: file(), env: {}, mayWrite: false })).toThrow(
      /^There is no \.env .*Put the ENCRYPTION_KEY of/,
    );
    expect(fs.existsSync(file())).toBe(false);
    const ENCRYPTION_KEY = "k".repeat(32);
    expect(loadEnv({ file: file(), env: { ENCRYPTION_KEY }, mayWrite: false })).toEqual({ ENCRYPTION_KEY });
  });

  test.each([
    ["UTF-8 with a byte order mark", (text: string) => Buffer.from(`\ufeff${text}`)],
    ["UTF-16, little endian", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16, big endian", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["lines that end in CRLF", (text: string) => Buffer.from(text.replaceAll("\n", "\r\n"))],
  ])(".env is read in %s", (_, encode) => {
    fs.writeFileSync(file(), encode("ENCRYPTION_KEY=inside\nPUBLIC_URL=https://a.example\n"), { mode: 0o600 });
    expect(loadEnv({ file: file(), env: {} })).toEqual({ ENCRYPTION_KEY: "inside", PUBLIC_URL: "https://a.example" });
  });

  test.each([0o644, 0o640, 0o604, 0o606])(".env causes a warning when others may read it (%i)", (mode) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    fs.writeFileSync(file(), "ENCRYPTION_KEY=inside\n", { mode: 0o600 });
    loadEnv({ file: file(), env: {} });
    expect(warn).not.toHaveBeenCalled();
    fs.chmodSync(file(), mode);
    loadEnv({ file: file(), env: {} });
    expect(warn.mock.calls.join()).toMatch(/chmod 600 \.env/);
    warn.mockRestore();
  });

  test(".env without a key stops the start with one line and is not changed", () => {
    const text = "LOG_LEVEL=warn\nENCRYPTION_KEY=\n";
    fs.writeFileSync(file(), text, { mode: 0o600 });
    expect(() => loadEnv({ file: file(), env: {} })).toThrow(/^\.env has no ENCRYPTION_KEY;[^\n]*$/);
    expect(fs.readFileSync(file(), "utf8")).toBe(text);
  });

  test(".env.example has every variable of config.ts in order, each explained", () => {
    const root = path.resolve(import.meta.dirname, "../..");
    const config = fs.readFileSync(path.join(root, "apps/server/src/config.ts"), "utf8");
    const [, schema] = /z\.object\(\{([\s\S]*?)\n\}\)/.exec(config) ?? [];
    const known = [...(schema ?? "").matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name);
    const example = fs.readFileSync(path.join(root, ".env.example"), "utf8");
    const shown = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(20);
    expect(shown).toEqual(known);
    const manual = fs.readFileSync(path.join(root, "docs/configuration.md"), "utf8");
    expect([...manual.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name]) => name)).toEqual(known);
    const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");
    for (const [, name] of readme.matchAll(/^\| `([A-Z_]+)` +\|/gm)) expect(known).toContain(name);
  });
});

describe("cached steps", () => {
  const write = (name: string, text: string) => {
    fs.mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  };
  const hash = (also = "") => hashOf(["src", "lock"], { root: folder, also });

  beforeEach(() => {
    write("src/a.ts", "1");
    write("lock", "1");
  });

  test.each([
    ["an edit of the same length", () => write("src/a.ts", "2")],
    ["a new file", () => write("src/deep/b.ts", "")],
    ["a removed file", () => fs.rmSync(path.join(folder, "src/a.ts"))],
    ["a renamed file", () => fs.renameSync(path.join(folder, "src/a.ts"), path.join(folder, "src/c.ts"))],
    ["a missing lockfile", () => fs.rmSync(path.join(folder, "lock"))],
  ])("a cached step runs again after %s", (_, change) => {
    const before = hash();
    change();
    expect(hash()).not.toBe(before);
  });

  test("cached steps run again for another version of Node, except tests, bundles and generated code", () => {
    const before = hash();
    expect(hash("115")).not.toBe(before);
    write("src/a.test.ts", "");
    write("src/dist/main.js", "");
    write("src/generated/client.ts", "");
    expect(hash()).toBe(before);
  });
});

describe("totals", () => {
  test("a test file that cannot be loaded fails the run", () => {
    const testResults = [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{ status: "passed" }, { status: "failed" }] },
      { status: "passed", assertionResults: [{ status: "passed" }] },
    ];
    expect(countVitest({ numPassedTests: 2, numFailedTests: 1, testResults })).toEqual({ passed: 2, failed: 2 });
  });

  test("a runner that reports nothing, or fails without a failed test, fails the run", () => {
    expect(countVitest(null)).toEqual({ passed: 0, failed: 1 });
    expect(countPlaywright(null)).toEqual({ passed: 0, failed: 1 });
    expect(orItself({ passed: 3, failed: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
    expect(orItself({ passed: 3, failed: 2 }, 1)).toEqual({ passed: 3, failed: 2 });
    expect(orItself({ passed: 3, failed: 0 }, 0)).toEqual({ passed: 3, failed: 0 });
  });

  test("end-to-end tests that passed at their second try are named", () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
    const suites = [
      {
        file: "a.e2e.ts",
        specs: [spec("one", "expected")],
        suites: [{ file: "a.e2e.ts", specs: [spec("two", "flaky")] }],
      },
    ];
    expect(listFlaky({ suites })).toEqual(["a.e2e.ts › two"]);
    expect(listFlaky(null)).toEqual([]);
  });

  test("end-to-end tests count by their outcome", () => {
    expect(countPlaywright({ stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 0 } })).toEqual({
      passed: 5,
      failed: 2,
    });
  });
});
