import { cleanUp } from "@orwatch/server/jobs/cleanup";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { watchRemote } from "../support/openrouter/openrouter-account.ts";
import { syncAt } from "../support/openrouter/scenario.ts";
import { settle } from "../support/server/harness.ts";
import {
  type Archive,
  collect,
  keyIdOf,
  queriesFor,
  spendOf,
  startArchive,
  storedRows,
  syncAndCollect,
  TODAY,
  YESTERDAY,
} from "./archive.ts";

const [PROVIDER, END_USER, HOUR] = [1, 4, 5];

let archive: Archive;
beforeEach(async () => {
  archive = await startArchive();
});
afterEach(async () => {
  expectIntact(archive.scenario.harness);
  await archive.scenario.harness.close();
});

const sim = () => archive.scenario.harness.sim;
const reader = () => archive.scenario.harness.server.app.db.reader;
const count = (rows: string) => Number(reader().prepare(`SELECT count(*) FROM ${rows}`).pluck().get());
const put = (id: number, breakdowns: object) => archive.scenario.user.put(`/api/accounts/${id}`, { breakdowns });

async function watchWithUsage(): Promise<number> {
  const key = archive.remote.addKey("app");
  spendOf(archive, key, YESTERDAY, { provider: "Azure", externalUser: "person-1" });
  return (await watchRemote(archive.scenario, archive.remote)).id;
}

describe("settings of an account", () => {
  test("everything except end users is collected by default", async () => {
    const id = await watchWithUsage();
    const { body } = await archive.scenario.user.get(`/api/accounts/${id}`);
    expect(body.breakdowns).toEqual({
      providers: true,
      apps: true,
      finish_reasons: true,
      members: true,
      workspaces: true,
      hours: true,
      performance: true,
      end_users: false,
    });
    await collect(archive);
    expect(queriesFor(archive, "external_user")).toEqual([]);
  });

  test("a change of settings affects only the given fields", async () => {
    const id = await watchWithUsage();
    expect((await put(id, { hours: false })).body.breakdowns).toMatchObject({ hours: false, apps: true });
    const { body } = await put(id, { apps: false });
    expect(body).toMatchObject({ name: "Acme", breakdowns: { hours: false, apps: false, providers: true } });
    await collect(archive);
    expect(queriesFor(archive, "hour")).toEqual([]);
    expect(queriesFor(archive, "app")).toEqual([]);
    expect(queriesFor(archive, "provider")).toHaveLength(1);
  });

  test("members and workspaces can be turned off", async () => {
    const id = await watchWithUsage();
    await put(id, { members: false });
    await collect(archive);
    expect(queriesFor(archive, "user")).toEqual([]);
    expect(queriesFor(archive, "workspace")).not.toEqual([]);
    const asked = queriesFor(archive, "workspace").length;
    await put(id, { members: true, workspaces: false });
    await syncAndCollect(archive, "2026-03-11T14:00:00Z");
    expect(queriesFor(archive, "user")).not.toEqual([]);
    expect(queriesFor(archive, "workspace")).toHaveLength(asked);
  });

  test("latency and throughput can be turned off", async () => {
    const id = await watchWithUsage();
    await put(id, { performance: false });
    await collect(archive);
    const [query] = queriesFor(archive, "provider");
    expect(query.metrics).not.toContain("p50_latency");
    expect(storedRows(archive, PROVIDER)).toHaveLength(1);
  });

  test.each([{ country: true }, { hours: "yes" }])("invalid settings are rejected: %o", async (breakdowns) => {
    expect((await put(await watchWithUsage(), breakdowns)).status).toBe(400);
  });

  test("settings of another user cannot be changed", async () => {
    const id = await watchWithUsage();
    const other = await archive.scenario.harness.createUser();
    expect((await other.put(`/api/accounts/${id}`, { breakdowns: { hours: false } })).status).toBe(404);
  });
});

