import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { createRemote, type Json, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";

const [BEFORE, DAY, AFTER] = ["2026-03-09", "2026-03-10", "2026-03-11"];

let scenario: Scenario;
let remote: Remote;
let app: LedgerKey;
beforeEach(async () => {
  scenario = await startScenario(`${BEFORE}T23:30:00Z`, { sim: { creditsLagMs: 0, lagMs: 0 } });
  remote = createRemote(scenario, usd("1000"));
  app = remote.addKey("app");
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
});

const ledger = () => scenario.harness.sim.ledger;
const options = () => scenario.harness.sim.options;
const at = (instant: string) => syncAt(scenario, instant);
/** Usage that analytics attributes to nothing. */
const unattributed = () => ledger().updateKey(ledger().chatroom(remote.id), { name: "Unattributed" });

async function reconcile(id: number, date = DAY): Promise<Json> {
  const { body } = await scenario.user.get(`/api/accounts/${id}/reconciliation?start_date=${date}&end_date=${date}`);
  return body.items[0];
}

/** Parts of the difference between the account's total and another, by cause. */
async function differences(id: number, other: "counters_total" | "credits_change"): Promise<Record<string, string>> {
  const day = await reconcile(id);
  expect(day[other]).not.toBeNull();
  const parts = day.differences.filter(({ between }: Json) => between[1] === other);
  return Object.fromEntries(parts.map(({ cause, amount }: Json) => [cause, amount]));
}

test("shows the total of an account with its keys day by day, newest first", async () => {
  const { id } = await watchRemote(scenario, remote);
  spend(scenario, app, `${DAY}T10:00:00Z`, usd("1"));
  spend(scenario, ledger().chatroom(remote.id), `${DAY}T10:00:00Z`, usd("0.4"));
  await at(`${DAY}T23:30:00Z`);
  await at(`${AFTER}T23:30:00Z`);
  const get = (query: string) => scenario.user.get(`/api/accounts/${id}/reconciliation?${query}`);
  expect((await get(`start_date=${DAY}&end_date=${AFTER}`)).body.items).toEqual([
    {
      date: AFTER,
      account_total: "0.00",
      watched_total: "0.00",
      residuals: [],
      counters_total: null,
      credits_change: null,
      differences: [],
      is_open: true,
    },
    {
      date: DAY,
      account_total: "1.40",
      watched_total: "1.00",
      residuals: [{ cause: "chatroom", amount: "0.40" }],
      counters_total: "1.00",
      credits_change: "1.40",
      differences: [{ between: ["account_total", "counters_total"], amount: "-0.40", cause: "chatroom" }],
      is_open: false,
    },
  ]);
  expect(await get(`start_date=${AFTER}&end_date=${DAY}`)).toMatchObject({ status: 400 });
});

describe("residuals", () => {
  test("usage of a workspace that cannot be listed is a residual of other workspaces until it can be listed", async () => {
    const space = remote.addSpace("Research");
    options().deniedWorkspaces = [space];
    const hidden = remote.addKey("hidden", { workspaceId: space });
    spend(scenario, app, `${BEFORE}T10:00:00Z`, usd("1"));
    spend(scenario, hidden, `${BEFORE}T10:00:00Z`, usd("3"));
    const { id } = await watchRemote(scenario, remote);
    expect(await reconcile(id, BEFORE)).toMatchObject({
      account_total: "4.00",
      watched_total: "1.00",
      residuals: [{ cause: "other_workspace", amount: "3.00" }],
    });
    options().deniedWorkspaces = [];
    await at(`${DAY}T12:00:00Z`);
    expect(await reconcile(id, BEFORE)).toMatchObject({ watched_total: "4.00", residuals: [] });
  });

  test("usage added to a finished day of a key is a restatement until the key is read again", async () => {
    // Keys are read again at a time of the day that follows from their hash; this one's is not the first hour.
    const finished = "2026-03-08";
    let late = app;
    while (Number.parseInt(late.hash.slice(0, 6), 16) % 24 === 0) late = remote.addKey("late");
    spend(scenario, late, `${finished}T10:00:00Z`, usd("1"), "maker/m");
    const other = remote.addKey("other");
    const { id } = await watchRemote(scenario, remote);
    ledger().restate(late, finished, "maker/m", { deltaNanos: usd("2") }, { countersFollow: false });
    spend(scenario, other, `${DAY}T00:10:00Z`, usd("1"));
    await at(`${DAY}T00:30:00Z`);
    expect(await reconcile(id, finished)).toMatchObject({
      watched_total: "1.00",
      residuals: [{ cause: "restatement", amount: "2.00" }],
    });
    await at(`${DAY}T23:30:00Z`);
    expect(await reconcile(id, finished)).toMatchObject({ watched_total: "3.00", residuals: [] });
  });

  test("a residual without requests of at most 5% of BYOK spend is the BYOK fee", async () => {
    const { id } = await watchRemote(scenario, remote);
    ledger().spend(new Date(`${DAY}T10:00:00Z`), app, "maker/m", { costNanos: 0n, byokNanos: usd("10") });
    ledger().spend(new Date(`${DAY}T10:00:00Z`), unattributed(), "maker/m", { costNanos: usd("0.5"), requests: 0 });
    await at(`${DAY}T23:30:00Z`);
    expect((await reconcile(id)).residuals).toEqual([{ cause: "byok_fee", amount: "0.50" }]);
    ledger().spend(new Date(`${DAY}T23:40:00Z`), unattributed(), "maker/m", { costNanos: usd("0.01"), requests: 0 });
    await at(`${AFTER}T23:30:00Z`);
    expect((await reconcile(id)).residuals).toEqual([{ cause: "unknown", amount: "0.51" }]);
  });

  test("residuals with requests are no BYOK fee", async () => {
    const { id } = await watchRemote(scenario, remote);
    ledger().spend(new Date(`${DAY}T10:00:00Z`), app, "maker/m", { costNanos: 0n, byokNanos: usd("10") });
    ledger().spend(new Date(`${DAY}T10:00:00Z`), unattributed(), "maker/m", { costNanos: usd("0.5"), requests: 1 });
    await at(`${AFTER}T23:30:00Z`);
    expect((await reconcile(id)).residuals).toEqual([{ cause: "unknown", amount: "0.50" }]);
  });

  test("an unattributed residual may change during the day and has no cause afterwards", async () => {
    const { id } = await watchRemote(scenario, remote);
    spend(scenario, app, `${DAY}T10:00:00Z`, usd("1"));
    spend(scenario, unattributed(), `${DAY}T10:00:00Z`, usd("2"));
    await at(`${DAY}T23:30:00Z`);
    expect((await reconcile(id)).residuals).toEqual([{ cause: "day_open", amount: "2.00" }]);
    await at(`${AFTER}T23:30:00Z`);
    expect(await reconcile(id)).toMatchObject({
      residuals: [{ cause: "unknown", amount: "2.00" }],
      differences: [{ between: ["account_total", "counters_total"], amount: "-2.00", cause: "unexplained" }],
    });
  });
});

describe("counters of the keys", () => {
  test("counters contain no usage of deleted keys or keys that are not watched", async () => {
    const quiet = remote.addKey("quiet");
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}/keys/${quiet.hash}`, { is_watched: false });
    const gone = remote.addKey("gone");
    for (const [key, dollars] of [
      [app, "1"],
      [quiet, "2"],
      [gone, "4"],
    ] as const)
      spend(scenario, key, `${DAY}T10:00:00Z`, usd(dollars));
    ledger().deleteKey(gone);
    await at(`${DAY}T23:30:00Z`);
    await at(`${AFTER}T23:30:00Z`);
    expect(await differences(id, "counters_total")).toEqual({ not_watched: "-2.00", deleted: "-4.00" });
    expect(await differences(id, "credits_change")).toEqual({});
  });

  test("counters and credits include usage that analytics does not show yet", async () => {
    const { id } = await watchRemote(scenario, remote);
    options().lateDays = [{ day: DAY, until: new Date("2026-03-20T00:00:00Z"), keyHash: app.hash }];
    spend(scenario, app, `${DAY}T10:00:00Z`, usd("5"));
    await at(`${DAY}T23:30:00Z`);
    await at(`${AFTER}T00:30:00Z`);
    expect(await reconcile(id)).toMatchObject({
      account_total: "0.00",
      residuals: [{ cause: "counters_only", amount: "5.00" }],
    });
    expect(await differences(id, "counters_total")).toEqual({ counters_only: "5.00" });
    expect(await differences(id, "credits_change")).toEqual({ counters_only: "5.00" });
  });
});

describe("the change of credits", () => {
  /** Reads credits at both ends of the day, half an hour from midnight, so that only what happens in between counts. */
  async function watchDay(during: () => unknown): Promise<number> {
    const { id } = await watchRemote(scenario, remote);
    await at(`${DAY}T00:30:00Z`);
    scenario.harness.sim.clock.set(new Date(`${DAY}T10:00:00Z`));
    await during();
    await at(`${DAY}T23:30:00Z`);
    await at(`${AFTER}T00:30:00Z`);
    return id;
  }

  test("the change of credits equals the total of the account, including the chatroom and deleted keys", async () => {
    const id = await watchDay(() => {
      const gone = remote.addKey("gone");
      for (const key of [app, gone, ledger().chatroom(remote.id)]) spend(scenario, key, `${DAY}T10:00:00Z`, usd("1"));
      ledger().deleteKey(gone);
    });
    expect(await reconcile(id)).toMatchObject({ account_total: "3.00", credits_change: "3.00" });
    expect(await differences(id, "credits_change")).toEqual({});
  });

  test("the change of credits includes the BYOK fee", async () => {
    const id = await watchDay(() => {
      ledger().spend(new Date(`${DAY}T10:00:00Z`), app, "maker/m", { costNanos: 0n, byokNanos: usd("20") });
      ledger().useCredits(remote.id, usd("1"));
    });
    expect(await differences(id, "credits_change")).toEqual({ byok_fee: "1.00" });
  });

  test("the change of credits includes credits that were bought and used at once", async () => {
    const id = await watchDay(() => {
      spend(scenario, app, `${DAY}T10:00:00Z`, usd("2"));
      ledger().addCredits(remote.id, usd("7"));
      ledger().useCredits(remote.id, usd("7"));
    });
    expect(await differences(id, "credits_change")).toEqual({ purchase_or_grant: "7.00" });
  });

  test("a difference of credits is not explained by a purchase of another amount", async () => {
    const id = await watchDay(() => {
      ledger().addCredits(remote.id, usd("25"));
      ledger().useCredits(remote.id, usd("7"));
    });
    expect(await differences(id, "credits_change")).toEqual({ unexplained: "7.00" });
  });

  test("the change of credits is reduced by usage that OpenRouter takes back from an earlier day", async () => {
    spend(scenario, app, "2026-03-05", usd("6"), "maker/m");
    const id = await watchDay(() => ledger().restate(app, "2026-03-05", "maker/m", { deltaNanos: -usd("2") }));
    const restated = { restatement: "-2.00" };
    expect(await differences(id, "credits_change")).toEqual(restated);
    // The reduction is applied once it is confirmed, and stays in the history.
    for (const day of ["12", "13", "14", "15"]) await at(`2026-03-${day}T23:30:00Z`);
    expect((await scenario.user.get("/api/usage?start_date=2026-03-05&end_date=2026-03-05")).body[0].cost).toBe("4.00");
    expect(await differences(id, "credits_change")).toEqual(restated);
    const { items } = (await scenario.user.get(`/api/accounts/${id}/history`)).body;
    expect(items[0].message).toEqual({
      code: "account_usage_reduced",
      params: { key: "app", days: ["2026-03-05"], amount: String(usd("2")) },
    });
  });

  test("usage between a reading of credits and midnight counts on the other day", async () => {
    const { id } = await watchRemote(scenario, remote);
    spend(scenario, app, `${BEFORE}T23:45:00Z`, usd("3"));
    await at(`${DAY}T12:00:00Z`);
    await at(`${AFTER}T00:30:00Z`);
    expect(await reconcile(id)).toMatchObject({ account_total: "0.00", credits_change: "3.00" });
    expect(await differences(id, "credits_change")).toEqual({ reading_time: "3.00" });
  });

  test("a difference of credits on one day is balanced on the next day", async () => {
    const { id } = await watchRemote(scenario, remote);
    await at(`${DAY}T23:30:00Z`);
    spend(scenario, app, `${DAY}T23:45:00Z`, usd("3"));
    await at(`${AFTER}T12:00:00Z`);
    await at(`${AFTER}T23:30:00Z`);
    await at("2026-03-12T12:00:00Z");
    expect(await differences(id, "credits_change")).toEqual({ reading_time: "-3.00" });
    expect((await reconcile(id, AFTER)).differences).toEqual([
      { between: ["account_total", "credits_change"], amount: "3.00", cause: "reading_time" },
    ]);
  });

  test("a difference of credits is not explained by the time of reading if the previous day is complete", async () => {
    const { id } = await watchRemote(scenario, remote);
    await at(`${DAY}T23:30:00Z`);
    scenario.harness.sim.clock.set(new Date(`${DAY}T23:45:00Z`));
    ledger().useCredits(remote.id, usd("3"));
    await at(`${AFTER}T12:00:00Z`);
    await at(`${AFTER}T23:30:00Z`);
    await at("2026-03-12T12:00:00Z");
    expect((await reconcile(id, AFTER)).differences).toEqual([
      { between: ["account_total", "credits_change"], amount: "3.00", cause: "unexplained" },
    ]);
  });

  test("usage of the last minute counts on the next day if the response with the credits is cached", async () => {
    options().creditsLagMs = 60_000;
    const { id } = await watchRemote(scenario, remote);
    await at(`${DAY}T00:00:05Z`);
    spend(scenario, app, `${DAY}T23:59:30Z`, usd("3"));
    await at(`${AFTER}T00:00:05Z`);
    await at(`${AFTER}T01:00:00Z`);
    expect(await reconcile(id)).toMatchObject({ account_total: "3.00", credits_change: "0.00" });
    expect(await differences(id, "credits_change")).toEqual({ cached_answer: "-3.00" });
  });

  test("a difference of credits has no cause where nothing supports one", async () => {
    const id = await watchDay(() => {
      spend(scenario, app, `${DAY}T10:00:00Z`, usd("2"));
      ledger().useCredits(remote.id, usd("3"));
    });
    expect(await differences(id, "credits_change")).toEqual({ unexplained: "3.00" });
  });
});

describe("coverage", () => {
  const coverage = async (id: number) => (await scenario.user.get(`/api/accounts/${id}`)).body.coverage_percent;

  test("coverage is the share of watched keys in the spend of the account", async () => {
    spend(scenario, app, `${BEFORE}T10:00:00Z`, usd("6"));
    spend(scenario, ledger().chatroom(remote.id), "2025-06-01", usd("3"));
    const { id } = await watchRemote(scenario, remote);
    expect(await coverage(id)).toBe(66.6);
    await scenario.user.put(`/api/accounts/${id}/keys/${app.hash}`, { is_watched: false });
    expect(await coverage(id)).toBe(0);
  });

  test("coverage is unknown while the total is unknown", async () => {
    scenario.harness.sim.faults.add({ match: { path: "/analytics/query" }, kind: "403" });
    spend(scenario, app, `${BEFORE}T10:00:00Z`, usd("6"));
    const { id } = await watchRemote(scenario, remote);
    expect(await coverage(id)).toBeNull();
  });
});
