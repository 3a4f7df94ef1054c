import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { createRemote, type Json, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { add, type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { expectAccountExact } from "../support/openrouter/truth.ts";
import { settle } from "../support/server/harness.ts";
import { startProxy } from "../usage/proxy.ts";

const YESTERDAY = "2026-03-09";
const TODAY = "2026-03-10";

let scenario: Scenario;
let remote: Remote;
let proxy: Awaited<ReturnType<typeof startProxy>>;

beforeEach(async () => {
  proxy = await startProxy(() => scenario.harness.sim.url);
  scenario = await startScenario(`${YESTERDAY}T12:00:00Z`, {
    sim: { creditsLagMs: 0 },
    env: { OPENROUTER_API_URL: proxy.url },
  });
  remote = createRemote(scenario, usd("1000"));
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
  await proxy.close();
});

const sim = () => scenario.harness.sim;
const sync = (at: string) => syncAt(scenario, at);

interface Query {
  dimensions?: string[];
  filters?: { value: string }[];
}
interface Rows {
  data: { data: Record<string, unknown>[] };
}

/** Changes the responses about single keys; those about the whole account stay as they are. */
function changeResponses(key: LedgerKey, change: (data: Rows["data"], query: Query) => object): void {
  proxy.meddle = ({ requestBody, answer }) => {
    const query = requestBody as Query | null;
    if (!query?.filters?.some(({ value }) => value === key.hash)) return answer;
    return { data: change((answer as Rows).data, query) };
  };
}

/** OpenRouter answers no usable usage of a key. */
function breakUsageOf(key: LedgerKey): void {
  changeResponses(key, (data) => ({ ...data, warnings: ["results may be partial"] }));
  sim().faults.add({ match: { path: "/activity" }, kind: "500" });
}

function repair(): void {
  proxy.meddle = null;
  sim().faults.clear();
}

interface Amounts {
  cost: bigint;
  byok: bigint;
}

/** Stored amounts of keys and residuals by day. */
function storedByDay(): Record<string, Amounts> {
  const rows = scenario.harness.server.app.db.reader
    .prepare(
      "SELECT s.date, sum(s.cost) AS cost, sum(s.byok_cost) AS byok FROM api_keys k JOIN usage_stats s ON s.api_key_id = k.id GROUP BY 1",
    )
    .safeIntegers(true)
    .all() as ({ date: string } & Amounts)[];
  return Object.fromEntries(rows.map(({ date, ...amounts }) => [date, amounts]));
}

/** Expects the stored amounts of each day to be those of OpenRouter's ledger for the whole account. */
function expectDays(...days: string[]): void {
  const stored = storedByDay();
  const truth = days.map((day) => {
    const { costNanos, byokNanos } = sim().ledger.totals({ accountId: remote.id, from: day, to: day });
    return [day, { cost: costNanos, byok: byokNanos }];
  });
  expect(Object.fromEntries(days.map((day) => [day, stored[day] ?? { cost: 0n, byok: 0n }]))).toEqual(
    Object.fromEntries(truth),
  );
}

async function expectRecovered(at: string): Promise<void> {
  repair();
  await sync(at);
  const { items } = (await scenario.user.get("/api/accounts")).body;
  expect(items[0]).toMatchObject({ total_error: null });
  expectAccountExact(scenario.harness, { accountId: items[0].id, ledgerId: remote.id });
}

/** Costs of the residuals of a day, by cause. */
async function residualsOn(day: string): Promise<Record<string, string>> {
  const { body } = await scenario.user.get(`/api/usage?start_date=${day}&end_date=${day}&limit=1000`);
  const residuals = body.filter(({ api_key_id }: Json) => api_key_id === null);
  return Object.fromEntries(residuals.map(({ kind, cost }: Json) => [kind, String(Math.round(cost * 1e9))]));
}

describe("spend of a finished day that only the counters of a key know", () => {
  test("is counted once while the response of the key lacks a model", async () => {
    const key = remote.addKey("app");
    spend(scenario, key, `${YESTERDAY}T11:00:00Z`, 1_000n, "a/one");
    await watchRemote(scenario, remote);
    changeResponses(key, (data, { dimensions }) => ({
      ...data,
      data: dimensions ? data.data.filter(({ model }) => model !== "b/two") : data.data,
    }));
    spend(scenario, key, `${YESTERDAY}T23:00:00Z`, 5_000n, "b/two");
    for (const at of [`${YESTERDAY}T23:30:00Z`, `${TODAY}T00:30:00Z`, `${TODAY}T01:30:00Z`, `${TODAY}T02:30:00Z`]) {
      await sync(at);
      expectDays(YESTERDAY, TODAY);
    }
    await expectRecovered(`${TODAY}T03:30:00Z`);
  });

  test("is counted once while responses about the key fail across midnight", async () => {
    const key = remote.addKey("app");
    spend(scenario, key, `${YESTERDAY}T11:00:00Z`, 100n);
    await watchRemote(scenario, remote);
    breakUsageOf(key);
    spend(scenario, key, `${YESTERDAY}T23:00:00Z`, 2_000n);
    spend(scenario, sim().ledger.chatroom(remote.id), `${YESTERDAY}T23:00:00Z`, 7n);
    for (const at of [`${YESTERDAY}T23:30:00Z`, `${TODAY}T00:30:00Z`, `${TODAY}T12:00:00Z`]) {
      await sync(at);
      expectDays(YESTERDAY, TODAY);
      expect(await residualsOn(YESTERDAY)).toEqual({ chatroom: "7" });
    }
    await expectRecovered(`${TODAY}T13:00:00Z`);
  });

  test("is counted once, at OpenRouter and at the user's own provider keys, when the first sync fails", async () => {
    const key = remote.addKey("app");
    const amounts = { costNanos: 2_000n, byokNanos: 300n, byokRequests: 1, requests: 1, promptTokens: 10 };
    sim().ledger.spend(new Date(`${YESTERDAY}T23:00:00Z`), key, "a/one", amounts);
    sim().clock.set(new Date(`${YESTERDAY}T23:30:00Z`));
    breakUsageOf(key);
    await watchRemote(scenario, remote);
    expectDays(YESTERDAY);
    for (const at of [`${TODAY}T00:30:00Z`, `${TODAY}T01:30:00Z`]) {
      await sync(at);
      expectDays(YESTERDAY, TODAY);
    }
    await expectRecovered(`${TODAY}T02:30:00Z`);
  });

  test("of a key added before its account is counted once when responses about the key fail", async () => {
    const key = remote.addKey("app");
    await add(scenario, key);
    spend(scenario, key, `${YESTERDAY}T13:00:00Z`, 2_000n);
    await sync(`${YESTERDAY}T14:00:00Z`);
    await sync(`${TODAY}T01:00:00Z`);
    breakUsageOf(key);
    await watchRemote(scenario, remote);
    expectDays(YESTERDAY, TODAY);
    await sync(`${TODAY}T02:00:00Z`);
    expectDays(YESTERDAY, TODAY);
    await expectRecovered(`${TODAY}T03:00:00Z`);
  });

  test("during a gap between polls is counted once over the days of the gap", async () => {
    const key = remote.addKey("app");
    await add(scenario, key);
    spend(scenario, key, `${TODAY}T10:00:00Z`, 2_000n);
    spend(scenario, key, "2026-03-11T10:00:00Z", 30n);
    await sync("2026-03-12T12:00:00Z");
    breakUsageOf(key);
    await watchRemote(scenario, remote);
    await sync("2026-03-12T13:00:00Z");
    expect(storedByDay()).toEqual({ "2026-03-11": { cost: 2_030n, byok: 0n } });
    await expectRecovered("2026-03-12T14:00:00Z");
  });

  test("is not taken from the usage of another key when the key is read again and the total is not", async () => {
    const [key, other] = [remote.addKey("app"), remote.addKey("other")];
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}/keys/${other.hash}`, { is_watched: false });
    await settle(scenario.harness);
    breakUsageOf(key);
    spend(scenario, key, `${YESTERDAY}T23:00:00Z`, 2_000n);
    spend(scenario, other, `${YESTERDAY}T23:00:00Z`, 70n);
    await sync(`${YESTERDAY}T23:30:00Z`);
    await sync(`${TODAY}T00:30:00Z`);
    expectDays(YESTERDAY);
    repair();
    proxy.meddle = ({ requestBody, answer }) => {
      const query = requestBody as Query | null;
      const isTotal = query?.dimensions !== undefined && !query.filters?.length;
      return isTotal ? { data: { ...(answer as Rows).data, warnings: ["results may be partial"] } } : answer;
    };
    await sync(`${TODAY}T01:30:00Z`);
    expect((await scenario.user.get(`/api/accounts/${id}`)).body.total_error_message).not.toBeNull();
    expect(await residualsOn(YESTERDAY)).toEqual({ not_watched: "70" });
    expectDays(YESTERDAY);
    await expectRecovered(`${TODAY}T02:30:00Z`);
  });

  test("leaves usage of a deleted key with the same name", async () => {
    const [gone, key] = [remote.addKey("app"), remote.addKey("app")];
    spend(scenario, gone, `${YESTERDAY}T11:00:00Z`, 5n);
    sim().ledger.deleteKey(gone);
    await watchRemote(scenario, remote);
    breakUsageOf(key);
    spend(scenario, key, `${YESTERDAY}T23:00:00Z`, 30n);
    await sync(`${YESTERDAY}T23:30:00Z`);
    await sync(`${TODAY}T00:30:00Z`);
    expect(await residualsOn(YESTERDAY)).toEqual({ unknown: "5" });
    expectDays(YESTERDAY);
    await expectRecovered(`${TODAY}T01:30:00Z`);
  });
});

describe("spend that only the counters of a deleted key know", () => {
  test("is counted once when the key was renamed before it was deleted", async () => {
    const [key, other] = [remote.addKey("app"), remote.addKey("other")];
    await watchRemote(scenario, remote);
    breakUsageOf(key);
    spend(scenario, key, `${YESTERDAY}T12:10:00Z`, 30n);
    spend(scenario, other, `${YESTERDAY}T12:10:00Z`, 7n);
    await sync(`${YESTERDAY}T12:30:00Z`);
    expectDays(YESTERDAY);
    sim().ledger.updateKey(key, { name: "renamed" });
    sim().ledger.deleteKey(key);
    for (const at of [`${YESTERDAY}T13:30:00Z`, `${TODAY}T00:30:00Z`]) {
      await sync(at);
      expectDays(YESTERDAY);
      expect(await residualsOn(YESTERDAY)).toEqual({ deleted: "30" });
    }
    await expectRecovered(`${TODAY}T01:30:00Z`);
  });
});

describe("spend of today that only the counters of a key know", () => {
  test("is counted once when a key that is not watched has the same name", async () => {
    const [key, other] = [remote.addKey("twin"), remote.addKey("twin")];
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}/keys/${other.hash}`, { is_watched: false });
    await settle(scenario.harness);
    breakUsageOf(key);
    spend(scenario, key, `${YESTERDAY}T12:30:00Z`, 30n);
    spend(scenario, other, `${YESTERDAY}T12:30:00Z`, 7n);
    await sync(`${YESTERDAY}T13:00:00Z`);
    expect(await residualsOn(YESTERDAY)).toEqual({ unknown: "7" });
    expectDays(YESTERDAY);
    await expectRecovered(`${YESTERDAY}T14:00:00Z`);
  });

  test("leaves usage of today of a deleted key with the same name", async () => {
    const [gone, key] = [remote.addKey("app"), remote.addKey("app")];
    spend(scenario, gone, `${YESTERDAY}T11:00:00Z`, 5n, "a/one");
    sim().ledger.deleteKey(gone);
    await watchRemote(scenario, remote);
    expect(await residualsOn(YESTERDAY)).toEqual({ unknown: "5" });
    expectDays(YESTERDAY);
    breakUsageOf(key);
    for (const [hour, cost] of [30n, 400n, 2n].entries()) {
      spend(scenario, key, `${YESTERDAY}T${hour + 12}:10:00Z`, cost, "b/two");
      await sync(`${YESTERDAY}T${hour + 12}:30:00Z`);
      expect(await residualsOn(YESTERDAY)).toEqual({ unknown: "5" });
      expectDays(YESTERDAY);
    }
    await expectRecovered(`${YESTERDAY}T15:00:00Z`);
  });
});
