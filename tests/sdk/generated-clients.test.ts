import { execFile } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DOCUMENT_FILE, readDocument } from "../support/checks/document.ts";
import { issueToken, seedUsage } from "../support/openrouter/seed.ts";
import { type Harness, startHarness } from "../support/server/harness.ts";

const execute = promisify(execFile);
const SOURCES = path.join(import.meta.dirname, "../clients/generators");

/** The generators are large, so only `npm run prove:clients` installs them. */
const isProof = process.env.CLIENTS === "all";

const GENERATORS: Record<string, string[]> = {
  "hey-api": ["openapi-ts", "-i", "openapi.json", "-o", "generated/hey-api", "-c", "@hey-api/client-fetch"],
  orval: ["orval", "--input", "openapi.json", "--output", "generated/orval.ts", "--client", "fetch"],
  "swagger-typescript-api": [
    ...["swagger-typescript-api", "generate", "-p", "openapi.json"],
    ...["-o", "generated", "-n", "swagger-typescript-api.ts"],
  ],
  "openapi-zod-client": ["openapi-zod-client", "openapi.json", "-o", "generated/openapi-zod-client.ts"],
  rtk: ["rtk-query-codegen-openapi", "rtk-config.cjs"],
};

describe.skipIf(!isProof)("clients of other generators call a real server", () => {
  let harness: Harness;
  let folder: string;
  let token: string;
  let expected: object;
  beforeAll(async () => {
    harness = await startHarness({ sim: { now: "2026-11-22T12:00:00Z" } });
    const user = await harness.createUser();
    token = (await issueToken(user)).token;
    seedUsage(harness, { email: user.email, keys: ["one"], models: ["a", "b"], through: "2026-11-22", days: 10 });
    const query = "start_date=2026-11-01&end_date=2026-11-30";
    const { body: dashboard } = await user.get(`/api/stats/dashboard?${query}`);
    const { body: rows } = await user.get(`/api/usage?${query}`);
    expected = { cost: dashboard.summary.total_cost, total: 20, first: rows[0].cost };
    folder = mkdtempSync(path.join(tmpdir(), "orwatch-clients-"));
    cpSync(SOURCES, folder, { recursive: true });
    copyFileSync(DOCUMENT_FILE, path.join(folder, "openapi.json"));
    mkdirSync(path.join(folder, "generated"));
    await run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
  }, 600_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await harness.close();
  }, 120_000);

  const run = async (command: string, ...args: string[]) =>
    (
      await execute(command, args, {
        cwd: folder,
        env: { ...process.env, NODE_OPTIONS: "" },
        maxBuffer: 64 << 20,
      }).catch((error) => expect.fail(`${command} ${args.join(" ")}\n${error.stdout}${error.stderr}`))
    ).stdout;
  const bin = (name: string) => path.join(folder, "node_modules/.bin", name);

  test("generated code compiles in strict mode and gets the numbers of the server", { timeout: 600_000 }, async () => {
    for (const [name = "", ...args] of Object.values(GENERATORS)) await run(bin(name), ...args);
    await run(bin("tsc"), "-p", ".");
    for (const name of Object.keys(GENERATORS)) {
      const file = `generated/${name}.bundle.mjs`;
      const flags = ["--bundle", "--platform=node", "--format=esm", `--outfile=${file}`];
      // Some dependencies are CommonJS.
      const banner =
        '--banner:js=import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
      await run(bin("esbuild"), `calls/${name}.mts`, ...flags, banner, "--log-level=error");
      expect(JSON.parse(await run(process.execPath, file, harness.url, token)), name).toEqual(expected);
    }
  });

  test("a Postman collection has a request for every operation", { timeout: 120_000 }, async () => {
    const answer = JSON.parse(await run(process.execPath, "calls/postman.mjs", harness.url, token));
    const operations = Object.values(readDocument().paths).flatMap((item) => Object.keys(item));
    expect(answer).toEqual({ ...expected, requests: operations.length });
  });
});
