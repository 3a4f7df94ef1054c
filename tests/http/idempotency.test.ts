import { cleanUp } from "@orwatch/server/jobs/cleanup";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Caller, type Harness, request, settle, startHarness } from "../support/server/harness.ts";
import { enrol } from "../support/users/authenticator.ts";

let harness: Harness;
let user: Caller;
beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { MAX_API_TOKENS_PER_USER: "100", MAX_API_KEYS_PER_USER: "100" },
  });
  user = await harness.createUser();
});
afterAll(() => harness.close());

let keys = 0;
const newKey = () => `key-${++keys}`;

const post = (path: string, body: object, key: string, caller = user) =>
  request(`${harness.url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${caller.credential}`,
      "content-type": "application/json",
      "idempotency-key": key,
    },
    body: JSON.stringify(body),
  });

const countTokens = async (caller = user) => (await caller.get("/api/tokens")).body.length;
const stored = () => harness.server.app.db.prisma.idempotencyKey.findMany({ orderBy: { id: "asc" } });

describe("a repeated request", () => {
  test("gets the same response, with the secret, and creates nothing", async () => {
    const key = newKey();
    const first = await post("/api/tokens", { name: "CI" }, key);
    const count = await countTokens();
    const again = await post("/api/tokens", { name: "CI" }, key);
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect(first.body.token).toMatch(/^or_api_/);
    expect([first.headers.get("idempotency-replayed"), again.headers.get("idempotency-replayed")]).toEqual([
      null,
      "true",
    ]);
    expect(await countTokens()).toBe(count);
  });

  test("is recognized for keys, accounts, channels and alert rules too", async () => {
    const { ledger } = harness.sim;
    const account = ledger.addAccount();
    const bodies = {
      "/api/keys": { name: "one", key: ledger.addKey(account.id).secret },
      "/api/accounts": { name: "Acme", key: ledger.addManagementKey(account.id).secret },
      "/api/channels": { kind: "slack", name: "Ops", url: "https://hooks.slack.com/services/x" },
      "/api/alerts/rules": { name: "Daily", kind: "spend", span: "day", amount: "5" },
    };
    // The same key may be used for different operations.
    const key = newKey();
    for (const [path, body] of Object.entries(bodies)) {
      const first = await post(path, body, key);
      await settle(harness);
      const again = await post(path, body, key);
      expect([path, first.status, again.text, again.headers.get("idempotency-replayed")]).toEqual([
        path,
        201,
        first.text,
        "true",
      ]);
    }
  });

  test("survives a restart and a change of the encryption key", async () => {
    const key = newKey();
    const first = await post("/api/tokens", { name: "CI" }, key);
    const next = "another encryption key of more than 32 characters";
    await harness.restart({
      ENCRYPTION_KEY: next,
      ENCRYPTION_KEY_PREVIOUS: "a-key-for-tests-of-more-than-32-characters",
    });
    expect((await post("/api/tokens", { name: "CI" }, key)).text).toBe(first.text);
    await harness.restart({});
  });

  test("is a new one for another user, after 24 hours, and without a key", async () => {
    harness.sim.clock.advance(61_000);
    const other = await harness.createUser();
    const key = newKey();
    const ids = new Set([(await post("/api/tokens", { name: "CI" }, key)).body.id]);
    ids.add((await post("/api/tokens", { name: "CI" }, key, other)).body.id);
    harness.sim.clock.advance(24 * 3_600_000);
    ids.add((await post("/api/tokens", { name: "CI" }, key)).body.id);
    ids.add((await user.post("/api/tokens", { name: "CI" })).body.id);
    expect(ids.size).toBe(4);
  });
});

describe("conflicts", () => {
  test("another body with the same key is rejected", async () => {
    const key = newKey();
    await post("/api/tokens", { name: "CI" }, key);
    const count = await countTokens();
    const other = await post("/api/tokens", { name: "Grafana" }, key);
    expect([other.status, other.body.reason]).toEqual([409, "idempotency_key_reused"]);
    expect(await countTokens()).toBe(count);
  });

  test("of simultaneous requests with the same key, one is run", async () => {
    const key = newKey();
    const count = await countTokens();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post("/api/tokens", { name: "CI" }, key)));
    const created = answers.filter(({ status }) => status === 201);
    expect(new Set(created.map(({ text }) => text)).size).toBe(1);
    const rest = answers.filter(({ status }) => status !== 201);
    expect(rest.every(({ status, body }) => status === 409 && body.reason === "idempotency_key_in_use")).toBe(true);
    expect(await countTokens()).toBe(count + 1);
  });

  test("a request that the server did not finish is not run again", async () => {
    const key = newKey();
    await post("/api/tokens", { name: "CI" }, key);
    const { id } = (await stored()).at(-1) ?? { id: 0 };
    await harness.server.app.db.prisma.idempotencyKey.update({ where: { id }, data: { responseEncrypted: null } });
    const count = await countTokens();
    const again = await post("/api/tokens", { name: "CI" }, key);
    expect([again.status, again.body.reason]).toEqual([409, "idempotency_key_interrupted"]);
    expect(await countTokens()).toBe(count);
  });

  test("a request that failed can be repeated with the same key", async () => {
    const key = newKey();
    const failed = await post("/api/tokens", { name: "" }, key);
    expect(failed.status).toBe(400);
    expect((await post("/api/tokens", { name: "CI" }, key)).status).toBe(201);
  });

  test.each(["", "ä", "with space", "x".repeat(256)])("the key %j is rejected", async (key) => {
    const answer = await post("/api/tokens", { name: "CI" }, key).catch(() => null);
    // fetch refuses to send some of them.
    if (answer) expect([answer.status, answer.body.reason]).toEqual([400, "idempotency_key_invalid"]);
    else expect(key).toBe("ä");
  });
});

describe("storage", () => {
  test("neither key, body nor response is stored in plain text", async () => {
    const key = `secret-${newKey()}`;
    const { body } = await post("/api/tokens", { name: "very private name" }, key);
    const rows = JSON.stringify(await stored());
    expect(rows.length).toBeGreaterThan(100);
    for (const text of [key, "very private name", body.token]) expect(rows).not.toContain(text);
  });

  test("the daily job removes keys older than 24 hours", async () => {
    await post("/api/tokens", { name: "CI" }, newKey());
    const before = (await stored()).length;
    harness.sim.clock.advance(24 * 3_600_000 + 1000);
    await post("/api/tokens", { name: "CI" }, newKey());
    expect((await cleanUp(harness.server.app)).idempotency_keys).toBe(before);
    expect(await stored()).toHaveLength(1);
  });

  test("a session that must confirm the user's identity gets no stored response", async () => {
    harness.sim.clock.advance(61_000);
    const owner = await harness.createUser();
    const key = newKey();
    expect((await post("/api/tokens", { name: "CI" }, key, owner)).status).toBe(201);
    await enrol(harness, owner);
    const again = await post("/api/tokens", { name: "CI" }, key, owner);
    expect([again.status, again.body.reason]).toEqual([403, "confirmation_required"]);
    expect(again.text).not.toContain("or_api_");
  });
});
