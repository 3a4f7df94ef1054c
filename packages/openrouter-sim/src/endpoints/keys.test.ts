import { afterEach, beforeEach, expect, test } from "vitest";
import { usd } from "../ledger/money.ts";
import type { Account, LedgerKey } from "../ledger/types.ts";
import { type Sim, startSim } from "../sim.ts";
import { ask } from "../test-support.ts";

let sim: Sim;
let account: Account;
let management: LedgerKey;

beforeEach(async () => {
  sim = await startSim({ now: "2026-11-20T12:00:00Z", seed: 1 });
  account = sim.ledger.addAccount();
  management = sim.ledger.addManagementKey(account.id);
});

afterEach(() => sim.close());

const hashes = async (query = ""): Promise<string[]> =>
  (await ask(sim, `/keys${query}`, management.secret)).body.data.map((key: { hash: string }) => key.hash);

test("a page has the 100 newest keys, and the offset continues", async () => {
  const keys: LedgerKey[] = [];
  for (let i = 0; i < 230; i++) {
    keys.push(sim.ledger.addKey(account.id));
    sim.clock.advance(1000);
  }
  const pages = [await hashes(), await hashes("?offset=100"), await hashes("?offset=200"), await hashes("?offset=300")];
  expect(pages.map((page) => page.length)).toEqual([100, 100, 30, 0]);
  expect(pages.flat()).toEqual(keys.reverse().map((key) => key.hash));
  expect((await ask(sim, "/keys?offset=-1", management.secret)).status).toBe(400);
});

test("lists the default workspace only, but finds every key by its hash", async () => {
  const inDefault = sim.ledger.addKey(account.id);
  const second = sim.ledger.addWorkspace(account.id, "Second team");
  const elsewhere = sim.ledger.addKey(account.id, { workspaceId: second.id });
  expect(await hashes()).toEqual([inDefault.hash]);
  expect(await hashes(`?workspace_id=${second.id}`)).toEqual([elsewhere.hash]);
  expect((await ask(sim, `/keys/${elsewhere.hash}`, management.secret)).body.data.workspace_id).toBe(second.id);
  const { body } = await ask(sim, "/workspaces", management.secret);
  expect(body.total_count).toBe(2);
  expect(body.data.map((workspace: { id: string }) => workspace.id)).toEqual([account.defaultWorkspaceId, second.id]);
});

test("refuses to list the keys of a workspace that is denied", async () => {
  const second = sim.ledger.addWorkspace(account.id, "Second team");
  sim.options.deniedWorkspaces = [second.id];
  expect((await ask(sim, `/keys?workspace_id=${second.id}`, management.secret)).status).toBe(403);
  expect((await ask(sim, "/keys", management.secret)).status).toBe(200);
});

test("lists disabled keys on request only, and never deleted or management keys", async () => {
  const key = sim.ledger.addKey(account.id, { disabled: true });
  const gone = sim.ledger.addKey(account.id);
  sim.ledger.deleteKey(gone);
  expect(await hashes()).toEqual([]);
  expect(await hashes("?include_disabled=true")).toEqual([key.hash]);
});

test("an unknown, deleted or foreign hash is not found", async () => {
  const other = sim.ledger.addAccount();
  const foreign = sim.ledger.addKey(other.id);
  const gone = sim.ledger.addKey(account.id);
  sim.ledger.deleteKey(gone);
  for (const hash of [foreign.hash, gone.hash, "0".repeat(64)]) {
    expect((await ask(sim, `/keys/${hash}`, management.secret)).status).toBe(404);
  }
});

test("rejects an inference key on management endpoints as OpenRouter does", async () => {
  const key = sim.ledger.addKey(account.id);
  const refused = async (path: string, body?: unknown) => {
    const reply = await ask(sim, path, key.secret, body);
    return [reply.status, reply.body.error.message];
  };
  expect(await refused("/keys")).toEqual([401, "Invalid management key"]);
  expect(await refused(`/keys/${key.hash}`)).toEqual([401, "Invalid management key"]);
  expect(await refused("/activity")).toEqual([403, "Only management keys can fetch activity for an account"]);
  expect(await refused("/analytics/query", { metrics: ["request_count"] })).toEqual([
    403,
    "Only management keys can perform this operation",
  ]);
  sim.options.keysDenialStatus = 403;
  expect((await refused("/keys"))[0]).toBe(403);
});

test("keys have names that need not be unique, edits and limits", async () => {
  const a = sim.ledger.addKey(account.id, { name: "same", limitNanos: usd("0.5"), limitReset: "weekly" });
  sim.ledger.addKey(account.id, { name: "same" });
  const { data } = (await ask(sim, "/keys", management.secret)).body;
  expect(data.map((key: { name: string }) => key.name)).toEqual(["same", "same"]);
  sim.ledger.updateKey(a, { name: "renamed" });
  expect((await ask(sim, `/keys/${a.hash}`, management.secret)).body.data).toMatchObject({
    name: "renamed",
    limit: 0.5,
    limit_reset: "weekly",
    updated_at: "2026-11-20T12:00:00.000Z",
  });
});

test("rejects other methods, and answers other paths with an HTML page", async () => {
  const reply = await ask(sim, "/keys", management.secret, { name: "x" });
  expect([reply.status, reply.headers.get("allow")]).toEqual([405, "GET"]);
  const missing = await ask(sim, "/auth/key", management.secret);
  expect([missing.status, missing.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
});

test("a moved key is listed in its new workspace only, and one that is restored has its counters", async () => {
  const second = sim.ledger.addWorkspace(account.id, "Second team");
  const key = sim.ledger.addKey(account.id);
  sim.ledger.spend(sim.clock.now(), key, "m/x", { costNanos: usd("0.5") });
  sim.clock.advance(60_000);
  sim.ledger.updateKey(key, { workspaceId: second.id });
  expect(await hashes()).toEqual([]);
  expect(await hashes(`?workspace_id=${second.id}`)).toEqual([key.hash]);
  sim.ledger.deleteKey(key);
  expect(await hashes(`?workspace_id=${second.id}`)).toEqual([]);
  sim.ledger.restoreKey(key);
  expect((await ask(sim, `/keys/${key.hash}`, management.secret)).body.data).toMatchObject({ usage: 0.5 });
  const foreign = sim.ledger.addWorkspace(sim.ledger.addAccount().id, "Other account");
  expect(() => sim.ledger.updateKey(key, { workspaceId: foreign.id })).toThrow("No such workspace");
});
