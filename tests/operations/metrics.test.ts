import { readFileSync } from "node:fs";
import path from "node:path";
import { MAX_KEY_SERIES } from "@orwatch/server/http/metrics/service";
import { runJobNow } from "@orwatch/server/jobs/service";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Metric, parseExposition } from "../support/checks/exposition.ts";
import { expectNone } from "../support/checks/secrecy.ts";
import { add, createAccount, type Scenario, spend, startScenario } from "../support/openrouter/scenario.ts";
import { issueToken, seedUsage } from "../support/openrouter/seed.ts";
import { type Answer, request } from "../support/server/harness.ts";

const TOKEN = "a-token-for-the-metrics-of-tests";
const NAME = 'my "first" key \\ of\ttwo';
const DASHBOARD = path.resolve(import.meta.dirname, "../../docs/grafana/orwatch.json");

let scenario: Scenario;
let ids: { key: number; manager: number };
const secrets: string[] = [TOKEN];
beforeAll(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z", { env: { METRICS_TOKEN: TOKEN, TRUST_PROXY: "127.0.0.1" } });
  const { ledger } = scenario.harness.sim;
  const { account, manager, key } = createAccount(scenario);
  ledger.updateKey(key, { name: NAME, limitNanos: 10_000_000_000n, limitReset: "monthly" });
  ledger.addCredits(account.id, 40_000_000_000n);
  spend(scenario, key, "2026-03-09", 1_250_000_000n);
  spend(scenario, key, "2026-03-10T11:00:00Z", 1_000_000_001n);
  ids = { manager: await add(scenario, manager), key: await add(scenario, key) };
  await runJobNow(scenario.harness.server.app, "sync");
  secrets.push(manager.secret, key.secret, scenario.user.credential, (await issueToken(scenario.user)).token);
});
afterAll(() => scenario.harness.close());

const scrape = (token = TOKEN, address = "192.0.2.1"): Promise<Answer> =>
  request(`${scenario.harness.url}/metrics`, {
    headers: { "x-forwarded-for": address, ...(token ? { authorization: `Bearer ${token}` } : {}) },
  });

const find = (metrics: Metric[], name: string, labels: Record<string, string> = {}): number[] =>
  metrics
    .filter((metric) => metric.name === name)
    .filter((metric) => Object.entries(labels).every(([label, value]) => metric.labels[label] === value))
    .map(({ value }) => value);

const read = async () => parseExposition((await scrape()).text).metrics;

