import { OpenRouter } from "@openrouter/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sim, startSim } from "./sim.ts";
import { fillBelievableYear, type Life } from "./year/year.ts";

/** OpenRouter's own SDK reads every response: what its schemas reject, OpenRouter would not have sent. */
let sim: Sim;
let life: Life;
let byManagement: OpenRouter;
let byKey: OpenRouter;

beforeAll(async () => {
  sim = await startSim({ now: "2026-11-20T12:00:00Z", seed: 1 });
  life = fillBelievableYear(sim.ledger, { until: sim.clock.now(), days: 60 });
  sim.ledger.updateKey(life.keys[0]!.hash, { expiresAt: new Date("2027-12-31T23:59:59Z") });
  byManagement = client(life.managementSecret);
  byKey = client(life.keys[0]!.secret);
});

afterAll(() => sim.close());

function client(apiKey: string): OpenRouter {
  return new OpenRouter({ apiKey, serverURL: sim.url, retryConfig: { strategy: "none" } });
}

test.each(["z", "offset"] as const)("reads a key's answer with timestamps of the kind %s", async (timestamps) => {
  sim.options.timestamps = timestamps;
  const { data } = await byKey.apiKeys.getCurrentKeyMetadata();
  expect(data.usage).toBeGreaterThan(0);
  expect(data.expiresAt).toEqual(new Date("2027-12-31T23:59:59Z"));
  expect((await byManagement.apiKeys.getCurrentKeyMetadata()).data.isManagementKey).toBe(true);
});

test("reads credits", async () => {
  expect((await byManagement.credits.getCredits()).data.totalUsage).toBeGreaterThan(0);
});

test("reads the list of keys and a single key", async () => {
  const { data } = await byManagement.apiKeys.list({ includeDisabled: true });
  expect(data).toHaveLength(6);
  const one = await byManagement.apiKeys.get({ hash: life.keys[1]!.hash });
  expect(one.data).toEqual(data.find((key) => key.hash === life.keys[1]!.hash));
});

test("reads workspaces", async () => {
  const pages = await byManagement.workspaces.list();
  for await (const page of pages) {
    expect(page.result.totalCount).toBe(1);
    break;
  }
});

test("reads the keys of another workspace, disabled ones included", async () => {
  const space = sim.ledger.addWorkspace(life.accountId, "Research");
  const key = sim.ledger.addKey(life.accountId, { workspaceId: space.id, disabled: true, limitNanos: 5_000_000_000n });
  const { data } = await byManagement.apiKeys.list({ includeDisabled: true, workspaceId: space.id });
  expect(data).toMatchObject([{ hash: key.hash, disabled: true, limit: 5, workspaceId: space.id }]);
});

test("reads activity with and without workspaces", async () => {
  sim.options.undocumentedActivity = true;
  const { data } = await byManagement.analytics.getUserActivity({ apiKeyHash: life.keys[0]!.hash });
  expect(data.length).toBeGreaterThan(30);
  const split = await byManagement.analytics.getUserActivity({ groupBy: "workspace" });
  expect(split.data[0]!.workspaceId).toMatch(/-/);
});

test("reads analytics answers with warnings and cache; the SDK's empty schema drops their rows", async () => {
  sim.options.analyticsCacheMs = 60_000;
  const ask = (hash: string) =>
    byManagement.analytics.queryAnalytics({
      requestBody: {
        metrics: ["request_count", "credits_usage"],
        dimensions: ["model"],
        granularity: "day",
        limit: 10_000,
        filters: [{ field: "api_key_id", operator: "eq", value: hash }],
        timeRange: { start: new Date("2026-11-01T00:00:00Z"), end: new Date("2026-11-21T00:00:00Z") },
      },
    });
  const first = await ask(life.keys[0]!.hash);
  expect(first.data.metadata).toMatchObject({ rowCount: first.data.data.length, truncated: false });
  expect(first.data.data.length).toBeGreaterThan(50);
  expect((await ask(life.keys[0]!.hash)).data.cachedAt).toBe(Date.parse("2026-11-20T12:00:00Z"));
  expect((await ask("0".repeat(64))).data.warnings).toHaveLength(1);
});

test("reads meta with unknown metrics", async () => {
  sim.options.unknownFields = true;
  const { data } = await byManagement.analytics.getAnalyticsMeta();
  expect(data.metrics.map((metric) => metric.name)).toContain("carbon_grams");
  sim.options.unknownFields = false;
});

test("reads errors as the SDK's own classes", async () => {
  await expect(byKey.credits.getCredits()).rejects.toThrow("Only management keys can perform this operation");
  await expect(byKey.apiKeys.list()).rejects.toMatchObject({ statusCode: 401, name: "UnauthorizedResponseError" });
  await expect(byManagement.apiKeys.get({ hash: "0".repeat(64) })).rejects.toMatchObject({
    name: "NotFoundResponseError",
  });
  await expect(byManagement.analytics.getUserActivity({ date: "2026-11-20" })).rejects.toMatchObject({
    name: "BadRequestResponseError",
  });
  sim.faults.add({ kind: "429", times: 1 });
  await expect(byManagement.apiKeys.list()).rejects.toMatchObject({ name: "TooManyRequestsResponseError" });
});

test("reads models", async () => {
  const answer = await byKey.models.list();
  expect(JSON.stringify(answer)).toContain("openai/gpt-5-mini-2025-08-07");
});
