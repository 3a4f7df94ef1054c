import { parseMoney } from "@orwatch/domain/money";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClient } from "../../packages/sdk/src/index.ts";
import { type Json, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { syncAt } from "../support/openrouter/scenario.ts";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Caller, request } from "../support/server/harness.ts";
import {
  type Archive,
  collect,
  expectSum,
  keyIdOf,
  spendOf,
  startArchive,
  syncAndCollect,
  TODAY,
  truth,
  YESTERDAY,
} from "./archive.ts";

const RANGE = `start_date=2026-02-01&end_date=${TODAY}`;

let archive: Archive;
beforeEach(async () => {
  archive = await startArchive();
});
afterEach(() => archive.scenario.harness.close());

const sim = () => archive.scenario.harness.sim;
const watch = () => watchRemote(archive.scenario, archive.remote);
const get = async (query: string, range = RANGE): Promise<Json> => {
  const answer = await archive.scenario.user.get(`/api/breakdowns?${range}&${query}`);
  expect(answer.status, answer.text).toBe(200);
  expectSum(answer.body);
  return answer.body;
};
const costs = ({ items }: Json): [string | null, string][] => items.map(({ value, cost }: Json) => [value, cost]);

test("splits usage by provider, with speed, and leaves today unknown", async () => {
  const key = archive.remote.addKey("app");
  spendOf(archive, key, YESTERDAY, { provider: "Azure", nanos: 5_000n });
  spendOf(archive, key, YESTERDAY, { provider: "OpenAI", nanos: 3_000n, model: "maker/b" });
  spendOf(archive, key, `${TODAY}T08:00:00Z`, { provider: "OpenAI", nanos: 20n });
  await watch();
  await collect(archive);
  const body = await get("dimension=provider");
  expect(costs(body)).toEqual([
    ["Azure", "0.000005"],
    ["OpenAI", "0.000003"],
    [null, "0.00000002"],
  ]);
  expect(body).toMatchObject({ others: null, total: { cost: "0.00000802", requests_count: 3 }, since: YESTERDAY });
  expect(body.items[0]).toMatchObject({ requests_count: 1, tokens_input: 100, tokens_output: 20 });
  expect(body.items[0].latency_p50_ms).toBeGreaterThanOrEqual(200);
  expect(body.items[0].latency_p95_ms).toBeGreaterThanOrEqual(body.items[0].latency_p50_ms);
  expect(body.items[0].throughput_p50).toBeGreaterThan(0);
  expect(body.items[2]).toMatchObject({ latency_p50_ms: null, throughput_p95: null });
});

test("has the speed of each model at each provider, for the owner of the account", async () => {
  const key = archive.remote.addKey("app");
  for (const [provider, model, nanos] of [
    ["Azure", "maker/a", 5_000n],
    ["OpenAI", "maker/a", 9_000n],
    ["OpenAI", "maker/b", 3_000n],
  ] as const)
    for (const day of ["2026-03-08", YESTERDAY]) spendOf(archive, key, day, { provider, model, nanos });
  spendOf(archive, key, `${TODAY}T08:00:00Z`, { provider: "OpenAI", nanos: 20n });
  const { id } = await watch();
  await collect(archive);
  const { harness, user } = archive.scenario;
  const ask = async (as: Caller, limit = 10): Promise<Json> => {
    const signIn = await request(`${harness.url}/trpc/auth.signIn`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: as.email, password: "Correct-Horse-9" }),
    });
    const cookie = (signIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const input = JSON.stringify({ account_id: id, start_date: "2026-03-01", end_date: TODAY, limit });
    const { body } = await request(`${harness.url}/trpc/breakdowns.speed?input=${encodeURIComponent(input)}`, {
      headers: { cookie },
    });
    return body.result.data;
  };
  const { items, total } = await ask(user);
  expect(items.map(({ model, provider, cost }: Json) => [model, provider, cost])).toEqual([
    ["maker/a", "OpenAI", "0.000018"],
    ["maker/a", "Azure", "0.00001"],
    ["maker/b", "OpenAI", "0.000006"],
  ]);
  expect(total).toBe(3);
  const stored = harness.server.app.db.reader
    .prepare(
      `SELECT avg(latency_p50) FROM breakdowns b JOIN breakdown_values v ON v.id = b.value_id JOIN breakdown_values m ON m.id = b.model_id
       WHERE v.text = 'OpenAI' AND m.text = 'maker/b'`,
    )
    .pluck()
    .get();
  expect(items[2]).toMatchObject({ requests_count: 2, latency_p50_ms: Math.round(Number(stored)) });
  expect(items[2].latency_p95_ms).toBeGreaterThanOrEqual(items[2].latency_p50_ms);
  expect(await ask(user, 1)).toMatchObject({ items: [{ provider: "OpenAI" }], total: 3 });
  expect(await ask(await harness.createUser())).toEqual({ items: [], total: 0 });
});

