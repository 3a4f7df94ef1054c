import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  BUNDLER,
  CONSUMER,
  compile,
  DOM,
  type Install,
  installPacked,
  NODE,
  NODENEXT,
  ROOT,
  run,
  SDK,
} from "./sdk-package.ts";
import { failureOf, MARCH, type SdkScenario, startSdkScenario } from "./sdk-scenario.ts";

const OLDEST = "typescript-5.4";
const NEWEST = "typescript";
/** Each compilation takes seconds: `npm run prove:consumers` runs every one with every version, the test suite only some. */
const isComplete = process.env.CONSUMERS === "all";
const SOME = isComplete ? [OLDEST, NEWEST] : [NEWEST];
const EVERY = isComplete ? [OLDEST, "typescript-5.9", "typescript-6.0", NEWEST] : [OLDEST, NEWEST];
const EXAMPLES = ["yesterday.mjs", "last-month.mjs", "budget-gate.mjs", "export-to-file.mjs"];

let install: Install;
let scenario: SdkScenario;
beforeAll(async () => {
  [install, scenario] = await Promise.all([installPacked(), startSdkScenario()]);
}, 60_000);
afterAll(async () => {
  install?.remove();
  await scenario?.harness.close();
});

const read = (file: string) => readFileSync(path.join(install.installed, file), "utf8");
const bin = (name: string) => path.join(CONSUMER, "node_modules/.bin", name);
/** The JavaScript that a consumer's bundler makes of a program. */
async function bundleOf(program: string): Promise<Uint8Array> {
  const stdin = { contents: program, resolveDir: install.folder };
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: "esm", write: false });
  return outputFiles[0]!.contents;
}
const node = (args: string[], env: Record<string, string> = {}) =>
  run(process.execPath, args, {
    cwd: install.folder,
    env: { ORWATCH_URL: scenario.harness.url, ORWATCH_TOKEN: scenario.token, ...env },
  });

