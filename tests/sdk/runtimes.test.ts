import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { request } from "../support/server/harness.ts";
import { CONSUMER, type Install, installPacked, type Outcome, run } from "./sdk-package.ts";
import { MARCH, type SdkScenario, startSdkScenario } from "./sdk-scenario.ts";

const RUNTIMES = path.join(CONSUMER, "runtimes");

/** They are large, so only `npm run prove:consumers` installs them. */
const isProof = process.env.CONSUMERS === "all";

describe.skipIf(!isProof)("the packed SDK in other runtimes and bundlers", () => {
  let install: Install;
  let scenario: SdkScenario;
  let env: Record<string, string>;
  let expected: object;
  beforeAll(async () => {
    [install, scenario] = await Promise.all([installPacked(), startSdkScenario()]);
    const { total_cost } = (await scenario.client().stats.get(MARCH)).summary;
    expected = {
      rows: 60,
      sum: total_cost,
      total: total_cost,
      exported: 60,
      keys: 4,
      limit: 100_000,
      failure: { isOurs: true, name: "ValidationError", hasRequestId: true },
    };
    env = { ORWATCH_URL: scenario.harness.url, ORWATCH_TOKEN: scenario.token };
    // The lock file lists all of these and not the SDK, which then joins them.
    const packed = path.join(install.folder, "node_modules/@orwatch");
    cpSync(packed, path.join(install.folder, "packed"), { recursive: true });
    cpSync(RUNTIMES, install.folder, { recursive: true });
    await must("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    cpSync(path.join(install.folder, "packed"), packed, { recursive: true });
  }, 600_000);
  afterAll(async () => {
    install?.remove();
    await scenario?.harness.close();
  }, 120_000);

  const must = async (file: string, args: string[], more: Record<string, string> = {}): Promise<Outcome> => {
    const outcome = await run(file, args, {
      cwd: install.folder,
      env: { ...env, NODE_OPTIONS: "", ...more },
      timeoutMs: 500_000,
    });
    expect(outcome.code, `${file} ${args.join(" ")}\n${outcome.stdout}${outcome.stderr}`).toBe(0);
    return outcome;
  };
  const inside = (...parts: string[]) => path.join(install.folder, "node_modules", ...parts);
  const bin = (name: string) => inside(".bin", name);

  const nodes = () => readdirSync(inside()).filter((name) => /^node-\d+$/.test(name));

  test("Node 20 to 26, as ESM and CommonJS", { timeout: 120_000 }, async () => {
    expect(nodes()).toHaveLength(7);
    for (const name of nodes())
      for (const file of ["run.mjs", "run.cjs"]) {
        const node = inside(name, "bin/node");
        expect((await must(node, ["--version"])).stdout).toMatch(new RegExp(`^v${name.slice(5)}\\.`));
        expect(JSON.parse((await must(node, [file])).stdout), `${name} ${file}`).toEqual(expected);
      }
  });

  test("Bun", { timeout: 60_000 }, async () => {
    for (const file of ["run.mjs", "run.cjs"])
      expect(JSON.parse((await must(binaryOf(/^@oven\/bun-linux-x64/, "bin/bun"), ["run", file])).stdout)).toEqual(
        expected,
      );
    await must(binaryOf(/^@oven\/bun-linux-x64/, "bin/bun"), [
      "run",
      "export-to-file.mjs",
      "bun.csv",
      MARCH.start_date,
      MARCH.end_date,
    ]);
    expect(readFileSync(path.join(install.folder, "bun.csv"), "utf8").trim().split("\r\n")).toHaveLength(61);
  });

  test("Deno", { timeout: 60_000 }, async () => {
    const deno = binaryOf(/^@deno\/linux-x64/, "deno");
    const flags = [
      "run",
      "--no-lock",
      "--node-modules-dir=manual",
      "--allow-env",
      "--allow-net",
      "--allow-read",
      "--allow-write",
    ];
    expect(JSON.parse((await must(deno, [...flags, "run.mjs"])).stdout)).toEqual(expected);
    await must(deno, [...flags, "export-to-file.mjs", "deno.csv", MARCH.start_date, MARCH.end_date]);
    expect(readFileSync(path.join(install.folder, "deno.csv"), "utf8").trim().split("\r\n")).toHaveLength(61);
  });

  /** The file of an optional package, which is for this platform. */
  function binaryOf(packages: RegExp, file: string): string {
    const [scope = ""] = /^@\w+/.exec(packages.source.slice(1)) ?? [];
    const found = readdirSync(inside(scope)).find(
      (name) => packages.test(`${scope}/${name}`) && !name.includes("musl"),
    );
    return inside(scope, found ?? "", file);
  }

  test("edge-runtime, without Node's modules", { timeout: 60_000 }, async () => {
    await build({
      entryPoints: [path.join(install.folder, "edge-entry.mjs")],
      outfile: path.join(install.folder, "edge-bundle.js"),
      bundle: true,
      format: "iife",
      platform: "browser",
    });
    expect(JSON.parse((await must(process.execPath, ["edge.mjs", "edge-bundle.js"])).stdout)).toEqual(expected);
  });

  test("jest", { timeout: 60_000 }, async () => {
    await must(bin("jest"), ["--rootDir", install.folder, "--testMatch", "**/sdk.test.cjs"], {
      EXPECTED: JSON.stringify(expected),
    });
  });

  test("Vite, with less than 7 KB for one call", { timeout: 120_000 }, async () => {
    await must(bin("vite"), ["build", "vite", "--outDir", "out", "--target", "es2022"]);
    const assets = path.join(install.folder, "vite/out/assets");
    const [script = ""] = readdirSync(assets).filter((name) => name.endsWith(".js"));
    expect(gzipSync(readFileSync(path.join(assets, script))).length).toBeLessThan(7 * 1024);
  });

  test("TypeScript 5.4 to 7", { timeout: 600_000 }, async () => {
    const compilers = readdirSync(inside()).filter((name) => /^typescript-\d/.test(name));
    expect(compilers.length).toBeGreaterThan(7);
    const options = [
      "--noEmit",
      "--strict",
      "--exactOptionalPropertyTypes",
      "--target",
      "es2022",
      "--module",
      "nodenext",
    ];
    const lib = [
      "--moduleResolution",
      "nodenext",
      "--lib",
      "es2022,dom,dom.iterable,dom.asynciterable",
      "--skipLibCheck",
      "true",
    ];
    for (const name of compilers) {
      const dom = name < "typescript-5.6" ? lib.map((part) => part.replace(",dom.asynciterable", "")) : lib;
      await must(process.execPath, [inside(name, "bin/tsc"), ...options, ...dom, "types.mts", "types.cts"]);
    }
  });

  test("Next 16: a server component passes a page to a client component", { timeout: 500_000 }, async () => {
    await must(bin("next"), ["build", "next"], { NEXT_TELEMETRY_DISABLED: "1" });
    const port = await freePort();
    let child: ChildProcess | undefined;
    try {
      child = spawn(
        process.execPath,
        [inside("next/dist/bin/next"), "start", "next", "-p", String(port), "-H", "127.0.0.1"],
        {
          cwd: install.folder,
          env: { PATH: process.env.PATH, NEXT_TELEMETRY_DISABLED: "1", ...env } as unknown as NodeJS.ProcessEnv,
          stdio: "ignore",
        },
      );
      const { text } = await untilReady(`http://127.0.0.1:${port}/`);
      const shown = /<p id="spend">(.*?)<\/p>/.exec(text)?.[1]?.replaceAll("&quot;", '"') ?? "";
      const { total_cost } = (await scenario.client().stats.get(MARCH)).summary;
      expect(JSON.parse(shown)).toEqual({ rows: 60, sum: total_cost, total: total_cost });
    } finally {
      child?.kill();
      rmSync(path.join(install.folder, "next/.next"), { recursive: true, force: true });
    }
  });
});

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

async function untilReady(url: string) {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await request(url).catch(() => null);
    if (answer?.status === 200) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer`);
}
