import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
// @ts-expect-error a script without types
import { isSupported, SUPPORTED_LINES } from "../../scripts/lib/node-version.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (name: string) => fs.readFileSync(path.join(ROOT, name), "utf8");

describe("Node versions", () => {
  test("Node 20 and early 22 are rejected, 22.19 and later accepted", () => {
    for (const version of ["18.20.0", "20.20.2", "22.18.0"]) expect(isSupported(version), version).toBe(false);
    for (const version of ["22.19.0", "22.23.3", "24.0.0", "26.10.0"]) expect(isSupported(version), version).toBe(true);
  });

  test("Node versions are the same in package.json, .node-version, the Dockerfile and the scripts", () => {
    const { engines } = JSON.parse(read("package.json"));
    expect(engines.node).toBe("^22.19.0 || ^24.0.0 || >=26.0.0");
    expect(SUPPORTED_LINES).toEqual(["22", "24", "26"]);
    expect(read(".node-version")).toMatch(/^24\.\d+\.\d+\n$/);
    expect(read("Dockerfile")).toContain(`ARG NODE_VERSION=${read(".node-version").trim()}\n`);
  });

  test("every script of package.json checks the version first", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    for (const [name, command] of Object.entries(scripts)) {
      const file = /\bnode (?:--\S+ )*(scripts\/[\w-]+\.mjs)\b/.exec(command)?.[1];
      expect(file, `${name}: ${command}`).toBeDefined();
      const imports = [...read(file ?? "").matchAll(/^import .*?"(.+?)";$/gm)].map(([, source]) => source);
      const isChecked = imports.includes("./lib/node-version.mjs") || imports.includes("./lib/run.mjs");
      expect(isChecked, `${file} imports run.mjs or node-version.mjs`).toBe(true);
    }
    expect(read("scripts/lib/run.mjs").split("\n")[0]).toBe('import "./node-version.mjs";');
  });

  test("one copy of the SQLite driver is installed, version 13 or newer", () => {
    const versions = new Set(read("pnpm-lock.yaml").match(/^ {2}better-sqlite3@[\d.]+/gm));
    expect([...versions]).toEqual([expect.stringMatching(/@(1[3-9]|[2-9]\d)\./)]);
  });
});

test("preparing statements in a loop survives garbage collection", () => {
  const loop = `
    const Database = require("better-sqlite3");
    const db = new Database(":memory:");
    for (let n = 0; n < 15_000; n += 1) {
      db.prepare("select " + n).get();
      if (n % 100 === 0) globalThis.garbage = Array.from({ length: 5_000 }, () => ({}));
      if (n % 1_000 === 0) global.gc();
    }
    console.log("survived");`;
  const { stdout, status } = spawnSync(process.execPath, ["--expose-gc", "-e", loop], {
    cwd: path.join(ROOT, "packages/db"),
    encoding: "utf8",
  });
  expect([stdout.trim(), status]).toEqual(["survived", 0]);
});