describe("the package", { timeout: 60_000 }, () => {
  test.each([
    ["everything but tRPC", "*", 6.5],
    ["the client", "{ createClient }", 6],
    ["the functions for money", "{ addMoney, formatMoney, parseMoney }", 1],
  ])("%s has few compressed kilobytes of JavaScript", async (_what, exported, kilobytes) => {
    const bundle = await bundleOf(`export ${exported} from "@orwatch/sdk";`);
    expect(gzipSync(bundle).length).toBeLessThanOrEqual(kilobytes * 1024);
  });

  test("the types of the package are small", () => {
    const types = ["index", "shared"].map((name) => Buffer.byteLength(read(`dist/${name}.d.ts`)));
    expect(types.reduce((sum, size) => sum + size)).toBeLessThan(96 * 1024);
  });

  test("the package has no dependencies, and needs tRPC only for its entry of that name", () => {
    const manifest = JSON.parse(read("package.json"));
    for (const field of ["dependencies", "optionalDependencies"]) expect(manifest[field]).toBeUndefined();
    const peers = ["@trpc/client", "@trpc/server"];
    expect(manifest.peerDependencies).toEqual(Object.fromEntries(peers.map((name) => [name, "^11.4.0"])));
    expect(Object.keys(manifest.peerDependenciesMeta)).toEqual(peers);
    expect(manifest.publishConfig).toEqual({ access: "public" });
    const files = readdirSync(path.join(install.installed, "dist")).filter((file) => !file.endsWith(".map"));
    for (const file of files) {
      const text = read(`dist/${file}`);
      const imported = [...text.matchAll(/(?:\bfrom ?|\bimport\(|\brequire\()["']([^"'.][^"']*)["']/g)].map(
        ([, name]) => name,
      );
      expect(
        imported.filter((name) => !(file.startsWith("trpc.") && name?.startsWith("@trpc/"))),
        file,
      ).toEqual([]);
      expect(text, file).not.toMatch(/^\/\/\/ <reference/m);
      for (const word of ["prisma", "lucia", "IncomingMessage", ROOT, "apps/server"])
        expect(text.toLowerCase(), file).not.toContain(word.toLowerCase());
    }
    expect(files).toContain("trpc.d.cts");
  });

  test("the package documents every export for editors", () => {
    const types = ["index", "shared", "trpc"].map((name) => read(`dist/${name}.d.ts`)).join("\n");
    const undocumented = [...types.matchAll(/(?<!\*\/\n)^ {4}(?:readonly )?(\w+)[?(:].*$/gm)].map(([line]) =>
      line.trim(),
    );
    expect(
      undocumented.filter(
        (line) =>
          !/^(constructor\(|readonly name = |cause\?|(input|output|ctx|meta|errorShape|transformer): )/.test(line),
      ),
    ).toEqual([]);
    expect(types).toMatch(/\/\*\* Exact amount in USD.*\*\/\s+cost: string;/);
  });

  test("the package includes its licence, a readme and source maps", () => {
    for (const file of ["LICENSE", "CHANGELOG.md", "dist/index.js.map", "dist/index.cjs.map"])
      expect(read(file).length).toBeGreaterThan(100);
    expect(read("README.md").split("\n").length).toBeLessThan(180);
    expect(JSON.parse(read("dist/index.js.map")).sources.filter((file: string) => path.isAbsolute(file))).toEqual([]);
  });

  test("the package passes publint and Are the types wrong in every mode", async () => {
    const publint = await run(bin("publint"), ["run", install.tarball, "--strict"]);
    expect([publint.code, publint.stdout.includes("All good!")], publint.stdout).toEqual([0, true]);
    const attw = await run(bin("attw"), [install.tarball]);
    expect([attw.code, attw.stdout.includes("No problems found")], attw.stdout).toEqual([0, true]);
  });

  test("the package publishes the current router types", async () => {
    const { code, stderr } = await run(process.execPath, [path.join(SDK, "scripts/router-types.mjs"), "--check"]);
    expect(code, stderr).toBe(0);
  });
});

describe("compilation outside the workspace", { timeout: 60_000 }, () => {
  const MODULES = ["types.mts", "types.cts", ...NODENEXT, "--skipLibCheck", "false"];
  const BUNDLED = ["bundler.ts", ...BUNDLER, "--skipLibCheck", "false"];

  test.each(EVERY)("compiles strictly as ESM and CommonJS with %s", async (version) => {
    expect(await compile(install, version, [...MODULES, ...DOM])).toBe("");
  });

  test.each(SOME)("compiles strictly in a bundle with %s", async (version) => {
    expect(await compile(install, version, [...BUNDLED, ...DOM])).toBe("");
  });

  test("compiles strictly for Node without browser types, including examples", async () => {
    install.link(["@types/node"]);
    const scripts = [...EXAMPLES, "--allowJs", "--checkJs"];
    expect(await compile(install, NEWEST, [...scripts, ...MODULES, ...NODE])).toBe("");
  });

  test.each(SOME)("streams fit Node's functions, with and without browser types, with %s", async (version) => {
    install.link(["@types/node"]);
    for (const lib of ["es2022", "es2022,dom", "es2022,dom,dom.iterable"]) {
      const options = ["--lib", lib, "--types", "node", "--skipLibCheck", "true"];
      expect(await compile(install, version, ["node-streams.mts", ...NODENEXT, ...options]), lib).toBe("");
    }
  });

  test("compiles strictly in React", async () => {
    install.link(["@tanstack/react-query", "@types/react", "react"]);
    const files = ["spend-by-model.tsx", "use-spend-by-model.ts", "--jsx", "react-jsx", ...DOM, "--types", "react"];
    expect(await compile(install, NEWEST, [...files, ...BUNDLER, "--skipLibCheck", "false"])).toBe("");
  });
});

test("the code in the readme compiles strictly", { timeout: 60_000 }, async () => {
  const blocks = [...read("README.md").matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? "");
  expect(blocks.length).toBeGreaterThan(6);
  const files = blocks.map((code, place) => {
    writeFileSync(path.join(install.folder, `readme-${place}.mts`), code);
    return `readme-${place}.mts`;
  });
  install.link(["@types/node", "@tanstack/react-query", "@types/react", "react"]);
  install.link(["@trpc/client", "@trpc/server"], "trpc-11.25");
  const options = [...NODENEXT, "--lib", "es2022,dom", "--types", "node,react", "--skipLibCheck", "true"];
  expect(await compile(install, NEWEST, [...files, ...options])).toBe("");
});

describe("the consumer's own tRPC", { timeout: 60_000 }, () => {
  const TRPC = ["@trpc/client", "@trpc/server"];
  const REACT = ["@tanstack/react-query", "@types/react", "react"];
  const HOOKS = ["--jsx", "react-jsx", "--types", "react"];

  test.each([
    { version: "11.4.0, the oldest supported", from: "trpc-11.4", packages: TRPC, files: ["own-client.mts"] },
    {
      version: "11.19.0 with @trpc/react-query",
      from: ".",
      packages: [...TRPC, "@trpc/react-query", ...REACT],
      files: ["own-client.mts", "own-react-query.tsx", ...HOOKS],
    },
    {
      version: "11.22.1 with @trpc/tanstack-react-query",
      from: "trpc-11.22",
      packages: [...TRPC, "@trpc/tanstack-react-query", ...REACT],
      files: ["own-client.mts", "own-tanstack.tsx", ...HOOKS],
    },
    { version: "11.25.2", from: "trpc-11.25", packages: TRPC, files: ["own-client.mts"] },
  ])("compiles and runs beside tRPC $version", async ({ version, from, packages, files }) => {
    install.link(packages, from);
    const { version: installed } = JSON.parse(
      readFileSync(path.join(install.folder, "node_modules/@trpc/client/package.json"), "utf8"),
    );
    expect(version.split(/[, ]/)[0]).toBe(installed);
    // The declarations of tRPC need the types of Node and others.
    const options = [...DOM, ...BUNDLER, "--allowImportingTsExtensions", "--skipLibCheck", "true"];
    for (const compiler of isComplete ? ["typescript-5.9", NEWEST] : [NEWEST])
      expect(await compile(install, compiler, [...files, ...options]), compiler).toBe("");
    const { code, stdout, stderr } = await node(["run-own-client.mts"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual({
      total: (await scenario.client().stats.get(MARCH)).summary.total_cost,
      same: true,
      failure: { isTheirs: true, path: "limit", cause: "ValidationError" },
    });
  });
});

describe("calls of a live server", () => {
  test.each(["run.mjs", "run.cjs"])("calls a live server as %s", async (file) => {
    const { code, stdout, stderr } = await node([file]);
    expect([code, stderr]).toEqual([0, ""]);
    const { total_cost } = (await scenario.client().stats.get(MARCH)).summary;
    expect(JSON.parse(stdout)).toEqual({
      rows: 60,
      sum: total_cost,
      total: total_cost,
      exported: 60,
      keys: 4,
      limit: 100_000,
      failure: { isOurs: true, name: "ValidationError", hasRequestId: true },
    });
  });

  test("an error of the ESM copy is recognized by the CommonJS copy", async () => {
    const load = (file: string) => import(pathToFileURL(path.join(install.installed, file)).href);
    const [esm, cjs] = await Promise.all([load("dist/index.js"), load("dist/index.cjs")]);
    const failure = await failureOf(esm.createClient({ baseUrl: scenario.harness.url, token: "or_api_x" }).keys.list());
    expect([failure instanceof cjs.OrwatchError, cjs.isOrwatchError(failure)]).toEqual([false, true]);
    expect(cjs.isOrwatchError(new Error("another"))).toBe(false);
  });

  test("the example shows yesterday by model", async () => {
    const { code, stdout } = await node(["yesterday.mjs", "2026-03-19"]);
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => line.trim()),
    ).toEqual([
      '0.038000135  vendor/with "quotes", and commas',
      "0.038000133  openai/gpt-5",
      "0.038000131  anthropic/claude-sonnet-5",
      "0.114000399  total on 2026-03-19",
    ]);
    expect((await node(["yesterday.mjs", "2026-03-01"])).stdout).toMatch(/0\.00 {2}total/);
  });

  test("the example shows last month by model", async () => {
    const { code, stdout, stderr } = await node(["last-month.mjs", "2026-03"]);
    expect([code, stderr]).toEqual([0, ""]);
    const costs = ['vendor/with "quotes", and commas', "openai/gpt-5", "anthropic/claude-sonnet-5"];
    const places = costs.map((model) => stdout.indexOf(model));
    expect(places.every((place, index) => place > (places[index - 1] ?? 0))).toBe(true);
    expect(stdout).toMatch(/^ +0\.87000318 +total in 2026-03$/m);
  });

  test("the example exports to a file", async () => {
    for (const [name, lines] of [
      ["usage.csv", 61],
      ["usage.json", 60],
    ] as const) {
      const { code, stderr } = await node(["export-to-file.mjs", name, MARCH.start_date, MARCH.end_date]);
      expect([code, stderr]).toEqual([0, ""]);
      const text = readFileSync(path.join(install.folder, name), "utf8");
      expect(name.endsWith(".json") ? JSON.parse(text).length : text.trim().split("\r\n").length).toBe(lines);
    }
  });

  test.each([
    ["0.870003180", 0, /^0\.87000318 of 0\.87000318 USD spent from 2026-03-01 to 2026-03-20$/],
    ["0.870003179", 1, /over budget$/],
    ["plenty", 2, /^ValidationError: amount: "plenty"/],
  ])("with a budget of %s the gate of the examples exits with %i", async (budget, expected, said) => {
    const { code, stdout, stderr } = await node(["budget-gate.mjs", budget, "2026-03-01"]);
    expect((stdout + stderr).trim()).toMatch(said);
    expect(code).toBe(expected);
  });

  test("the budget gate of the examples fails without a server or with a revoked token", async () => {
    const dead = await node(["budget-gate.mjs", "1", "2026-03-01"], { ORWATCH_URL: "http://127.0.0.1:9" });
    expect([dead.code, dead.stderr]).toEqual([2, expect.stringMatching(/^ConnectionError: /)]);
    const revoked = await node(["budget-gate.mjs", "1", "2026-03-01"], { ORWATCH_TOKEN: "or_api_revoked" });
    expect([revoked.code, revoked.stderr]).toEqual([2, expect.stringMatching(/^AuthenticationError: .* \(request /)]);
    const unset = await node(["budget-gate.mjs", "1"], { ORWATCH_URL: "" });
    expect([unset.code, unset.stderr]).toEqual([2, expect.stringMatching(/baseUrl: is missing.*ORWATCH_URL/)]);
  });
});
