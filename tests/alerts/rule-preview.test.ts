import { addDays, listDays, mondayOf } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Archive, spendOf, startArchive, syncAndCollect } from "../archive/archive.ts";
import { DOLLAR } from "../support/alerts/alerts.ts";
import { watchRemote } from "../support/openrouter/openrouter-account.ts";
import { seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";

const TODAY = "2026-03-10";
const WINDOW = listDays(addDays(TODAY, -29), TODAY);
const WITH_PAST = listDays(addDays(TODAY, -89), TODAY);

describe("a preview of rules on days", () => {
  let harness: Harness;
  let user: Caller;
  let keyIds: number[];
  beforeAll(async () => {
    harness = await startHarness({ sim: { now: `${TODAY}T12:00:00Z` } });
    user = await harness.createUser("ada@example.com");
    const keys = ["one", "two"];
    keyIds = seedUsage(harness, { email: user.email, keys, models: ["m"], through: TODAY, days: 1 }).keyIds;
    const { app } = harness.server;
    expect(await preview({ kind: "unusual" })).toMatchObject({ fired: null, problem: "backfill_running" });
    await app.db.prisma.apiKey.updateMany({ data: { lastSyncedAt: app.clock.now() } });
  });
  afterAll(() => harness.close());

  /** Replaces the usage: cost by key and day, in cents. */
  const setCosts = (costs: number[][]) =>
    harness.server.app.db.write((connection) => {
      connection.prepare("DELETE FROM usage_days").run();
      const insert = connection.prepare(
        "INSERT INTO usage_days (api_key_id, date, cost, byok_cost, counted_cost, rows, attributed, exact) VALUES (?, ?, ?, 0, 0, 1, 1, 1)",
      );
      for (const [index, ofKey] of costs.entries())
        for (const [back, cents] of ofKey.entries())
          insert.run(keyIds[index], addDays(TODAY, -back), BigInt(cents) * 10_000_000n);
    });
  const preview = async (body: object) => {
    const answer = await user.post("/api/alerts/rules/preview", body);
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };

  test("counts the periods whose spend exceeds the amount within the last 30 days, as often as a rule would have fired", async () => {
    const cents = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 90, maxLength: 90 });
    const spans = { day: (day: string) => day, week: mondayOf, month: (day: string) => day.slice(0, 7) };
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(cents, cents),
        fc.integer({ min: 1, max: 6000 }),
        fc.constantFrom("day" as const, "week" as const, "month" as const),
        fc.boolean(),
        async (costs, limit, span, each_key) => {
          await setCosts(costs);
          const groups = each_key ? costs.map((one) => [one]) : [costs];
          const expected = groups.flatMap((group) => {
            const sums = new Map<string, number>();
            return WITH_PAST.filter((day, index) => {
              const period = spans[span](day);
              const before = sums.get(period) ?? 0;
              const after = before + group.reduce((sum, one) => sum + (one[WITH_PAST.length - 1 - index] ?? 0), 0);
              sums.set(period, after);
              return before <= limit && after > limit && WINDOW.includes(day);
            });
          });
          const amount = formatNanos(BigInt(limit) * 10_000_000n);
          const found = await preview({ kind: "spend", span, amount, each_key });
          expect(found).toMatchObject({
            start_date: WINDOW[0],
            end_date: TODAY,
            known_days: 30,
            fired: expected.length,
            problem: null,
          });
          expect(found.alerts.map(({ date }: { date: string }) => date)).toEqual(
            expected.sort().reverse().slice(0, 10),
          );
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  test("of unusual spend compares each day with its weekday", async () => {
    const usual = Array.from({ length: 90 }, () => 200);
    await setCosts([usual.map((cents, back) => (back === 3 || back === 12 ? 900 : cents))]);
    const found = await preview({ kind: "unusual", times: 3, least: "1.00" });
    expect(found).toMatchObject({ fired: 2, known_days: 30 });
    expect(found.alerts).toMatchObject([
      { date: addDays(TODAY, -3), message: { code: "spend_unusual", params: { times: 4.5 } } },
      { date: addDays(TODAY, -12) },
    ]);
  });

  test("says that it knows too little, or that nothing is recorded", async () => {
    await setCosts([[100, 100, 100]]);
    expect(await preview({ kind: "unusual" })).toMatchObject({ fired: null, problem: "too_little_history" });
    expect(await preview({ kind: "spend", span: "day", amount: "0.50" })).toMatchObject({ fired: 3, known_days: 3 });
    expect(await preview({ kind: "hourly_spend", amount: "0.50" })).toMatchObject({ problem: "too_little_history" });
    for (const kind of ["key_invalid", "key_expires", "sync_stale", "limit_share"])
      expect(await preview({ kind })).toMatchObject({ fired: null, problem: "no_history", alerts: [] });
  });

  test("saves nothing, and refuses what a rule refuses", async () => {
    const rules = (await user.get("/api/alerts/rules")).body;
    for (const [body, status] of [
      [{ kind: "spend", amount: "1" }, 400],
      [{ kind: "spend", amount: "-1", span: "day" }, 400],
      [{ kind: "key_invalid", amount: "1" }, 400],
      [{ kind: "made_up" }, 400],
      [{ kind: "key_invalid", name: "x" }, 400],
      [{ kind: "key_invalid", api_key_ids: [2 ** 30] }, 404],
    ] as const)
      expect((await user.post("/api/alerts/rules/preview", body)).status).toBe(status);
    expect((await user.get("/api/alerts/rules")).body).toEqual(rules);
  });

  test("lists the amounts that charts of all keys or of one key draw", async () => {
    const cookie = { cookie: `orwatch_session=${user.credential}` };
    const thresholds = async (input: object) => {
      const query = encodeURIComponent(JSON.stringify(input));
      const answer = await fetch(`${harness.url}/trpc/alerts.thresholds?input=${query}`, { headers: cookie });
      return (await answer.json()).result.data.items.map(({ name }: { name: string }) => name);
    };
    const add = (name: string, body: object) => user.post("/api/alerts/rules", { name, amount: "5", ...body });
    const [one, two] = keyIds;
    await add("all", { kind: "spend", span: "day" });
    await add("each", { kind: "hourly_spend", each_key: true });
    await add("one", { kind: "spend", span: "month", api_key_ids: [one] });
    await add("both", { kind: "spend", span: "week", api_key_ids: [one, two] });
    await add("each of one", { kind: "spend", span: "week", api_key_ids: [one], each_key: true });
    await add("off", { kind: "spend", span: "day", is_active: false });
    expect(await thresholds({})).toEqual(["all"]);
    expect(await thresholds({ api_key_id: one })).toEqual(["each", "one", "each of one"]);
    expect(await thresholds({ api_key_id: two })).toEqual(["each"]);
  });
});

describe("a preview of rules on hours", () => {
  let archive: Archive;
  beforeEach(async () => {
    archive = await startArchive();
    return () => archive.scenario.harness.close();
  });

  test("counts occurrences in the hours that are known", async () => {
    const key = archive.remote.addKey("app");
    // Two hours in a row, one alone, and one that is not above.
    for (const [at, dollars] of [
      ["2026-03-01T10:10:00Z", 6n],
      ["2026-03-01T11:10:00Z", 7n],
      ["2026-03-01T14:10:00Z", 9n],
      ["2026-03-04T23:10:00Z", 5n],
      ["2026-01-05T23:10:00Z", 50n],
    ] as const)
      spendOf(archive, key, at, { nanos: dollars * DOLLAR });
    await watchRemote(archive.scenario, archive.remote);
    await syncAndCollect(archive, "2026-03-10T12:30:00Z");
    const { body } = await archive.scenario.user.post("/api/alerts/rules/preview", {
      kind: "hourly_spend",
      amount: "5.00",
      each_key: true,
    });
    expect(body).toMatchObject({ fired: 2, known_days: 30, problem: null });
    expect(body.alerts).toMatchObject([
      { date: "2026-03-01", message: { params: { at: "2026-03-01T14:00:00.000Z" } } },
      { date: "2026-03-01", message: { params: { at: "2026-03-01T10:00:00.000Z" } } },
    ]);
  });
});
