import { afterEach, beforeEach, expect, test } from "vitest";
import type { Account, LedgerKey } from "../ledger/types.ts";
import { type Sim, startSim } from "../sim.ts";
import { ask } from "../test-support.ts";

let sim: Sim;
let account: Account;
let management: LedgerKey;
let key: LedgerKey;

beforeEach(async () => {
  sim = await startSim({ now: "2026-11-20T12:00:00Z", seed: 1 });
  account = sim.ledger.addAccount();
  management = sim.ledger.addManagementKey(account.id);
  key = sim.ledger.addKey(account.id);
});

afterEach(() => sim.close());

const get = (query: string) => ask(sim, `/activity${query}`, management.secret);

function spend(day: string, provider: string, of = key) {
  sim.ledger.spendOnDay(day, of, "openai/gpt-5-mini-2025-08-07", {
    costNanos: 15_300_000n,
    byokNanos: 1_000n,
    requests: 5,
    promptTokens: 5012,
    completionTokens: 1250,
    reasoningTokens: 400,
    provider,
  });
}

test("a row has a date, model and endpoint, and its cost equals the ledger", async () => {
  spend("2026-11-19", "OpenAI");
  spend("2026-11-19", "OpenAI");
  spend("2026-11-19", "Azure");
  const { data } = (await get(`?api_key_hash=${key.hash}`)).body;
  expect(data).toHaveLength(2);
  expect(data[0]).toMatchObject({
    date: "2026-11-19 00:00:00",
    model: "openai/gpt-5-mini",
    model_permaslug: "openai/gpt-5-mini-2025-08-07",
    provider_name: "OpenAI",
    usage: 0.0306,
    byok_usage_inference: 0.000002,
    requests: 10,
    reasoning_tokens: 800,
  });
  expect(data[0].endpoint_id).not.toBe(data[1].endpoint_id);
  expect(data[0]).not.toHaveProperty("cached_tokens");
  sim.options.undocumentedActivity = true;
  expect((await get("")).body.data[0]).toMatchObject({ cached_tokens: 0, byok_requests: 10 });
  sim.options.activityDate = "date";
  expect((await get("")).body.data[0].date).toBe("2026-11-19");
});

test("omits today and rejects requests for it", async () => {
  for (const day of ["2026-11-20", "2026-10-21", "2026-10-20"]) spend(day, "OpenAI");
  expect((await get("")).body.data.map((row: { date: string }) => row.date)).toEqual(["2026-10-21 00:00:00"]);
  for (const date of ["2026-11-20", "2026-10-20", "2026-11-21"]) {
    const reply = await get(`?date=${date}`);
    expect([reply.status, reply.body.error.message]).toEqual([
      400,
      "Date must be within the last 30 (completed) UTC days",
    ]);
  }
  expect((await get("?date=2026-11-31")).status).toBe(400);
  expect((await get("?date=2026-10-21")).body.data).toHaveLength(1);
});

test("sums all keys without a hash; an unknown or foreign hash returns nothing or 404", async () => {
  spend("2026-11-19", "OpenAI");
  spend("2026-11-19", "OpenAI", sim.ledger.addKey(account.id));
  const foreign = sim.ledger.addKey(sim.ledger.addAccount().id);
  spend("2026-11-19", "OpenAI", foreign);
  expect((await get("")).body.data).toMatchObject([{ requests: 10 }]);
  expect((await get(`?api_key_hash=${foreign.hash}`)).body.data).toEqual([]);
  sim.options.activityUnknownHash = "404";
  expect((await get(`?api_key_hash=${foreign.hash}`)).status).toBe(404);
});

test("splits rows by workspace and filters by it", async () => {
  const second = sim.ledger.addWorkspace(account.id, "Second");
  spend("2026-11-19", "OpenAI");
  spend("2026-11-19", "OpenAI", sim.ledger.addKey(account.id, { workspaceId: second.id }));
  const split = (await get("?group_by=workspace")).body.data;
  expect(split.map((row: { workspace_id: string }) => row.workspace_id).sort()).toEqual(
    [account.defaultWorkspaceId, second.id].sort(),
  );
  expect((await get(`?workspace_id=${second.id}`)).body.data).toMatchObject([{ requests: 5 }]);
  expect((await get("?workspace_id=00000000-0000-4000-8000-000000000000")).status).toBe(404);
});
