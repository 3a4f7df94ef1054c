import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import { callerOf, type Harness, PASSWORD, request, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let token: string;
const LIMIT = 8;
beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: {
      RATE_LIMIT_REQUESTS: String(LIMIT),
      RATE_LIMIT_WINDOW: "600",
      TRUST_PROXY: "10.0.0.0/8",
      MAX_API_TOKENS_PER_USER: "20",
    },
  });
  user = await harness.createUser();
  token = (await issueToken(user)).token;
});
let user: Awaited<ReturnType<Harness["createUser"]>>;
afterAll(() => harness.close());

const fresh = async () => callerOf(() => harness.url, (await issueToken(user)).token);
const MADE_UP = `or_api_${"x".repeat(64)}`;
const nextWindow = () => harness.sim.clock.advance(601_000);

const trpc = (names: string[], bearer: string) =>
  request(
    `${harness.url}/trpc/${names.join(",")}?batch=1&input=${encodeURIComponent(JSON.stringify(Object.fromEntries(names.map((_, index) => [index, {}]))))}`,
    {
      headers: { authorization: `Bearer ${bearer}` },
    },
  );

describe("rate limit of an API token", () => {
  test("the limit of an API token is sent with every response, in both families of headers", async () => {
    const caller = await fresh();
    const { headers } = await caller.get("/api/v1/keys");
    const reset = harness.sim.clock.now().getTime() / 1000 + 600;
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-ratelimit-limit": "8",
      "x-ratelimit-remaining": "7",
      "x-ratelimit-reset": String(Math.ceil(reset)),
      "ratelimit-policy": '"token";q=8;w=600',
      ratelimit: '"token";r=7;t=600',
    });
    harness.sim.clock.advance(100_000);
    const later = await caller.get("/api/v1/keys");
    expect(later.headers.get("ratelimit")).toBe('"token";r=6;t=500');
    expect(later.headers.get("x-ratelimit-reset")).toBe(headers.get("x-ratelimit-reset"));
  });

  test("an exhausted API token gets 429 with Retry-After and is accepted in the next window", async () => {
    const caller = await fresh();
    for (let n = 0; n < LIMIT; n += 1) expect((await caller.get("/api/v1/stats")).status).toBe(200);
    harness.sim.clock.advance(30_000);
    const refused = await caller.get("/api/v1/stats");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("570");
    expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
    expect(refused.body).toMatchObject({ reason: "api_token_rate_limited", params: { limit: LIMIT, seconds: 570 } });
    harness.sim.clock.advance(570_000);
    expect((await caller.get("/api/v1/stats")).status).toBe(200);
  });

  test("the limit of an API token counts every request, including errors, 404, HEAD and 304", async () => {
    const caller = await fresh();
    const first = await caller.get("/api/v1/keys");
    const left = async (path: string, init: RequestInit = {}) => {
      const answer = await request(`${harness.url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${caller.credential}`, ...init.headers },
      });
      return [answer.status, answer.headers.get("x-ratelimit-remaining")];
    };
    expect(await left("/api/v1/usage?start_date=never")).toEqual([400, "6"]);
    expect(await left("/api/v1/nothing")).toEqual([404, "5"]);
    expect(await left("/api/v1/keys", { method: "HEAD" })).toEqual([200, "4"]);
    expect(await left("/api/v1/keys", { headers: { "if-none-match": first.headers.get("etag") ?? "" } })).toEqual([
      304,
      "3",
    ]);
    expect(await left("/api/v1/keys", { method: "DELETE" })).toEqual([405, "2"]);
  });

  test("the limit of an API token is shared by REST and tRPC and counts each call of a batch", async () => {
    const caller = await fresh();
    await caller.get("/api/v1/keys");
    const batch = await trpc(Array<string>(5).fill("v1.keys"), caller.credential);
    expect(batch.headers.get("x-ratelimit-remaining")).toBe("2");
    const over = await trpc(Array<string>(4).fill("v1.keys"), caller.credential);
    expect(
      over.body.map((item: { error?: { data: { httpStatus: number } } }) => item.error?.data.httpStatus ?? 200),
    ).toEqual([200, 200, 429, 429]);
    expect(over.headers.get("retry-after")).toBe("600");
    expect((await caller.get("/api/v1/keys")).status).toBe(429);
  });

  test("rejects a batch of more than ten calls", async () => {
    const caller = await fresh();
    expect((await trpc(Array<string>(11).fill("v1.keys"), caller.credential)).status).toBe(400);
  });

  test("each API token of a user has its own limit", async () => {
    const [one, other] = [await fresh(), await fresh()];
    for (let n = 0; n <= LIMIT; n += 1) await one.get("/api/v1/keys");
    expect((await other.get("/api/v1/keys")).headers.get("x-ratelimit-remaining")).toBe("7");
  });
});

