import { cleanUp } from "@orwatch/server/jobs/cleanup";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, type Harness, settle, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let token: Caller;
let keyId: number;
let spend: (costNanos: bigint) => void;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { USAGE_STATS_RETENTION_DAYS: "30" } });
  user = await harness.createUser();
  token = callerOf(() => harness.url, (await issueToken(user)).token);
  const account = harness.sim.ledger.addAccount();
  const key = harness.sim.ledger.addKey(account.id, { name: "app" });
  const manager = harness.sim.ledger.addManagementKey(account.id, { name: "manager" });
  spend = (costNanos) => void harness.sim.ledger.spend(harness.sim.clock.now(), key, "openai/gpt-5", { costNanos });
  spend(5_000n);
  await user.post("/api/keys", { name: "manager", key: manager.secret });
  keyId = (await user.post("/api/keys", { name: "app", key: key.secret })).body.id;
  await settle(harness);
});
afterAll(() => harness.close());

const READS: [string, () => Caller][] = [
  ["/api/stats/dashboard", () => user],
  ["/api/stats/dashboard?days=7&model=openai/gpt-5", () => user],
  ["/api/usage?start_date=2026-02-10&end_date=2026-03-12", () => user],
  ["/api/v1/stats", () => token],
  ["/api/v1/usage?start_date=2026-02-10&end_date=2026-03-12", () => token],
  ["/api/v1/keys", () => token],
];

const etagOf = async (path: string, caller: Caller) => (await caller.get(path)).headers.get("etag") ?? "";
const collect = () => Promise.all(READS.map(([path, caller]) => etagOf(path, caller())));

/** Paths that answer 304 to the ETag of an earlier response. */
async function unchanged(etags: string[]): Promise<string[]> {
  const held: string[] = [];
  for (const [index, [path, caller]] of READS.entries()) {
    const answer = await caller().get(path, { "if-none-match": etags[index] ?? "" });
    if (answer.status === 304) held.push(path);
    else expect(answer.status, path).toBe(200);
  }
  return held;
}

test("answers 304 without a body when nothing has changed", async () => {
  const etags = await collect();
  expect(await unchanged(etags)).toEqual(READS.map(([path]) => path));
  const answer = await token.get("/api/v1/stats", { "if-none-match": etags[3] ?? "" });
  expect([answer.text, answer.headers.get("etag"), answer.headers.get("cache-control")]).toEqual([
    "",
    etags[3],
    "private, no-cache",
  ]);
});

test("accepts lists, weak ETags and * in If-None-Match", async () => {
  const etag = await etagOf("/api/v1/stats", token);
  for (const header of [`W/${etag}`, `"x", ${etag}`, `"x",W/${etag} , "y"`, "*"])
    expect((await token.get("/api/v1/stats", { "if-none-match": header })).status, header).toBe(304);
  for (const header of ['"x"', etag.slice(1, -1), `${etag.slice(0, -2)}"`, ""])
    expect((await token.get("/api/v1/stats", { "if-none-match": header })).status, header).toBe(200);
});

test("rejects invalid requests and credentials despite a matching ETag", async () => {
  const etag = await etagOf("/api/v1/stats", token);
  expect((await token.get("/api/v1/stats?start_date=never", { "if-none-match": "*" })).status).toBe(400);
  expect((await callerOf(() => harness.url, "").get("/api/v1/stats", { "if-none-match": etag })).status).toBe(401);
  expect((await user.get("/api/v1/stats", { "if-none-match": etag })).status).toBe(401);
});

test("sends different ETags for different queries and users", async () => {
  const other = await harness.createUser();
  const otherToken = callerOf(() => harness.url, (await issueToken(other)).token);
  const etags = [
    await etagOf("/api/v1/stats", token),
    await etagOf("/api/v1/stats?start_date=2026-03-01", token),
    await etagOf("/api/v1/stats", otherToken),
    await etagOf("/api/stats/dashboard", user),
    await etagOf("/api/stats/dashboard", other),
  ];
  expect(new Set(etags).size).toBe(5);
});

test("a sync changes every ETag, even without new usage", async () => {
  const before = await collect();
  const dashboard = await user.get("/api/stats/dashboard");
  harness.sim.clock.advance(60_000);
  expect((await user.post(`/api/keys/${keyId}/sync`)).status).toBe(200);
  expect(await unchanged(before)).toEqual([]);
  const later = await user.get("/api/stats/dashboard", { "if-none-match": dashboard.headers.get("etag") ?? "" });
  expect(later.body.summary).toEqual(dashboard.body.summary);
  spend(7_000n);
  const between = await collect();
  await user.post(`/api/keys/${keyId}/sync`);
  expect(await unchanged(between)).toEqual([]);
  expect((await token.get("/api/v1/stats")).body.summary.total_cost).toBe("0.000012");
});

test("renaming or deactivating a key changes ETags", async () => {
  const before = await collect();
  await user.put(`/api/keys/${keyId}`, { name: "renamed" });
  expect(await unchanged(before)).toEqual([]);
  expect((await token.get("/api/v1/keys")).text).toContain("renamed");
  const between = await collect();
  await user.put(`/api/keys/${keyId}`, { is_active: false });
  expect(await unchanged(between)).toEqual([]);
  await user.put(`/api/keys/${keyId}`, { is_active: true });
});

test("midnight changes the ETags of reads that depend on the day", async () => {
  const before = await collect();
  const { period } = (await token.get("/api/v1/stats")).body;
  harness.sim.clock.advance(12 * 3_600_000 - (harness.sim.clock.now().getTime() % (12 * 3_600_000)));
  expect(harness.sim.clock.now().toISOString()).toBe("2026-03-11T00:00:00.000Z");
  expect(await unchanged(before)).toEqual([READS[2]![0]]);
  expect((await token.get("/api/v1/stats")).body.period.end_date > period.end_date).toBe(true);
});

test("cleanup and deleting a key change ETags", async () => {
  harness.sim.clock.advance(32 * 86_400_000);
  const between = await collect();
  expect((await cleanUp(harness.server.app)).usage_rows).toBeGreaterThan(0);
  expect(await unchanged(between)).toEqual([]);
  expect((await token.get("/api/v1/usage?start_date=2026-03-01&end_date=2026-03-12")).body.items).toEqual([]);
  const last = await collect();
  expect((await user.delete(`/api/keys/${keyId}`)).status).toBe(204);
  expect(await unchanged(last)).toEqual([]);
});

test("a restart changes ETags", async () => {
  const before = await collect();
  await harness.restart();
  expect(await unchanged(before)).toEqual([]);
});

test("HEAD sends the same ETag", async () => {
  const answer = await fetch(`${harness.url}/api/v1/stats`, {
    method: "HEAD",
    headers: { authorization: `Bearer ${token.credential}` },
  });
  expect(answer.headers.get("etag")).toBe(await etagOf("/api/v1/stats", token));
});
