import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type LedgerKey, type Sim, startSim } from "@orwatch/openrouter-sim";
import { startJobs } from "@orwatch/server/jobs/service";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { add, createAccount, type Scenario, spend, startScenario } from "../support/openrouter/scenario.ts";
import { expectExact } from "../support/openrouter/truth.ts";
import { environmentOf } from "../support/server/command.ts";
import { type Caller, startHarness } from "../support/server/harness.ts";
import {
  dayBefore,
  openAccount,
  type ProcessHarness,
  type Running,
  startServerIn,
} from "../support/server/process-harness.ts";

/** A management key and two keys of its account with usage. */
function createKeys(sim: Sim): LedgerKey[] {
  const account = sim.ledger.addAccount();
  const manager = sim.ledger.addManagementKey(account.id, { name: "manager" });
  const keys = ["one", "two"].map((name) => sim.ledger.addKey(account.id, { name }));
  for (const key of keys) sim.ledger.spendOnDay(dayBefore(3), key, "maker/a", { costNanos: 1_000n });
  return [manager, ...keys];
}

/** Adds the keys while analytics does not answer, until the returned function is called. */
async function addDuringHang(sim: Sim, user: Caller, keys: LedgerKey[]): Promise<() => void> {
  const hang = sim.faults.add({ kind: "timeout", match: { path: "/analytics/query" } });
  for (const { name, secret } of keys) expect((await user.post("/api/keys", { name, key: secret })).status).toBe(201);
  await vi.waitFor(() => expect(sim.requestCount("/analytics/query")).toBeGreaterThan(0), { timeout: 20_000 });
  return hang;
}