describe("requests without a valid token", () => {
  test("requests without a valid token are limited to 30 a minute and address, however many tokens are tried", async () => {
    nextWindow();
    const statuses: number[] = [];
    for (let n = 0; n < 32; n += 1)
      statuses.push(
        (await callerOf(() => harness.url, `or_api_${String(n).padStart(64, "y")}`).get("/api/v1/stats")).status,
      );
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    const refused = await callerOf(() => harness.url, "").get("/api/v1/keys");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("ratelimit-policy")).toBe('"address";q=30;w=60');
    expect(refused.headers.get("retry-after")).toBe("60");
    const known = callerOf(() => harness.url, token);
    expect((await known.get("/api/v1/keys")).status, "a valid token from the same address").toBe(200);
  });

  test("requests without a valid token over tRPC count towards the same limit", async () => {
    nextWindow();
    for (let n = 0; n < 3; n += 1) await trpc(Array<string>(10).fill("v1.keys"), MADE_UP);
    expect((await callerOf(() => harness.url, MADE_UP).get("/api/v1/keys")).status).toBe(429);
  });

  test("requests without a valid token count towards the connecting address when an untrusted client sends X-Forwarded-For", async () => {
    nextWindow();
    const statuses: number[] = [];
    for (let n = 0; n < 31; n += 1)
      statuses.push(
        (await callerOf(() => harness.url, MADE_UP).get("/api/v1/keys", { "x-forwarded-for": `203.0.113.${n}` }))
          .status,
      );
    expect(statuses.at(-1)).toBe(429);
  });

  test("requests with a session on token endpoints count as requests without a valid token", async () => {
    nextWindow();
    const answer = await user.get("/api/v1/keys");
    expect([answer.status, answer.headers.get("x-ratelimit-remaining")]).toEqual([401, "29"]);
  });
});

test("sends Retry-After after too many failed logins, over REST and tRPC", async () => {
  nextWindow();
  const attempt = () =>
    callerOf(() => harness.url, "").post("/api/auth/login", { email: user.email, password: "wrong" });
  // This address has logged in to the account before, so it has its own limit.
  for (let n = 0; n < 5; n += 1) expect((await attempt()).status).toBe(401);
  harness.sim.clock.advance(20_000);
  const refused = await attempt();
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "40"]);
  const inApp = await request(`${harness.url}/trpc/auth.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: user.email, password: PASSWORD }),
  });
  expect([inApp.status, inApp.headers.get("retry-after")]).toEqual([429, "40"]);
});

test("counts each client separately behind a trusted proxy, and an IPv6 client by its /64", async () => {
  const proxied = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { TRUST_PROXY: "127.0.0.1" } });
  const left = async (address: string) =>
    (await callerOf(() => proxied.url, "").get("/api/v1/keys", { "x-forwarded-for": address })).headers.get(
      "x-ratelimit-remaining",
    );
  expect(await left("203.0.113.1")).toBe("29");
  expect(await left("203.0.113.2")).toBe("29");
  expect(await left("198.51.100.7, 203.0.113.1"), "what a client says of itself is not believed").toBe("28");
  expect(await left("2001:db8:1:2::1")).toBe("29");
  expect(await left("2001:db8:1:2:ffff::9")).toBe("28");
  expect(await left("2001:db8:1:3::1")).toBe("29");
  await proxied.close();
});