describe("/metrics", () => {
  test("/metrics is valid Prometheus text format", async () => {
    const answer = await scrape();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(parseExposition(answer.text).types.size).toBeGreaterThan(25);
  });

  test("/metrics has spend, limit and credits of each key to the nano-dollar", async () => {
    const { text } = await scrape();
    const key = `key="${ids.key}",user="1"`;
    expect(text).toContain(`orwatch_key_spend_usd_total{${key}} 2.250000001\n`);
    expect(text).toContain(`orwatch_key_spend_today_usd{${key}} 1.000000001\n`);
    expect(text).toContain(`orwatch_key_limit_usd{${key}} 10.00\n`);
    expect(text).toContain(`orwatch_key_limit_remaining_usd{${key}} 7.749999999\n`);
    expect(text).toContain(`orwatch_key_credits_remaining_usd{key="${ids.manager}",user="1"} 37.749999999\n`);
    expect(text).not.toContain(`orwatch_key_limit_usd{key="${ids.manager}"`);
  });

  test("/metrics names keys in one family only, and contains no email address or credential", async () => {
    const { text } = await scrape();
    const named = parseExposition(text).metrics.filter(({ labels }) => labels.name === NAME);
    expect(named.map(({ name }) => name)).toEqual(["orwatch_key_info"]);
    expect(text).not.toContain(scenario.user.email);
    expectNone(secrets, text, "/metrics");
  });

  test("/metrics has outcomes and times of syncs and jobs", async () => {
    const metrics = await read();
    const now = scenario.harness.sim.clock.now().getTime() / 1000;
    expect(find(metrics, "orwatch_key_last_sync_timestamp_seconds", { key: String(ids.key) })).toEqual([now]);
    expect(find(metrics, "orwatch_sync_oldest_success_timestamp_seconds")).toEqual([now]);
    expect(find(metrics, "orwatch_sync_failing_keys")).toEqual([0]);
    expect(find(metrics, "orwatch_key_valid")).toEqual([1, 1]);
    expect(find(metrics, "orwatch_key_syncs_total", { outcome: "ok" })[0]).toBeGreaterThanOrEqual(4);
    expect(find(metrics, "orwatch_openrouter_requests_total", { outcome: "ok" })[0]).toBeGreaterThan(4);
    expect(find(metrics, "orwatch_job_last_outcome", { job_name: "sync", outcome: "ok" })).toEqual([1]);
    expect(find(metrics, "orwatch_job_last_duration_seconds", { job_name: "sync" })[0]).toBeGreaterThanOrEqual(0);
    expect(find(metrics, "orwatch_job_last_success_timestamp_seconds", { job_name: "sync" })[0]).toBeGreaterThan(0);
    expect(find(metrics, "orwatch_job_last_outcome", { job_name: "cleanup" })).toEqual([]);
  });

  test("/metrics counts requests by route, whatever paths are requested", async () => {
    for (const where of ["/api/keys/1", "/api/keys/2", "/api/keys/999", "/health", "/no/such/page", "/api/nothing"])
      await scenario.user.get(where);
    await scenario.user.get("/trpc/stats.dashboard");
    await scenario.user.get("/trpc/no.such.thing");
    await scenario.user.get("/trpc/jobs.list,jobs.list?batch=1");
    const metrics = await read();
    const routes = new Set(metrics.flatMap(({ labels: { route = [] } }) => route));
    for (const route of ["/api/keys/{id}", "/health", "/trpc/stats.dashboard", "/trpc/(batch)", "/trpc/(unknown)"])
      expect([...routes], route).toContain(route);
    expect([...routes].filter((route) => /\d|no|999/.test(route.replace("(unknown)", "")))).toEqual([]);
    const counts = (status: string) =>
      find(metrics, "orwatch_http_request_duration_seconds_count", { route: "/api/keys/{id}", status })[0];
    expect([counts("2xx"), counts("4xx")]).toEqual([2, 1]);
  });

  test("/metrics has the resource use of the process", async () => {
    const metrics = await read();
    for (const name of ["process_resident_memory_bytes", "nodejs_heap_used_bytes", "process_cpu_seconds_total"])
      expect(find(metrics, name)[0], name).toBeGreaterThan(0);
    expect(find(metrics, "orwatch_database_bytes")[0]).toBeGreaterThan(4096);
    const held = performance.now();
    while (performance.now() - held < 120);
    await vi.waitFor(async () => {
      const [longest = 0] = find(await read(), "orwatch_event_loop_longest_seconds");
      expect(longest).toBeGreaterThanOrEqual(0.1);
    });
  });
});

