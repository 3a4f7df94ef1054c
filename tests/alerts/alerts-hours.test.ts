import { message } from "@orwatch/messages/message";
import { evaluateAll } from "@orwatch/server/alerts/evaluation/evaluate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Archive, spendOf, startArchive, syncAndCollect } from "../archive/archive.ts";
import { alertsOf, DOLLAR } from "../support/alerts/alerts.ts";
import { watchRemote } from "../support/openrouter/openrouter-account.ts";

let archive: Archive;
beforeEach(async () => {
  archive = await startArchive();
});
afterEach(() => archive.scenario.harness.close());

const { only, notified, messages } = alertsOf(() => archive.scenario);
const watch = () => watchRemote(archive.scenario, archive.remote);

/** Syncs, collects and evaluates, as the jobs do. */
async function at(instant: string): Promise<void> {
  await syncAndCollect(archive, instant);
  await evaluateAll(archive.scenario.harness.server.app);
}

describe("spend within an hour above an amount", () => {
  test("is alerted once, and resolved by an hour that is not above", async () => {
    const key = archive.remote.addKey("app");
    await watch();
    await only({ kind: "hourly_spend", amount: "5.00" });
    spendOf(archive, key, "2026-03-10T12:30:00Z", { nanos: 5n * DOLLAR });
    await at("2026-03-10T13:05:00Z");
    expect(await notified()).toEqual([]);
    spendOf(archive, key, "2026-03-10T13:10:00Z", { nanos: 6n * DOLLAR });
    spendOf(archive, key, "2026-03-10T14:01:00Z", { nanos: 7n * DOLLAR });
    for (const instant of ["13:30", "14:30", "14:45"]) await at(`2026-03-10T${instant}:00Z`);
    await archive.scenario.harness.restart();
    await at("2026-03-10T15:05:00Z");
    const scope = { kind: "all" as const };
    const threshold = String(5n * DOLLAR);
    const alert = message("hourly_spend_above_threshold", {
      scope,
      at: "2026-03-10T13:00:00.000Z",
      spent: String(6n * DOLLAR),
      threshold,
    });
    expect(await messages()).toEqual([[alert]]);
    expect((await notified())[0]).toMatchObject([
      { event: "alert", threshold: "5.00", value: "6.00", unit: "usd", window: "2026-03-10T13:00Z" },
    ]);
    expect((await archive.scenario.user.get("/api/alerts/rules")).body.items).toMatchObject([{ is_firing: true }]);
    await at("2026-03-10T16:05:00Z");
    expect(await messages()).toEqual([
      [alert],
      [message("hourly_spend_resolved", { scope, at: "2026-03-10T15:00:00.000Z", spent: "0", threshold })],
    ]);
    await at("2026-03-10T17:05:00Z");
    expect(await notified()).toHaveLength(2);
  });

  test("is alerted for the key that it was on, also after hours of downtime", async () => {
    const [one, other] = [archive.remote.addKey("one"), archive.remote.addKey("other")];
    await watch();
    await only({ kind: "hourly_spend", amount: "5.00", each_key: true });
    spendOf(archive, one, "2026-03-10T13:30:00Z", { nanos: 9n * DOLLAR });
    spendOf(archive, other, "2026-03-10T13:30:00Z", { nanos: 4n * DOLLAR });
    spendOf(archive, one, "2026-03-10T22:30:00Z", { nanos: 1n });
    await at("2026-03-10T23:05:00Z");
    await at("2026-03-11T00:05:00Z");
    expect(await notified()).toMatchObject([
      [
        { event: "alert", key_name: "one", value: "9.00", window: "2026-03-10T13:00Z" },
        { event: "recovery", key_name: "one", window: "2026-03-10T22:00Z" },
      ],
    ]);
  });

  test("says nothing about keys whose hours are not known", async () => {
    const key = archive.remote.addKey("app");
    const { user } = archive.scenario;
    await user.post("/api/keys", { name: "alone", key: key.secret });
    await only({ kind: "hourly_spend", amount: "1.00" });
    spendOf(archive, key, "2026-03-10T12:30:00Z", { nanos: 5n * DOLLAR });
    await at("2026-03-10T13:05:00Z");
    await at("2026-03-10T14:05:00Z");
    expect(await notified()).toEqual([]);
  });
});

test("spend within an hour far above that of the same hour in other weeks is alerted", async () => {
  const key = archive.remote.addKey("app");
  // OpenRouter has no hours of these days any more, so they say nothing about an hour.
  for (const day of ["2026-01-13", "2026-01-20", "2026-01-27", "2026-02-03"]) spendOf(archive, key, day);
  for (const day of ["2026-02-10", "2026-02-17", "2026-02-24", "2026-03-03"]) {
    spendOf(archive, key, `${day}T13:20:00Z`, { nanos: 2n * DOLLAR });
    spendOf(archive, key, `${day}T14:20:00Z`, { nanos: 9n * DOLLAR });
  }
  await watch();
  await only({ kind: "hourly_unusual", times: 3, least: "1.00" });
  spendOf(archive, key, "2026-03-10T13:30:00Z", { nanos: 7n * DOLLAR });
  spendOf(archive, key, "2026-03-10T14:30:00Z", { nanos: 20n * DOLLAR });
  await at("2026-03-10T14:05:00Z");
  await at("2026-03-10T15:05:00Z");
  const scope = { kind: "all" as const };
  const usual = String(2n * DOLLAR);
  expect(await messages()).toEqual([
    [
      message("hourly_spend_unusual", {
        scope,
        at: "2026-03-10T13:00:00.000Z",
        spent: String(7n * DOLLAR),
        usual,
        times: 3.5,
      }),
    ],
    [
      message("hourly_spend_unusual_resolved", {
        scope,
        at: "2026-03-10T14:00:00.000Z",
        spent: String(20n * DOLLAR),
        usual: String(9n * DOLLAR),
      }),
    ],
  ]);
});
