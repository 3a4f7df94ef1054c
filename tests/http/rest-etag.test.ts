import http, { type IncomingHttpHeaders } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { cleanUp } from "@orwatch/server/jobs/cleanup";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueToken, seedUsage } from "../support/openrouter/seed.ts";
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

describe("compression", () => {
  const RANGE = "start_date=2026-03-01&end_date=2026-03-12";

  /** Sends the request as it is, without the headers and the decoding of `fetch`. */
  const ask = (path: string, headers: Record<string, string>, method = "GET") =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; bytes: Buffer }>((resolve, reject) => {
      const authorization = `Bearer ${token.credential}`;
      http
        .request(`${harness.url}${path}`, { method, headers: { authorization, ...headers } }, async (res) => {
          const chunks: Buffer[] = [];
          for await (const chunk of res) chunks.push(chunk as Buffer);
          resolve({ status: res.statusCode ?? 0, headers: res.headers, bytes: Buffer.concat(chunks) });
        })
        .on("error", reject)
        .end();
    });
  const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync };

  beforeAll(async () => {
    seedUsage(harness, {
      ...{
        email: user.email,
        keys: ["many"],
        models: Array.from({ length: 40 }, (_, index) => `vendor/model-${index}`),
      },
      ...{ through: "2026-03-12", days: 5 },
    });
  });

  test.each(["br", "gzip"] as const)("compresses reads and files with %s", async (encoding) => {
    for (const path of ["usage?limit=1000&", "usage/export?format=json&", "usage/export?format=csv&"]) {
      const plain = await ask(`/api/v1/${path}${RANGE}`, {});
      const packed = await ask(`/api/v1/${path}${RANGE}`, { "accept-encoding": encoding });
      expect([plain.headers["content-encoding"], packed.headers["content-encoding"]], path).toEqual([
        undefined,
        encoding,
      ]);
      expect([plain.headers.vary, packed.headers.vary], path).toEqual(["Accept-Encoding", "Accept-Encoding"]);
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 4);
      expect(UNPACK[encoding](packed.bytes).equals(plain.bytes), path).toBe(true);
    }
  });

  test("the ETag of a compressed response is weak and revalidates every form of it", async () => {
    const path = `/api/v1/usage?limit=1000&${RANGE}`;
    const plain = await ask(path, {});
    const packed = await ask(path, { "accept-encoding": "gzip" });
    expect(plain.headers.etag).toMatch(/^"/);
    expect(packed.headers.etag).toBe(`W/${plain.headers.etag}`);
    for (const etag of [plain.headers.etag ?? "", packed.headers.etag ?? ""])
      for (const encoding of ["", "gzip"]) {
        const again = await ask(path, { "if-none-match": etag, "accept-encoding": encoding });
        expect([again.status, again.headers.etag, again.bytes.length]).toEqual([304, etag, 0]);
      }
    const head = await ask(path, { "accept-encoding": "gzip" }, "HEAD");
    expect([head.headers.etag, head.headers["content-length"]]).toEqual([
      packed.headers.etag,
      packed.headers["content-length"],
    ]);
  });

  test("does not compress small responses, errors, and responses with secrets", async () => {
    const headers = { "accept-encoding": "br" };
    const small = await ask("/api/v1/version", headers);
    const failed = await ask(`/api/v1/usage/export?start_date=${"x".repeat(3000)}`, headers);
    expect([small, failed].map(({ status, headers }) => [status, headers["content-encoding"]])).toEqual([
      [200, undefined],
      [400, undefined],
    ]);
    const issued = await user.post("/api/tokens", { name: "secret" });
    expect([issued.status, issued.headers.get("content-encoding")]).toEqual([201, null]);
  });

  test("a 304 counts against the rate limit", async () => {
    const etag = await etagOf("/api/v1/stats", token);
    const left = async () =>
      Number((await ask("/api/v1/stats", { "if-none-match": etag })).headers["x-ratelimit-remaining"]);
    expect((await left()) - (await left())).toBe(1);
  });
});
