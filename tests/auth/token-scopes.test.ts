import { ROLES, type Role, SCOPE_NAMES, SCOPES, type Scope } from "@orwatch/domain/permissions";
import { PROCEDURE_SCOPES } from "@orwatch/server/rpc/procedure-permissions";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, type Harness, request, settle, startHarness } from "../support/server/harness.ts";
import { listProcedures } from "../support/server/procedures.ts";
import { idOf, join, setRole, teamOf } from "../support/users/team.ts";

const NOW = Date.parse("2026-03-10T12:00:00Z");
let harness: Harness;
let owner: Caller;
let keyId: number;
beforeAll(async () => {
  harness = await startHarness({
    sim: { now: new Date(NOW).toISOString() },
    env: { MAX_API_TOKENS_PER_USER: "60", MAX_API_KEYS_PER_USER: "100", RATE_LIMIT_REQUESTS: "100000" },
  });
  owner = await harness.createUser("owner@example.com");
  keyId = (await owner.post("/api/keys", { name: "Shop", key: newKey() })).body.id;
  await settle(harness);
});
afterAll(() => harness.close());

const newKey = () => harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id).secret;
const as = (token: string) => callerOf(() => harness.url, token);
const withScopes = async (scopes: Scope[], user = owner) => as((await issueToken(user, "test", { scopes })).token);

/** A call of each scope, as its status and code. */
async function tryAll(token: Caller) {
  const answers = {
    read: await token.get("/api/v1/version"),
    sync: await token.post("/api/v1/sync", { api_key_id: keyId }),
    "keys:write": await token.put(`/api/v1/keys/${keyId}`, { name: "Shop" }),
  } satisfies Record<Scope, unknown>;
  return Object.fromEntries(Object.entries(answers).map(([scope, { status, body }]) => [scope, body.code ?? status]));
}