describe("access to metrics", () => {
  test.each([
    ["nothing", ""],
    ["a wrong token", "a-token-for-the-metrics-of-other"],
    ["a longer one", `${TOKEN}x`],
    ["the user's session", null],
  ])("access to metrics is denied with %s", async (_, token) => {
    const answer = await scrape(token ?? scenario.user.credential, "192.0.2.20");
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    expect(answer.text).not.toContain("orwatch_");
  });

  test("access to metrics is denied for the rest of a minute after 30 wrong tokens from an address", async () => {
    const address = "192.0.2.30";
    for (let tries = 0; tries < 30; tries += 1) expect((await scrape(`guess-${tries}`, address)).status).toBe(401);
    for (const token of ["another", TOKEN]) {
      const answer = await scrape(token, address);
      expect(answer.status).toBe(429);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect((await scrape(TOKEN, "192.0.2.31")).status).toBe(200);
    scenario.harness.sim.clock.advance(61_000);
    expect((await scrape(TOKEN, address)).status).toBe(200);
  });

  test("valid tokens do not count towards the limit of metrics", async () => {
    for (let tries = 0; tries < 33; tries += 1) expect((await scrape(TOKEN, "192.0.2.40")).status).toBe(200);
  });

  test("metrics are 404 where METRICS_TOKEN is not set", async () => {
    const other = await startScenario("2026-03-10T12:00:00Z");
    const answer = await request(`${other.harness.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    await other.harness.close();
    expect(answer.text).not.toContain("orwatch_");
    expect(answer.status).toBe(404);
  });
});

test("every query of the Grafana dashboard uses existing metrics and labels", async () => {
  const { panels } = JSON.parse(readFileSync(DASHBOARD, "utf8")) as {
    panels: { title: string; targets: { expr: string; legendFormat?: string }[] }[];
  };
  const { metrics } = parseExposition((await scrape()).text);
  const labelsOf = new Map(metrics.map(({ name, labels }) => [name, Object.keys(labels)]));
  const used = new Set<string>();
  for (const { title, targets } of panels)
    for (const { expr, legendFormat = "" } of targets) {
      const names = expr.match(/\b(orwatch|process|nodejs)_\w+/g) ?? [];
      expect(names.length, `${title}: ${expr}`).toBeGreaterThan(0);
      for (const name of names) expect([...labelsOf.keys()], `${title}: ${expr}`).toContain(name);
      for (const name of names) used.add(name);
      const labels = new Set(["instance", ...names.flatMap((name) => labelsOf.get(name) ?? [])]);
      const asked = [
        ...[...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label),
        ...[...expr.matchAll(/(?:by|on|group_left) \(([^)]*)\)/g)].flatMap(([, list = ""]) => list.split(/,\s*/)),
        ...[...expr.matchAll(/(\w+)=~?"/g)].map(([, label]) => label),
      ];
      for (const label of asked) expect([...labels], `${title}: ${expr}`).toContain(label);
    }
  expect(panels.length).toBeGreaterThan(10);
  expect(used.size).toBeGreaterThan(15);
});

test("exports series per key for the oldest keys only and counts the others", async () => {
  const { email } = await scenario.harness.createUser("many@example.com");
  const names = Array.from({ length: MAX_KEY_SERIES + 3 }, (_, index) => `key ${index}`);
  seedUsage(scenario.harness, { email, keys: names, models: [], through: "2026-03-10", days: 1 });
  const began = performance.now();
  const metrics = await read();
  process.stdout.write(`metrics of ${MAX_KEY_SERIES} keys: ${Math.round(performance.now() - began)} ms\n`);
  expect(find(metrics, "orwatch_key_info")).toHaveLength(MAX_KEY_SERIES);
  expect(find(metrics, "orwatch_keys_without_series")).toEqual([5]);
  expect(find(metrics, "orwatch_keys").reduce((sum, keys) => sum + keys)).toBe(MAX_KEY_SERIES + 5);
});

test("every Prometheus alert rule uses existing metrics and covers jobs that never ran", async () => {
  const rules = readFileSync(path.resolve(import.meta.dirname, "../../docs/grafana/orwatch.rules.yml"), "utf8");
  const metrics = await read();
  const names = new Set(rules.match(/\borwatch_\w+/g));
  names.delete("orwatch_database_check_timestamp_seconds");
  expect(names.size).toBeGreaterThan(6);
  for (const name of names) expect(find(metrics, name).length, name).toBeGreaterThan(0);
  expect(find(metrics, "orwatch_job_last_success_timestamp_seconds", { job_name: "backup" })).toEqual([0]);
  expect(find(metrics, "orwatch_database_created_timestamp_seconds")[0]).toBeGreaterThan(0);
  expect(find(metrics, "orwatch_database_intact")).toEqual([1]);
});