test("filters by key, account and model", async () => {
  const [one, two] = ["one", "two"].map((name) => archive.remote.addKey(name)) as [never, never];
  spendOf(archive, one, YESTERDAY, { provider: "Azure", nanos: 5n });
  spendOf(archive, two, YESTERDAY, { provider: "Azure", nanos: 70n, model: "maker/b" });
  const { id } = await watch();
  await collect(archive);
  const twoId = await keyIdOf(archive, "two");
  expect(costs(await get("dimension=provider"))).toEqual([["Azure", "0.000000075"]]);
  expect(costs(await get(`dimension=provider&api_key_id=${twoId}`))).toEqual([["Azure", "0.00000007"]]);
  expect(costs(await get("dimension=provider&model=maker/a&model=maker/c"))).toEqual([["Azure", "0.000000005"]]);
  expect(costs(await get(`dimension=provider&account_id=${id}`))).toEqual([["Azure", "0.000000075"]]);
  expect(await get(`dimension=provider&account_id=${id + 1}`)).toMatchObject({ items: [], since: null });
  expect(costs(await get(`dimension=finish_reason&api_key_id[]=${twoId}&model[]=maker/b`))).toHaveLength(1);
});

test("returns hours as instants, and hours of the week from Monday on", async () => {
  const key = archive.remote.addKey("app");
  // A Monday and the Monday before.
  for (const at of [`${YESTERDAY}T09:10:00Z`, "2026-03-02T09:30:00Z"]) spendOf(archive, key, at, { nanos: 5n });
  spendOf(archive, key, "2026-03-08T23:00:00Z", { nanos: 3n });
  await watch();
  await collect(archive);
  expect(costs(await get("dimension=hour"))).toEqual([
    ["2026-03-02T09:00:00.000Z", "0.000000005"],
    ["2026-03-08T23:00:00.000Z", "0.000000003"],
    [`${YESTERDAY}T09:00:00.000Z`, "0.000000005"],
  ]);
  expect(costs(await get("dimension=weekday_hour"))).toEqual([
    ["0-9", "0.00000001"],
    ["6-23", "0.000000003"],
  ]);
});

test("splits a whole account by member, workspace and app, and its keys by app", async () => {
  const space = archive.remote.addSpace("Research");
  const key = archive.remote.addKey("app", { workspaceId: space, member: "ada@example.com" });
  spendOf(archive, key, YESTERDAY, { app: "Chat", nanos: 50n });
  spendOf(archive, sim().ledger.chatroom(archive.remote.id), YESTERDAY, { app: "Room", nanos: 7n });
  await watch();
  await collect(archive);
  expect(costs(await get("dimension=workspace"))).toEqual([
    ["Research", "0.00000005"],
    ["Default Workspace", "0.000000007"],
  ]);
  expect(costs(await get("dimension=user"))[0]).toEqual(["ada@example.com", "0.00000005"]);
  expect(costs(await get("dimension=app"))).toEqual([
    ["Chat", "0.00000005"],
    ["Room", "0.000000007"],
  ]);
  const keyId = await keyIdOf(archive, "app");
  expect(costs(await get(`dimension=app&api_key_id=${keyId}`))).toEqual([["Chat", "0.00000005"]]);
  expect(costs(await get(`dimension=user&api_key_id=${keyId}`))).toEqual([[null, "0.00000005"]]);
});

test("values beyond the limit are combined", async () => {
  const key = archive.remote.addKey("app");
  for (const [index, provider] of ["A", "B", "C"].entries())
    spendOf(archive, key, YESTERDAY, { provider, nanos: BigInt(10 - index) });
  await watch();
  await collect(archive);
  const body = await get("dimension=provider&limit=1");
  expect([costs(body), body.others]).toMatchObject([[["A", "0.00000001"]], { values: 2, cost: "0.000000017" }]);
});

describe("usage that no breakdown explains", () => {
  test("usage before the first collected day is unknown, not zero", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, "2026-01-20", { nanos: 9n });
    spendOf(archive, key, YESTERDAY, { provider: "Azure", nanos: 5n });
    await watch();
    await collect(archive);
    const body = await get("dimension=provider", `start_date=2026-01-01&end_date=${TODAY}`);
    expect([costs(body), body.since]).toEqual([
      [
        ["Azure", "0.000000005"],
        [null, "0.000000009"],
      ],
      YESTERDAY,
    ]);
  });

  test("usage added to a day after its collection is unknown until it is collected again", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, `${TODAY}T10:00:00Z`, { nanos: 5n });
    await watch();
    await collect(archive);
    spendOf(archive, key, `${TODAY}T12:30:00Z`, { nanos: 8n });
    await syncAt(archive.scenario, `${TODAY}T13:05:00Z`);
    expect(costs(await get("dimension=hour"))).toEqual([
      [`${TODAY}T10:00:00.000Z`, "0.000000005"],
      [null, "0.000000008"],
    ]);
    await collect(archive);
    expect(costs(await get("dimension=hour"))).toHaveLength(2);
    expect((await get("dimension=hour")).items[1].value).toBe(`${TODAY}T12:00:00.000Z`);
  });

  test("the breakdown of a day is unknown after it was corrected downwards", async () => {
    const key = archive.remote.addKey("app");
    spendOf(archive, key, YESTERDAY, { provider: "Azure", nanos: 1_000n });
    await watch();
    await collect(archive);
    const keyId = await keyIdOf(archive, "app");
    await archive.scenario.harness.server.app.db.write((connection) => {
      for (const table of ["usage_stats", "usage_days"])
        connection.prepare(`UPDATE ${table} SET cost = 400 WHERE api_key_id = ? AND date = ?`).run(keyId, YESTERDAY);
    });
    expect(costs(await get(`dimension=provider&api_key_id=${keyId}`))).toEqual([[null, "0.0000004"]]);
  });

  test("breakdowns of keys without a management key are unknown", async () => {
    const key = archive.remote.addKey("alone");
    await archive.scenario.user.post("/api/keys", { name: "alone", key: key.secret });
    spendOf(archive, key, `${TODAY}T12:00:00Z`, { nanos: 8n });
    await syncAndCollect(archive, `${TODAY}T13:05:00Z`);
    const body = await get("dimension=provider");
    expect([costs(body), body.since]).toEqual([[[null, "0.000000008"]], null]);
  });
});

