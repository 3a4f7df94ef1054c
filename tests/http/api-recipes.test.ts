import { execFile, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nanosOf } from "../support/checks/csv.ts";
import { issueToken, seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";

/** The recipes of docs/api.md: the text before each code block, and the block. */
const RECIPES = [
  ...readFileSync(path.resolve(import.meta.dirname, "../../docs/api.md"), "utf8")
    .split("## Recipes")[1]!
    .matchAll(/^(\S.*):\n\n```(sh|ts|python)\n([\s\S]*?)```/gm),
].map(([, title = "", language = "", code = ""]) => ({ title, language, code }));

const hasJq = spawnSync("jq", ["--version"]).status === 0;

let harness: Harness;
let user: Caller;
let token: string;
let total: bigint;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-11-30T12:00:00Z" } });
  user = await harness.createUser();
  token = (await issueToken(user, "recipes", { scopes: ["read", "sync"] })).token;
  const options = { email: user.email, keys: ["shop", "blog"], models: ["openai/gpt-5", "a/b"] };
  const { keyIds } = seedUsage(harness, { ...options, through: "2026-11-30", days: 10 });
  await harness.server.app.db.prisma.apiKey.updateMany({
    where: { id: { in: keyIds } },
    data: { lastSyncedAt: new Date("2026-11-30T11:00:00Z"), completeThrough: "2026-11-29" },
  });
  const { body } = await user.get("/api/stats/dashboard?start_date=2026-11-01&end_date=2026-11-30");
  total = nanosOf(body.summary.total_cost);
});
afterAll(() => harness.close());

const execute = promisify(execFile);

async function run(recipe: (typeof RECIPES)[number]): Promise<string> {
  return (await start(recipe).catch((error) => expect.fail(`${error.message}\n${error.stdout}${error.stderr}`))).stdout;
}

function start({ language, code }: (typeof RECIPES)[number]) {
  const file = path.join(harness.folder, language === "ts" ? "recipe.mts" : "recipe");
  // Only errors are made visible.
  writeFileSync(file, code.replaceAll(/\bcurl -s\b/g, "curl -sS --fail-with-body --max-time 20"));
  const [command, ...args] = { sh: ["sh", "-eu"], ts: [process.execPath], python: ["python3"] }[language] as string[];
  return execute(command as string, [...args, file], {
    cwd: harness.folder,
    env: { PATH: process.env.PATH, ORWATCH_URL: harness.url, ORWATCH_TOKEN: token, ACCESS_TOKEN: user.credential },
  });
}

/** Checks the output of each recipe, by its title. */
const CHECKS: Record<string, (output: string) => void> = {
  "Totals of a month": (output) => expect(nanosOf(JSON.parse(output).summary.total_cost)).toBe(total),
  "A CSV file of sums by day and model": (output) =>
    expect(output.split("\n").slice(0, 2)).toEqual([
      expect.stringMatching(/^date,.*model,.*cost/),
      expect.stringMatching(/^2026-11-30,/),
    ]),
  "Poll, and transfer a response only if it has changed": (output) => expect(JSON.parse(output).items).toHaveLength(2),
  "All rows, page by page, with [jq](https://jqlang.org)": (output) => {
    const rows = output.trim().split("\n");
    expect(rows).toHaveLength(40);
    expect(rows.reduce((sum, row) => sum + nanosOf(row.split("\t")[3] ?? ""), 0n)).toBe(total);
  },
  "A budget check for CI, which also fails if the numbers are old": (output) =>
    expect(output).toMatch(/"ok": true[\s\S]*true/),
  "The most expensive models, in TypeScript": (output) => {
    expect(output.trim().split("\n")).toHaveLength(2);
    expect(output).toMatch(/openai\/gpt-5: \$0\.\d+/);
  },
  "The exact total of all rows, in Python with its standard library, waiting when the rate limit is reached": (
    output,
  ) => expect(nanosOf(output.trim())).toBe(total),
  "Create an API token, safe to repeat (with the access token of a login)": (output) =>
    expect(JSON.parse(output)).toMatchObject({ token: expect.stringMatching(/^or_api_/), scopes: ["read", "sync"] }),
  "Fetch the latest usage before reading it, with a token that has the scope `sync`": (output) =>
    expect(JSON.parse(output)).toMatchObject({ status: expect.any(String), synced_at: expect.any(String) }),
};

test("every recipe of docs/api.md is checked", () => {
  expect(RECIPES.map(({ title }) => title).sort()).toEqual(Object.keys(CHECKS).sort());
});

for (const recipe of RECIPES) {
  const isSkipped = /\bjq\b/.test(recipe.code) && !hasJq;
  test.skipIf(isSkipped)(
    `${recipe.title}${isSkipped ? " (skipped: jq is not installed)" : ""}`,
    { timeout: 60_000 },
    async () => {
      CHECKS[recipe.title]?.(await run(recipe));
    },
  );
}

test.skipIf(!hasJq)(
  `the budget check fails above the budget and with old numbers${hasJq ? "" : " (skipped: jq is not installed)"}`,
  async () => {
    const recipe = RECIPES.find(({ title }) => title.startsWith("A budget check"));
    for (const [from, to] of [
      ["budget 500", "budget 0"],
      ["since 2026-11-01", "since 2026-12-01"],
    ] as const) {
      const code = recipe?.code.replace(from, to) ?? "";
      expect(code).toContain(to);
      await expect(start({ title: "", language: "sh", code })).rejects.toThrow();
    }
  },
);