describe("end users", () => {
  test("end users are collected once turned on, and deleted with their names once turned off", async () => {
    const id = await watchWithUsage();
    await put(id, { end_users: true });
    await collect(archive);
    expect(storedRows(archive, END_USER)).toMatchObject([{ value: "person-1" }]);
    await put(id, { end_users: false });
    expect(storedRows(archive, END_USER)).toEqual([]);
    expect(count("breakdown_values WHERE text LIKE 'person%'")).toBe(0);
    expect(storedRows(archive, PROVIDER)).toHaveLength(1);
  });

  test("end users that arrive after they were turned off are not stored", async () => {
    const id = await watchWithUsage();
    await put(id, { end_users: true });
    sim().options.latencyMs = 20;
    const collected = collect(archive);
    while (queriesFor(archive, "external_user").length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await put(id, { end_users: false });
    await collected;
    expect(count(`breakdowns WHERE dimension = ${END_USER}`)).toBe(0);
    expect(count("breakdown_values WHERE text LIKE 'person%'")).toBe(0);
  });
});

describe("the state of an account", () => {
  test("an account reports size, growth and the last request of its breakdowns", async () => {
    const id = await watchWithUsage();
    const state = async () => (await archive.scenario.user.get(`/api/accounts/${id}`)).body.breakdown_state;
    expect(await state()).toEqual({
      rows: 0,
      bytes: 0,
      bytes_per_month: 0,
      since: null,
      retention_days: null,
      last_collected_at: null,
      last_error: null,
      last_error_message: null,
    });
    await collect(archive);
    const after = await state();
    expect(after).toMatchObject({ since: YESTERDAY, last_error: null });
    expect(after.rows).toBe(count("breakdowns"));
    expect(after.bytes).toBeGreaterThan(after.rows * 40);
    expect(after.bytes_per_month).toBe(after.bytes);
    expect(Date.parse(after.last_collected_at)).toBeGreaterThanOrEqual(Date.parse(`${TODAY}T12:00:00Z`));
  });

  test("the account reports why the last request failed until one succeeds", async () => {
    const id = await watchWithUsage();
    const state = async () => (await archive.scenario.user.get(`/api/accounts/${id}`)).body.breakdown_state;
    const end = sim().faults.add({ match: { path: "/analytics/query" }, kind: "500" });
    await collect(archive);
    end();
    expect((await state()).last_error_message).toMatchObject({ code: "openrouter_server_error" });
    await syncAndCollect(archive, `${TODAY}T14:00:00Z`);
    expect((await state()).last_error).toBeNull();
  });
});

describe("deletion of breakdowns", () => {
  const isEmpty = () =>
    ["breakdowns", "breakdown_days", "breakdown_progress", "breakdown_owners"].map((table) => count(table));

  test("breakdowns are deleted with their key, including names of end users", async () => {
    const id = await watchWithUsage();
    await put(id, { end_users: true });
    await collect(archive);
    await archive.scenario.user.delete(`/api/keys/${await keyIdOf(archive, "app")}`);
    expect(count("breakdown_owners WHERE api_key_id IS NOT NULL")).toBe(0);
    expect(storedRows(archive, HOUR)).toEqual([]);
    expect(count("breakdown_values WHERE text LIKE 'person%'")).toBe(0);
  });

  test("breakdowns are deleted with their account and its usage", async () => {
    const id = await watchWithUsage();
    await collect(archive);
    await archive.scenario.user.delete(`/api/accounts/${id}?delete_usage=true`);
    expect(isEmpty()).toEqual([0, 0, 0, 0]);
  });

  test("breakdowns are deleted with their user", async () => {
    await watchWithUsage();
    await collect(archive);
    await archive.scenario.user.post("/api/user/delete", { password: "Correct-Horse-9" });
    await settle(archive.scenario.harness);
    expect([...isEmpty(), count("breakdown_values")]).toEqual([0, 0, 0, 0, 0]);
  });

  test("breakdowns are kept with the history of keys whose account is deleted", async () => {
    const id = await watchWithUsage();
    await collect(archive);
    await archive.scenario.user.delete(`/api/accounts/${id}`);
    expect(storedRows(archive, PROVIDER)).toHaveLength(1);
    expect(count("breakdown_values WHERE dimension IN (6, 7)")).toBe(0);
    const range = `start_date=${YESTERDAY}&end_date=${TODAY}`;
    const { body } = await archive.scenario.user.get(`/api/breakdowns?${range}&dimension=app`);
    expect(body.items[0].value).not.toBeNull();
  });
});

describe("BREAKDOWN_RETENTION_DAYS", () => {
  test("BREAKDOWN_RETENTION_DAYS deletes older days, which are not collected again", async () => {
    const key = archive.remote.addKey("app");
    for (const day of ["2026-03-01", "2026-03-08", YESTERDAY]) spendOf(archive, key, day, { provider: `P ${day}` });
    await watchRemote(archive.scenario, archive.remote);
    await collect(archive);
    await archive.scenario.harness.restart({ BREAKDOWN_RETENTION_DAYS: "2" });
    expect((await cleanUp(archive.scenario.harness.server.app)).old_breakdown_rows).toBeGreaterThan(0);
    expect(storedRows(archive, PROVIDER).map(({ date }) => date)).toEqual([YESTERDAY]);
    expect(count("breakdown_values WHERE text LIKE 'P %'")).toBe(1);
    await syncAndCollect(archive, `${TODAY}T23:59:00Z`);
    expect(storedRows(archive, PROVIDER)).toHaveLength(1);
    const range = "start_date=2026-03-01&end_date=2026-03-10";
    const { body } = await archive.scenario.user.get(`/api/breakdowns?${range}&dimension=provider`);
    expect(body).toMatchObject({ since: YESTERDAY, total: { requests_count: 3 } });
  });

  test("the account reports the retention of breakdowns, or that of usage if shorter", async () => {
    const id = await watchWithUsage();
    const days = async () =>
      (await archive.scenario.user.get(`/api/accounts/${id}`)).body.breakdown_state.retention_days;
    await archive.scenario.harness.restart({ BREAKDOWN_RETENTION_DAYS: "90" });
    expect(await days()).toBe(90);
    await archive.scenario.harness.restart({ BREAKDOWN_RETENTION_DAYS: "90", USAGE_STATS_RETENTION_DAYS: "60" });
    expect(await days()).toBe(60);
  });

  test("breakdowns are never kept longer than usage", async () => {
    const key = archive.remote.addKey("app");
    for (const day of ["2026-03-01", YESTERDAY]) spendOf(archive, key, day);
    await watchRemote(archive.scenario, archive.remote);
    await collect(archive);
    await archive.scenario.harness.restart({ USAGE_STATS_RETENTION_DAYS: "3" });
    await cleanUp(archive.scenario.harness.server.app);
    expect(storedRows(archive, PROVIDER).map(({ date }) => date)).toEqual([YESTERDAY]);
    await syncAt(archive.scenario, `${TODAY}T23:30:00Z`);
  });
});