test("equals the ledger by key, hour and provider after a month of usage", async () => {
  const keys = ["a", "b", "c"].map((name) => archive.remote.addKey(name));
  const providers = ["Azure", "OpenAI", "Groq"];
  for (let n = 0; n < 240; n++) {
    const at = new Date(Date.parse(`${TODAY}T00:00:00Z`) - n * 10_800_000 + 600_000);
    const key = keys[n % 3] as never;
    spendOf(archive, key, at.toISOString(), {
      provider: providers[(n % 7) % 3] as string,
      model: `maker/${n % 2}`,
      nanos: BigInt(n * n + 1),
      requests: 1 + (n % 4),
    });
  }
  await watch();
  await collect(archive);
  for (const key of keys) {
    const id = await keyIdOf(archive, key.name);
    const byHour = await get(`dimension=hour&api_key_id=${id}`);
    for (const { value, cost, requests_count } of byHour.items) {
      const { costNanos, requests } = truth(archive, key, {
        day: value.slice(0, 10),
        hour: new Date(value).getUTCHours(),
      });
      expect({ value, cost: parseMoney(cost), requests_count }).toEqual({
        value,
        cost: costNanos,
        requests_count: requests,
      });
    }
    const byProvider = await get(`dimension=provider&api_key_id=${id}`, `start_date=2026-02-20&end_date=${YESTERDAY}`);
    for (const { value, cost } of byProvider.items) {
      const { costNanos } = sim().ledger.totals({
        keyHash: key.hash,
        from: "2026-02-20",
        to: YESTERDAY,
        traits: { provider: value },
      });
      expect({ value, cost: parseMoney(cost) }).toEqual({ value, cost: costNanos });
    }
  }
});

test("breakdowns contain nothing of another user", async () => {
  const key = archive.remote.addKey("app");
  spendOf(archive, key, YESTERDAY, { provider: "Azure" });
  const { id } = await watch();
  await collect(archive);
  const keyId = await keyIdOf(archive, "app");
  const other = await archive.scenario.harness.createUser();
  for (const dimension of ["provider", "app", "hour", "workspace"])
    for (const filter of ["", `&api_key_id=${keyId}`, `&account_id=${id}`]) {
      const { body } = await other.get(`/api/breakdowns?${RANGE}&dimension=${dimension}${filter}`);
      expect(body).toMatchObject({ items: [], since: null, total: { cost: "0.00" } });
    }
});

test.each([
  ["dimension=country", "dimension"],
  ["", "dimension"],
  ["dimension=app&limit=0", "limit"],
  ["dimension=app&keys=1", "keys"],
  ["dimension=app&api_key_id=x", "api_key_id.0"],
])("breakdowns reject the query ?%s", async (query, path) => {
  const { status, body } = await archive.scenario.user.get(`/api/breakdowns?${RANGE}&${query}`);
  expect([status, body.issues?.[0]?.path]).toEqual([400, path]);
});

test("breakdowns reject a range that is reversed or too long", async () => {
  for (const range of [`start_date=${TODAY}&end_date=${YESTERDAY}`, `start_date=2024-01-01&end_date=${TODAY}`])
    expect((await archive.scenario.user.get(`/api/breakdowns?${range}&dimension=app`)).status).toBe(400);
});

test("breakdowns are the same for API tokens and the SDK", async () => {
  const key = archive.remote.addKey("app");
  spendOf(archive, key, YESTERDAY, { provider: "Azure", nanos: 5n });
  await watch();
  await collect(archive);
  const { harness, user } = archive.scenario;
  const { token } = await issueToken(user);
  const client = createClient({ baseUrl: harness.url, token });
  const input = { dimension: "provider", start_date: "2026-02-01", end_date: TODAY } as const;
  expect(await client.breakdowns.get(input)).toEqual(await get("dimension=provider"));
  const answer = await fetch(`${harness.url}/api/v1/breakdowns?${RANGE}&dimension=provider`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await answer.json()).toEqual(await get("dimension=provider"));
});
