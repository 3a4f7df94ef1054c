import diagnostics from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { syncAll } from "@orwatch/server/sync/service";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLine } from "../support/openrouter/openrouter.ts";
import { type Harness, settle, startHarness } from "../support/server/harness.ts";
import { SELF_SIGNED } from "./self-signed.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => harness.close());

async function startTls() {
  const seen: (string | undefined)[] = [];
  const server = https.createServer(SELF_SIGNED, (req, res) => {
    seen.push(req.headers.authorization);
    res.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `https://localhost:${port}`, seen, close: () => new Promise((resolve) => server.close(resolve)) };
}

test("sends no key to a server with an untrusted certificate", async () => {
  const impostor = await startTls();
  const works = await new Promise<number>((resolve, reject) => {
    https
      .get(impostor.url, { rejectUnauthorized: false }, (res) => resolve(res.resume().statusCode ?? 0))
      .on("error", reject);
  });
  expect([works, impostor.seen.splice(0)], "who does not look gets an answer").toEqual([200, [undefined]]);
  const line = await openLine({ baseUrl: impostor.url });
  const answer = await line.client.getCurrentKey({ secret: "sk-or-v1-x", lane: "x", priority: "person" });
  expect(answer).toMatchObject({ ok: false, reason: "unreachable", problem: { code: "openrouter_unreachable" } });
  expect(impostor.seen).toEqual([]);
  await line.close();
  await impostor.close();
});

test("sends keys and syncs to OPENROUTER_API_URL only", async () => {
  const origins = new Set<string>();
  const note = (message: unknown) => {
    const { request } = message as { request: { origin: string } };
    if (request.origin !== harness.url) origins.add(request.origin);
  };
  const noteHttp = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    note({ request: { origin: `${request.protocol}//${request.getHeader("host")}` } });
  };
  // All outgoing requests use one of these two clients.
  diagnostics.subscribe("undici:request:create", note);
  diagnostics.subscribe("http.client.request.start", noteHttp);
  const user = await harness.createUser();
  const account = harness.sim.ledger.addAccount({ creditsNanos: 5n });
  const manager = harness.sim.ledger.addManagementKey(account.id);
  const key = harness.sim.ledger.addKey(account.id);
  harness.sim.ledger.spendOnDay("2026-03-09", key, "m/x", { costNanos: 5n });
  for (const { secret } of [manager, key]) await user.post("/api/keys", { name: "k", key: secret });
  await settle(harness);
  await syncAll(harness.server.app);
  diagnostics.unsubscribe("undici:request:create", note);
  diagnostics.unsubscribe("http.client.request.start", noteHttp);
  expect(harness.sim.requestCount()).toBeGreaterThan(5);
  expect([...origins]).toEqual([new URL(harness.sim.url).origin]);
});

test("does not decrypt ciphertexts moved to another row", async () => {
  const user = await harness.createUser();
  const account = harness.sim.ledger.addAccount();
  const keys = [harness.sim.ledger.addKey(account.id), harness.sim.ledger.addKey(account.id)];
  const ids: number[] = [];
  for (const { secret } of keys) ids.push((await user.post("/api/keys", { name: "k", key: secret })).body.id);
  await settle(harness);
  const { app } = harness.server;
  await app.db.write((connection) => {
    const read = connection.prepare("SELECT key_encrypted FROM api_keys WHERE id = ?").pluck();
    const [one, two] = ids.map((id) => read.get(id));
    const put = connection.prepare("UPDATE api_keys SET key_encrypted = ? WHERE id = ?");
    put.run(two, ids[0]);
    put.run(one, ids[1]);
  });
  const asked = harness.sim.requestCount();
  for (const id of ids) expect((await user.post(`/api/keys/${id}/validate`)).status).toBe(400);
  expect(harness.sim.requestCount()).toBe(asked);
});