describe("interrupted first sync", () => {
  let sim: Sim;
  let folder: string;
  let harness: ProcessHarness;
  beforeEach(async () => {
    sim = await startSim({ warnings: "never", lagMs: 0, analyticsPerMinute: Number.POSITIVE_INFINITY });
    folder = mkdtempSync(path.join(tmpdir(), "orwatch-resumed-"));
    harness = { sim, env: environmentOf({ folder, sim }), server: null } as unknown as ProcessHarness;
  });
  afterEach(async () => {
    harness.server?.child.kill("SIGKILL");
    await harness.server?.ended;
    await sim.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const read = <T>(sql: string): T[] => {
    const db = new Database(path.join(folder, "app.db"), { readonly: true });
    try {
      return db.prepare(sql).all() as T[];
    } finally {
      db.close();
    }
  };
  const costs = () =>
    read<{ name: string; cost: number }>(
      "SELECT k.name, sum(s.cost) AS cost FROM api_keys k JOIN usage_stats s ON s.api_key_id = k.id GROUP BY k.id ORDER BY 1",
    );

  async function expectResumed(): Promise<void> {
    await vi.waitFor(
      () =>
        expect(costs()).toEqual([
          { name: "one", cost: 1000 },
          { name: "two", cost: 1000 },
        ]),
      { timeout: 30_000, interval: 200 },
    );
    await vi.waitFor(() => expect(read("SELECT * FROM pending_syncs")).toEqual([]), { timeout: 10_000 });
  }

  test("a first sync interrupted by SIGKILL resumes at the next start", async () => {
    const keys = createKeys(sim);
    harness.server = await startServerIn(harness);
    const user = await openAccount(harness, "ada@example.com");
    const hang = await addDuringHang(sim, user, keys);
    const { child, ended } = harness.server as Running;
    child.kill("SIGKILL");
    await ended;
    expect(costs()).toEqual([]);
    hang();
    harness.server = await startServerIn(harness);
    await expectResumed();
  }, 90_000);

  test("a first sync interrupted by a shutdown resumes at the next start", async () => {
    const inProcess = await startHarness({
      sim: { analyticsPerMinute: Number.POSITIVE_INFINITY },
      withJobs: true,
      graceMs: 100,
      openRouterTimeoutMs: 60_000,
    });
    onTestFinished(() => inProcess.close());
    folder = inProcess.folder;
    const keys = createKeys(inProcess.sim);
    const hang = await addDuringHang(inProcess.sim, await inProcess.createUser(), keys);
    await inProcess.stop();
    expect(costs()).toEqual([]);
    hang();
    await inProcess.restart();
    await expectResumed();
  }, 90_000);
});

describe("interrupted jobs", () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await startScenario("2026-03-10T12:00:00Z");
  });
  afterEach(() => scenario.harness.close());

  const app = () => scenario.harness.server.app;

  test("a finished first sync leaves nothing to resume, whether it succeeded or failed", async () => {
    const [one, two] = [createAccount(scenario), createAccount(scenario)];
    await add(scenario, one.key);
    scenario.harness.sim.faults.add({ match: { path: "/analytics/query" }, kind: "500" });
    await add(scenario, two.manager);
    await add(scenario, two.key);
    expect(app().db.reader.prepare("SELECT * FROM pending_syncs").all()).toEqual([]);
  });

  test("a first sync that crashes the process repeatedly is retried after increasing delays", async () => {
    const { key, manager } = createAccount(scenario);
    spend(scenario, key, "2026-03-09", 5_000n);
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    await app().db.write((connection) => {
      connection.prepare("DELETE FROM usage_stats").run();
      connection.prepare("DELETE FROM usage_days").run();
      connection.prepare("DELETE FROM usage_models").run();
      connection.prepare("DELETE FROM usage_months").run();
      connection
        .prepare("INSERT INTO pending_syncs (api_key_id, requested_at, attempts, started_at) VALUES (?, ?, 4, ?)")
        .run(keyId, "2026-03-10T11:50:00.000+00:00", "2026-03-10T11:59:00.000+00:00");
      for (const job of ["sync", "breakdowns", "validate", "alerts", "digest", "cleanup", "backup"])
        connection
          .prepare("INSERT INTO job_runs (job, started_at, finished_at, outcome) VALUES (?, ?, ?, 'ok')")
          .run(job, "2026-03-10T12:00:00.000+00:00", "2026-03-10T12:00:00.000+00:00");
    });
    const started = scenario.harness.sim.clock.nowMs();
    const jobs = await startJobs(app());
    await vi.waitFor(() => expect(app().background.size).toBe(0), { timeout: 10_000 });
    await jobs.stop(1000);
    // Interrupted four times: four minutes after the last start, which was a minute ago.
    expect(scenario.harness.sim.clock.nowMs() - started).toBeGreaterThanOrEqual(3 * 60_000);
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
  });

  test.each([
    [1, 0],
    [2, 1],
    [5, 8],
    [12, 60],
  ])("a job interrupted %d times in a row runs again after %d minutes", async (times, minutes) => {
    const start = scenario.harness.sim.clock.now();
    await app().db.write((connection) => {
      const insert = connection.prepare(
        "INSERT INTO job_runs (job, started_at, finished_at, outcome) VALUES (?, ?, ?, ?)",
      );
      const at = (ago: number) => new Date(start.getTime() - ago * 1000).toISOString().replace("Z", "+00:00");
      for (const job of ["breakdowns", "validate", "alerts", "digest", "cleanup", "backup"])
        insert.run(job, at(0), at(0), "ok");
      for (let n = times; n > 0; n -= 1) insert.run("sync", at(n - 1), at(n - 1), "interrupted");
    });
    const jobs = await startJobs(app());
    const runs = () =>
      app()
        .db.reader.prepare("SELECT started_at FROM job_runs WHERE job = 'sync' AND outcome = 'ok'")
        .pluck()
        .all() as string[];
    await vi.waitFor(() => expect(runs()).toHaveLength(1), { timeout: 10_000 });
    await jobs.stop(1000);
    const waited = Math.round((Date.parse(runs()[0] as string) - start.getTime()) / 60_000);
    expect(waited).toBe(minutes);
  });
});