describe("scopes", () => {
  test("a token reads by default, and earlier tokens only read", async () => {
    const { token, id } = await issueToken(owner);
    expect(await tryAll(as(token))).toEqual({ read: 200, sync: "MISSING_SCOPE", "keys:write": "MISSING_SCOPE" });
    const listed = (await owner.get("/api/tokens")).body.find((one: { id: number }) => one.id === id);
    expect(listed).toMatchObject({ scopes: ["read"], expires_at: null, is_active: true });
    expect(harness.server.app.db.reader.prepare("SELECT scopes FROM api_tokens WHERE id = ?").pluck().get(id)).toBe(
      "read",
    );
  });

  test("an error names the missing scope, in the body and in WWW-Authenticate", async () => {
    const refused = await (await withScopes(["read"])).post("/api/v1/sync", {});
    expect([refused.status, refused.body]).toMatchObject([
      403,
      { code: "MISSING_SCOPE", reason: "scope_missing", params: { scope: "sync" } },
    ]);
    expect(refused.headers.get("www-authenticate")).toBe('Bearer error="insufficient_scope", scope="sync"');
  });

  test("every procedure of API tokens has a scope, and changes need more than read", () => {
    const procedures = listProcedures().filter(({ name }) => name.startsWith("v1."));
    expect(procedures.map(({ name }) => name).sort()).toEqual(Object.keys(PROCEDURE_SCOPES).sort());
    for (const { name, type } of procedures) expect(PROCEDURE_SCOPES[name] === "read", name).toBe(type === "query");
  });

  test("a token can do what its scopes and the current role of its issuer allow, and nothing else", async () => {
    harness.sim.clock.advance(61_000);
    const member = await harness.createUser("member@example.com");
    const teamId = teamOf(harness.server.app, owner.email);
    await join(harness.server.app, { email: member.email, teamId, role: "admin" });
    const tokens = new Map<string, Caller>();
    const tokenOf = async (scopes: Scope[]) => {
      const known = tokens.get(scopes.join()) ?? (await withScopes(scopes, member));
      tokens.set(scopes.join(), known);
      return known;
    };
    // Issued by an admin, before the role changes.
    for (const scopes of subsets(SCOPE_NAMES)) await tokenOf(scopes);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Role>(...ROLES),
        fc.constantFrom(...subsets(SCOPE_NAMES)),
        async (role, scopes) => {
          await setRole(harness.server.app, { email: member.email, teamId, role });
          const needed: Record<Scope, Role> = { read: "viewer", sync: "editor", "keys:write": "admin" };
          const expected = Object.fromEntries(
            SCOPE_NAMES.map((scope) => [
              scope,
              !scopes.includes(scope)
                ? "MISSING_SCOPE"
                : ROLES.indexOf(role) > ROLES.indexOf(needed[scope])
                  ? "FORBIDDEN_ROLE"
                  : 200,
            ]),
          );
          expect(await tryAll(await tokenOf(scopes))).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
    expect(Object.keys(SCOPES)).toEqual(SCOPE_NAMES);
  });

  test("a response that is kept for the team, and 304, need the scope too", async () => {
    const reader = await withScopes(["read"]);
    const other = await withScopes(["sync"]);
    for (const path of ["/api/v1/stats", "/api/v1/usage?start_date=2026-03-01&end_date=2026-03-10", "/api/v1/keys"]) {
      const { status, headers } = await reader.get(path);
      expect([status, (await other.get(path)).body]).toMatchObject([200, { code: "MISSING_SCOPE" }]);
      const revalidated = await request(harness.url + path, {
        headers: { authorization: `Bearer ${other.credential}`, "if-none-match": headers.get("etag") ?? "" },
      });
      expect(revalidated.body).toMatchObject({ code: "MISSING_SCOPE" });
    }
  });

  test("exports and /trpc need the scope too", async () => {
    const token = await withScopes(["sync"]);
    const range = "start_date=2026-03-01&end_date=2026-03-10";
    for (const path of ["export", "export.csv", "export.json"])
      expect((await token.get(`/api/v1/usage/${path}?${range}`)).body).toMatchObject({ code: "MISSING_SCOPE" });
    const send = (name: string, body?: object) =>
      request(`${harness.url}/trpc/${name}`, {
        method: body ? "POST" : "GET",
        headers: { authorization: `Bearer ${token.credential}`, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    expect((await send("v1.version?input={}")).body.error.data).toMatchObject({ code: "MISSING_SCOPE" });
    expect((await send("v1.updateKey", { id: keyId, name: "x" })).body.error.data).toMatchObject({
      code: "MISSING_SCOPE",
      params: { scope: "keys:write" },
    });
    expect((await send("v1.sync", {})).body.result.data.status).toBe("ok");
  });

  test("unknown scopes and none are rejected", async () => {
    for (const scopes of [[], ["admin"], "read", ["read", "read", "read", "read"]])
      expect((await owner.post("/api/tokens", { name: "x", scopes })).status, JSON.stringify(scopes)).toBe(400);
    const { body } = await owner.post("/api/tokens", { name: "x", scopes: ["keys:write", "read", "read"] });
    expect(body.scopes).toEqual(["read", "keys:write"]);
  });
});

const subsets = (scopes: readonly Scope[]): Scope[][] =>
  Array.from({ length: 2 ** scopes.length - 1 }, (_, index) => scopes.filter((_scope, at) => (index + 1) & (1 << at)));

describe("changes with a token", () => {
  test("adds a key, renames it and turns it off; the log names the token", async () => {
    const token = as((await issueToken(owner, "Deploy script", { scopes: ["keys:write"] })).token);
    const added = await token.post("/api/v1/keys", { name: "New", key: newKey(), description: "the shop" });
    expect([added.status, added.body]).toMatchObject([
      201,
      { name: "New", description: "the shop", is_active: true, stats: { total_cost: "0.00" } },
    ]);
    expect(added.text).not.toContain("sk-or-v1-0");
    const { id } = added.body;
    const changed = await token.put(`/api/v1/keys/${id}`, { name: "Renamed", is_active: false });
    expect(changed.body).toMatchObject({ id, name: "Renamed", is_active: false });
    expect((await owner.get(`/api/keys/${id}`)).body).toMatchObject({ name: "Renamed", is_active: false });
    await settle(harness);
    const { items } = (await owner.get("/api/user/activity")).body;
    const params = { api_key_id: id, api_token: "Deploy script" };
    expect(items.find(({ kind }: { kind: string }) => kind === "key_added").message.params).toMatchObject(params);
    expect(items.find(({ kind }: { kind: string }) => kind === "key_changed").message.params).toMatchObject(params);
  });

  test("a repetition with the same Idempotency-Key adds the key once, with this token only", async () => {
    const { token, id } = await issueToken(owner, "one", { scopes: ["keys:write"] });
    const body = JSON.stringify({ name: "Once", key: newKey() });
    const send = (credential: string) =>
      request(`${harness.url}/api/v1/keys`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${credential}`,
          "content-type": "application/json",
          "idempotency-key": "one-and-the-same",
        },
        body,
      });
    const first = await send(token);
    const again = await send(token);
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const other = await issueToken(owner, "two", { scopes: ["keys:write"] });
    expect([(await send(other.token)).status, (await send((await issueToken(owner)).token)).status]).toEqual([
      409, 403,
    ]);
    await harness.server.app.db.prisma.apiToken.update({ where: { id }, data: { scopes: "read" } });
    expect((await send(token)).body).toMatchObject({ code: "MISSING_SCOPE" });
  });

  test("syncs all keys or one, and reports a key that is off or does not exist", async () => {
    const token = await withScopes(["sync"]);
    expect((await token.post("/api/v1/sync", {})).body).toMatchObject({ synced_at: expect.any(String) });
    expect((await token.post("/api/v1/sync")).status).toBe(200);
    await owner.put(`/api/keys/${keyId}`, { is_active: false });
    const off = await token.post("/api/v1/sync", { api_key_id: keyId });
    expect([off.status, off.body.reason]).toEqual([409, "key_turned_off"]);
    await owner.put(`/api/keys/${keyId}`, { is_active: true });
    expect((await token.post("/api/v1/sync", { api_key_id: 999_999 })).status).toBe(404);
  });
});

describe("expiry", () => {
  test("an expired token is rejected with its own reason, and stays in the list", async () => {
    const expires_at = new Date(harness.server.app.clock.now().getTime() + 3_600_000).toISOString();
    const { token, id } = await issueToken(owner, "short", { expires_at });
    const caller = as(token);
    const listed = async () => (await owner.get("/api/tokens")).body.find((one: { id: number }) => one.id === id);
    expect([(await caller.get("/api/v1/version")).status, await listed()]).toMatchObject([
      200,
      { is_active: true, expires_at },
    ]);
    harness.sim.clock.advance(3_600_000);
    const answer = await caller.get("/api/v1/version");
    expect([answer.status, answer.body]).toMatchObject([
      401,
      { code: "UNAUTHORIZED", reason: "api_token_expired", params: { expires_at } },
    ]);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    expect((await caller.post("/api/v1/sync", {})).body.reason).toBe("api_token_expired");
    expect(await listed()).toMatchObject({ is_active: false, expires_at });
    expect((await owner.delete(`/api/tokens/${id}`)).status).toBe(204);
    expect(await listed()).toBeUndefined();
  });

  test("a time zone may be given, and the time must be in the future", async () => {
    const { body } = await owner.post("/api/tokens", { name: "x", expires_at: "2030-01-01T00:00:00+02:00" });
    expect(body.expires_at).toBe("2029-12-31T22:00:00.000Z");
    for (const expires_at of ["2020-01-01T00:00:00Z", harness.server.app.clock.now().toISOString()])
      expect((await owner.post("/api/tokens", { name: "x", expires_at })).body.issues).toMatchObject([
        { path: "expires_at", reason: "field_not_in_future" },
      ]);
    for (const expires_at of ["tomorrow", "2030-01-01", 1_900_000_000])
      expect((await owner.post("/api/tokens", { name: "x", expires_at })).status).toBe(400);
  });

  test("the list names who created a token, and the limit is for each of them", async () => {
    const [owner, admin] = [await harness.createUser(), await harness.createUser()];
    const teamId = teamOf(harness.server.app, owner.email);
    await join(harness.server.app, { email: admin.email, teamId, role: "admin" });
    const where = `/api/tokens?team_id=${teamId}`;
    const [ownerId, adminId] = [await idOf(owner), await idOf(admin)];
    const data = Array.from({ length: 60 }, (_, n) => ({ teamId, userId: ownerId, name: "t", tokenHash: `hash ${n}` }));
    await harness.server.app.db.prisma.apiToken.createMany({ data });
    expect((await owner.post(where, { name: "one more" })).body.reason).toBe("api_token_limit_reached");
    expect((await admin.post(where, { name: "of the admin" })).status).toBe(201);
    const { body } = await owner.get(where);
    const of = (id: number) => body.filter((one: { created_by: { user_id: number } }) => one.created_by.user_id === id);
    expect(of(adminId)).toMatchObject([{ name: "of the admin", created_by: { email: admin.email } }]);
    expect(of(ownerId)).toHaveLength(60);
  });

  test("expired tokens do not count against the limit of tokens", async () => {
    harness.sim.clock.advance(61_000);
    const user = await harness.createUser();
    const expires_at = new Date(harness.server.app.clock.now().getTime() + 60_000).toISOString();
    for (let index = 0; index < 60; index++) await issueToken(user, `t${index}`, { expires_at });
    expect((await user.post("/api/tokens", { name: "one more" })).body.reason).toBe("api_token_limit_reached");
    harness.sim.clock.advance(61_000);
    expect((await user.post("/api/tokens", { name: "one more" })).status).toBe(201);
  });

  test("the log shows scopes and expiry of a new token", async () => {
    const expires_at = "2030-06-01T00:00:00.000Z";
    const { id } = await issueToken(owner, "logged", { scopes: ["read", "sync"], expires_at });
    const { items } = (await owner.get("/api/user/activity")).body;
    const [event] = items.filter(({ kind }: { kind: string }) => kind === "api_token_issued");
    expect(event).toMatchObject({
      message: { params: { api_token_id: id, scopes: ["read", "sync"], expires_at } },
      detail: { scopes: "read sync", expires_at },
    });
  });
});
