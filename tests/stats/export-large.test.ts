import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";

/** Memory still held after a collection; resident memory depends more on the collector than on the export. */
function heldMemory(): number {
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** 11 keys × MODELS models × 365 days; `npm run prove:export` takes 250 models, a million rows. */
const MODELS = Number(process.env.EXPORT_MODELS ?? 30);

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => harness.close());

test("garbage collection can be triggered", () => expect(global.gc).toBeTypeOf("function"));

describe("an export of many rows", () => {
  let big: Caller;
  let rows: number;
  const path = "/api/usage/export?start_date=2025-03-11&end_date=2026-03-10";
  beforeAll(async () => {
    big = await harness.createUser();
    const keys = Array.from({ length: 11 }, (_, index) => `key ${index}`);
    const models = Array.from({ length: MODELS }, (_, index) => `vendor/model-${index}`);
    rows = seedUsage(harness, { email: big.email, keys, models, through: "2026-03-10", days: 365 }).rows;
  }, 120_000);

  const open = (query = "") =>
    new Promise<http.IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${big.credential}` };
      http.get(`${harness.url}${path}${query}`, { headers, agent: false }, resolve).on("error", reject);
    });

  /** Whether a reader still uses an older state of the file: its log cannot be checkpointed completely then. */
  async function isBeingRead(): Promise<boolean> {
    const touch = "UPDATE teams SET data_version = data_version + 1";
    await harness.server.app.db.write((connection) => connection.prepare(touch).run());
    const own = new Database(harness.server.app.config.databaseFile, { timeout: 0 });
    try {
      const [result] = own.pragma("wal_checkpoint(RESTART)") as { busy: number }[];
      return result?.busy === 1;
    } finally {
      own.close();
    }
  }

  /** Whether that is the case within 10 s: when a closed connection is noticed depends on the machine. */
  async function becomes(isRead: boolean): Promise<boolean> {
    const end = performance.now() + 10_000;
    while ((await isBeingRead()) !== isRead) {
      if (performance.now() > end) return false;
      await sleep(50);
    }
    return true;
  }

  test("an export of many rows uses less than 50 MB and does not block other requests", {
    timeout: 300_000,
  }, async () => {
    expect(rows).toBe(11 * MODELS * 365);
    for (const query of ["", "&group_by=day&group_by=model&group_by=key&sort=-cost"]) {
      const before = heldMemory();
      let most = before;
      let lines = 0;
      let worst = 0;
      const watch = setInterval(() => {
        most = Math.max(most, heldMemory());
      }, 500);
      let isDone = false;
      const others = (async () => {
        while (!isDone) {
          const started = performance.now();
          await fetch(`${harness.url}/health`);
          worst = Math.max(worst, performance.now() - started);
          await sleep(20);
        }
      })();
      const started = performance.now();
      for await (const chunk of await open(query)) for (const byte of chunk as Buffer) if (byte === 10) lines += 1;
      const took = performance.now() - started;
      isDone = true;
      await others;
      clearInterval(watch);
      const more = Math.round((most - before) / 1_048_576);
      process.stdout.write(
        `export of ${lines - 1} rows${query && ", sorted sums"}: ${Math.round(took)} ms, ${more} MB held, others waited at most ${Math.round(worst)} ms\n`,
      );
      expect(lines).toBe(rows + 1);
      expect(more).toBeLessThan(50);
    }
  });

  test("an export of many rows reads no faster than the client and stops when the client disconnects", {
    timeout: 60_000,
  }, async () => {
    expect(await becomes(false)).toBe(true);
    const response = await open();
    response.pause();
    expect(await becomes(true)).toBe(true);
    // Another client reads the whole export in the meantime.
    let bytes = 0;
    for await (const chunk of await open()) bytes += chunk.length;
    expect(bytes).toBeGreaterThan(rows);
    expect(await isBeingRead()).toBe(true);
    response.destroy();
    expect(await becomes(false)).toBe(true);
  });

  test("an export contains the data as of its start", async () => {
    const response = await open("&format=json");
    response.pause();
    expect(await becomes(true)).toBe(true);
    const id = harness.server.app.db.reader.prepare("SELECT max(id) FROM usage_stats").pluck().get();
    await harness.server.app.db.write((connection) =>
      connection.prepare("DELETE FROM usage_stats WHERE id = ?").run(id),
    );
    let lines = 0;
    for await (const chunk of response) for (const byte of chunk as Buffer) if (byte === 10) lines += 1;
    expect(lines).toBe(rows + 2);
  }, 150_000);

  test("exports are limited to three at once per user", { timeout: 60_000 }, async () => {
    const responses = [await open(), await open(), await open()];
    const fourth = await big.get(path);
    expect([fourth.status, fourth.headers.get("retry-after")]).toEqual([429, "10"]);
    for (const response of responses) response.destroy();
    expect(await becomes(false)).toBe(true);
    const again = await open();
    expect(again.statusCode).toBe(200);
    again.destroy();
    expect(await becomes(false)).toBe(true);
    expect(harness.logged.filter(({ level }) => level === "error")).toEqual([]);
  });

  test("an export that its client has not read for 10 seconds makes room for another one", {
    timeout: 60_000,
  }, async () => {
    const responses = [await open(), await open(), await open()];
    expect((await big.get(path)).status).toBe(429);
    await expect
      .poll(
        async () => {
          harness.sim.clock.advance(10_000);
          const next = await open();
          responses.push(next);
          return next.statusCode;
        },
        { timeout: 30_000 },
      )
      .toBe(200);
    // The client notices once it reads again; the other two are complete.
    const first = responses.slice(0, 3);
    await Promise.all(
      first.map(
        (response) =>
          new Promise((resolve) =>
            response
              .on("error", () => {})
              .on("close", resolve)
              .resume(),
          ),
      ),
    );
    expect(first.filter(({ complete }) => !complete)).toHaveLength(1);
    for (const response of responses) response.destroy();
    expect(await becomes(false)).toBe(true);
  });
});
