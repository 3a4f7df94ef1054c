import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { add, startScenario } from "../support/openrouter/scenario.ts";
import { environmentOf } from "../support/server/command.ts";
import { listMessages, type Spend, type World } from "./alert-oracle.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-03-01T00:00:00Z");
const DAYS = Number(process.env.ALERT_DAYS ?? 30);
const KILLS = Number(process.env.ALERT_KILLS ?? 3);
const EVERY_HOURS = 8;

/** The same numbers every time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function inventWorld(random: () => number): World {
  const expires = { key: "gamma", at: START + 20 * 24 * HOUR, days: 5 };
  const refused = { key: "beta", from: START + 12 * 24 * HOUR, until: START + 14 * 24 * HOUR };
  const spends: Spend[] = [];
  for (let at = START + HOUR; at < START + DAYS * 24 * HOUR; at += HOUR + Math.floor(random() * 4 * HOUR)) {
    const key = ["alpha", "beta", "gamma"][Math.floor(random() * 3)] as string;
    const isOut =
      (key === refused.key && at >= refused.from - HOUR && at < refused.until) ||
      (key === expires.key && at > expires.at);
    if (!isOut) spends.push({ at, key, cents: 1 + Math.floor(random() * (random() < 0.1 ? 900 : 120)) });
  }
  // Ten minutes past the hour, so that no spend falls on the instant of a sync.
  const syncs = Array.from(
    { length: (DAYS * 24) / EVERY_HOURS },
    (_, n) => START + (n + 1) * EVERY_HOURS * HOUR + 600_000,
  );
  return {
    spends: spends.filter(({ at }) => at % HOUR !== 600_000),
    syncs,
    limits: { alpha: { cents: 300, reset: "day" }, beta: { cents: 6000, reset: "month" } },
    purchases: [
      { at: START - HOUR, cents: 6000 },
      { at: START + 11 * 24 * HOUR, cents: 7000 },
      { at: START + 22 * 24 * HOUR, cents: 9000 },
    ],
    refused,
    expires,
    budgets: [
      { span: "day", cents: 800, each: false },
      { span: "day", cents: 500, each: true },
      { span: "week", cents: 3500, each: false },
      { span: "month", cents: 5000, each: true },
    ],
    percents: [50, 80, 100],
    leastCredits: 2500,
  };
}

const dollars = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;

test("a month with restarts and kills sends exactly the expected alerts, each once", async () => {
  const random = randomFrom(7);
  const world = inventWorld(random);
  const scenario = await startScenario(new Date(START - HOUR).toISOString(), {
    sim: { now: new Date(START - HOUR).toISOString(), creditsLagMs: 0 },
  });
  const { harness, user } = scenario;
  const { ledger, clock } = harness.sim;
  const account = ledger.addAccount();
  const keys = new Map(
    ["alpha", "beta", "gamma"].map((name) => {
      const limit = world.limits[name];
      const key = ledger.addKey(account.id, {
        name,
        limitNanos: limit ? BigInt(limit.cents) * 10_000_000n : null,
        limitReset: limit ? (`${limit.reset === "day" ? "daily" : "monthly"}` as const) : null,
        expiresAt: name === world.expires.key ? new Date(world.expires.at) : null,
      });
      return [name, key];
    }),
  );
  const manager = ledger.addManagementKey(account.id, { name: "manager" });
  let bought = 0;
  const buy = (before: number) => {
    for (const { at, cents } of world.purchases.slice(bought))
      if (at < before) {
        ledger.addCredits(account.id, BigInt(cents) * 10_000_000n);
        bought += 1;
      }
  };
  buy(START);
  for (const key of [manager, ...keys.values()]) await add(scenario, key);
  for (const { id } of (await user.get("/api/alerts/rules")).body.items) await user.delete(`/api/alerts/rules/${id}`);
  for (const rule of [
    ...world.budgets.map(({ span, cents, each }) => ({ kind: "spend", span, amount: dollars(cents), each_key: each })),
    { kind: "limit_share", percents: world.percents },
    { kind: "credits", amount: dollars(world.leastCredits) },
    { kind: "key_invalid" },
    { kind: "key_expires", days: world.expires.days },
  ])
    expect((await user.post("/api/alerts/rules", { name: JSON.stringify(rule).slice(0, 90), ...rule })).status).toBe(
      201,
    );
  await user.put("/api/alerts/settings", { quiet_from: "21:00", quiet_to: "05:00", max_per_day: 2 });
  await harness.server.stop();

  const env = { ...environmentOf(harness), MAX_API_KEYS_PER_USER: "100", PATH: process.env.PATH ?? "" };
  let child: { process: ChildProcess; lines: AsyncIterator<string> } | null = null;
  const begin = async () => {
    const script = path.join(import.meta.dirname, "./sync-child.ts");
    const started = spawn(process.execPath, ["--import", "tsx", script], { env, stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: started.stdout! })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe("ready");
    return { process: started, lines };
  };
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    if (!child) return;
    const gone = once(child.process, "exit");
    child.process.kill(signal);
    await gone;
    child = null;
  };

  let spent = 0;
  let kills = 0;
  const killEvery = Math.floor(world.syncs.length / (KILLS + 1));
  try {
    for (const [index, at] of world.syncs.entries()) {
      for (; spent < world.spends.length && (world.spends[spent] as Spend).at < at; spent++) {
        const { at: when, key, cents } = world.spends[spent] as Spend;
        clock.set(new Date(when));
        ledger.spend(new Date(when), keys.get(key)!, "openai/gpt-5", { costNanos: BigInt(cents) * 10_000_000n });
      }
      buy(at);
      const { refused } = world;
      ledger.updateKey(keys.get(refused.key)!, { disabled: at >= refused.from && at < refused.until });
      clock.set(new Date(at));
      const line = new Date(at).toISOString();
      for (;;) {
        child ??= await begin();
        child.process.stdin?.write(`${line}\n`);
        const isToDie = kills < KILLS && index > 0 && index % killEvery === 0 && kills < Math.floor(index / killEvery);
        if (!isToDie) {
          expect((await child.lines.next()).value).toBe(line);
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, random() * 60));
        await end("SIGKILL");
        kills += 1;
      }
      if (index === 49) await end("SIGTERM");
    }
  } finally {
    await end("SIGKILL");
  }

  const db = new Database(path.join(harness.folder, "app.db"), { readonly: true });
  const stored = db.prepare("SELECT * FROM notifications ORDER BY id").all() as {
    id: number;
    kind: string;
    items: string;
    created_at: string;
    deliver_at: string | null;
    summary_id: number | null;
  }[];
  db.close();
  const notified = stored
    .filter(({ kind }) => kind !== "summary")
    .flatMap(({ items }) => JSON.parse(items))
    .map((item) => {
      const window = item.window === null ? "-" : item.window.replace("week of ", "");
      const span = JSON.parse(item.rule_kind === "spend" ? item.rule_name : "{}").span;
      const from = window.length === 7 ? `${window}-01` : window;
      return [
        item.rule_kind,
        item.event,
        item.key_name ?? "all",
        item.threshold ?? "-",
        ...(span ? [span] : []),
        from,
      ].join(" ");
    })
    .sort();
  expect(notified).toEqual(listMessages(world));
  expect(notified.length).toBeGreaterThan(DAYS);

  const counted = stored.filter(({ kind }) => kind !== "summary");
  const perDay = new Map<string, number>();
  for (const { deliver_at } of counted)
    if (deliver_at) perDay.set(deliver_at.slice(0, 10), (perDay.get(deliver_at.slice(0, 10)) ?? 0) + 1);
  expect(Math.max(...perDay.values())).toBeLessThanOrEqual(2);
  const hours = counted.flatMap(({ deliver_at }) => (deliver_at ? [Number(deliver_at.slice(11, 13))] : []));
  expect(hours.every((hour) => hour >= 5 && hour < 21)).toBe(true);
  const held = counted.filter(({ deliver_at }) => deliver_at === null);
  const lastDay = stored.at(-1)?.created_at.slice(0, 10) ?? "";
  expect(held.filter(({ summary_id, created_at }) => summary_id === null && created_at.slice(0, 10) < lastDay)).toEqual(
    [],
  );
  process.stdout.write(
    `alerts: ${notified.length} items in ${stored.length} notifications (${held.length} over the daily limit), ${world.syncs.length} syncs, ${kills} kills\n`,
  );
  await harness.sim.close();
}, 300_000);
