import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { listDays } from "@orwatch/domain/day";
import { syncAll } from "@orwatch/server/sync/service";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Operation, readDocument } from "../support/checks/document.ts";
import { ACCESS } from "../support/server/access-table.ts";
import {
  type Answer,
  callerOf,
  type Harness,
  PASSWORD,
  request,
  settle,
  startHarness,
} from "../support/server/harness.ts";
import { enrol } from "../support/users/authenticator.ts";
import { openPerson, type Person } from "../support/users/person.ts";

/** The examples of /openapi.json are responses of the server, written by this test with UPDATE_OPENAPI=1. */
const FILE = path.resolve(import.meta.dirname, "../../apps/server/src/http/rest/openapi/response-examples.json");
const UPDATE = "UPDATE_OPENAPI=1 npx vitest run --project integration tests/http/response-examples.test.ts";

const NAMES = { key: "Staging", token: "Grafana", spentKey: "Seeded", model: "openai/gpt-5" };

let harness: Harness;
let ada: Person;
let grace: Person;
beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { RATE_LIMIT_REQUESTS: "1000000", ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" },
  });
  // The first user is an administrator.
  ada = await openAda();
  grace = await openPerson(harness, "grace", NAMES);
}, 60_000);
afterAll(() => harness.close());

/** OpenRouter account of Ada, as the access table makes one. */
let account: { id: number; hash: string; spare: string };

/** A user with an OpenRouter account, a month of usage, a limit, credits and a firing alert rule. */
async function openAda(): Promise<Person> {
  const person = await openPerson(harness, "ada", NAMES);
  const caller = callerOf(() => harness.url, person.session);
  await caller.delete(`/api/keys/${person.spentKeyId}`);
  await caller.post("/api/alerts/rules", { name: "Too much in a day", kind: "spend", span: "day", amount: "2.50" });
  const { ledger } = harness.sim;
  const remote = ledger.addAccount({ creditsNanos: 250_000_000_000n });
  const limit = { limitNanos: 100_000_000_000n, limitReset: "monthly" as const };
  const key = ledger.addKey(remote.id, { name: "Production", ...limit });
  for (const [index, day] of listDays("2026-02-07", "2026-03-10").entries())
    for (const [model, cost] of Object.entries({
      "openai/gpt-5": 2_431_705_000n,
      "anthropic/claude-sonnet-5": 418_220_500n,
    }))
      ledger.spend(new Date(`${day}T10:00:00Z`), key, model, {
        costNanos: cost + BigInt(index % 7) * 100_000_000n,
        requests: 120 + index,
        promptTokens: 410_000 + index * 1000,
        completionTokens: 52_000,
        reasoningTokens: 18_000,
        cachedTokens: 96_000,
      });
  const manager = ledger.addManagementKey(remote.id).secret;
  const added = await caller.post("/api/accounts", { name: "Acme", key: manager });
  await settle(harness);
  harness.sim.clock.advance(61 * 60_000);
  await syncAll(harness.server.app);
  account = { id: added.body.id, hash: key.hash, spare: ledger.addManagementKey(remote.id).secret };
  const { items } = (await caller.get("/api/keys?search=Production")).body;
  return { ...person, spentKeyId: items[0].id, marks: ["On call"] };
}

/** These end sessions or delete what others read, so they come last. */
const LATE = ["usersEndSessions", "authEndOtherSessions", "authChangePassword", "authLogout"];

const operations = Object.entries(readDocument().paths)
  .flatMap(([route, item]) =>
    Object.entries(item).map(([method, operation]) => ({ route, method: method.toUpperCase(), operation })),
  )
  .filter(({ operation }) => successOf(operation) !== null)
  .sort((a, b) => LATE.indexOf(a.operation.operationId) - LATE.indexOf(b.operation.operationId));

/** Success with a JSON body. */
function successOf({ responses }: Operation): string | null {
  const [status, response] = Object.entries(responses).find(([code]) => code.startsWith("2")) ?? [];
  return response?.content?.["application/json"] ? (status as string) : null;
}

const nameOf = (operationId: string) => operationId.replace(/[A-Z]/, (letter) => `.${letter.toLowerCase()}`);

async function call({ route, method, operation }: (typeof operations)[number]): Promise<Answer> {
  const access = ACCESS[nameOf(operation.operationId)];
  const isOfAccount = operation.operationId.startsWith("accounts");
  const made = isOfAccount ? account : ((await access?.make?.(ada, harness)) ?? null);
  // An administrator cannot deactivate their own user.
  const person = access?.kind === "admin" ? grace : ada;
  const rest = new Map(Object.entries(access?.input({ ...person, made }) ?? {}));
  const where = route.replace(/\{(.+?)\}/g, (_, field: string) => {
    const value = rest.get(field);
    rest.delete(field);
    return encodeURIComponent(String(value));
  });
  harness.sim.clock.advance(3_000);
  const isPublic = operation.security.some((schemes) => schemes.apiToken);
  const caller = callerOf(() => harness.url, operation.security.length === 0 ? "" : isPublic ? ada.token : ada.session);
  if (method === "PUT") return caller.put(where, Object.fromEntries(rest));
  if (method === "POST") return caller.post(where, Object.fromEntries(rest));
  const query = new URLSearchParams(
    [...rest].flatMap(([field, value]) => [value].flat().map((one) => [field, `${one}`])),
  );
  if (operation.operationId.endsWith("Export")) query.set("format", "json");
  return caller.get(`${where}?${query}`);
}

/** Responses of operations whose preparation is longer than one call. */
async function readSpecial(): Promise<Record<string, unknown>> {
  harness.sim.clock.advance(61_000);
  const post = async (where: string, body: object) =>
    (
      await request(`${harness.url}${where}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      })
    ).body;
  const authLogin = await post("/api/auth/login", { email: grace.email, password: PASSWORD });
  const authRegister = await post("/api/auth/register", {
    email: "edith@example.com",
    password: PASSWORD,
    password_confirm: PASSWORD,
  });
  const authEnableSecondFactor = {
    recovery_codes: (
      await enrol(
        harness,
        callerOf(() => harness.url, grace.session),
      )
    ).recoveryCodes,
  };
  const { prisma } = harness.server.app.db;
  const now = harness.server.app.clock.now();
  const passkey = await prisma.passkey.create({
    data: {
      userId: grace.userId,
      credentialId: "credential",
      publicKey: "key",
      userHandle: "handle",
      counter: 0,
      transports: "internal",
      host: "orwatch.example.com",
      name: "Firefox, Linux",
      createdAt: now,
    },
  });
  const withPasskey = callerOf(() => harness.url, grace.session);
  const passkeysRename = (await withPasskey.put(`/api/user/passkeys/${passkey.id}`, { name: "MacBook" })).body;
  const passkeysList = (await withPasskey.get("/api/user/passkeys")).body;
  const admin = callerOf(() => harness.url, ada.session);
  const { body } = await admin.post(`/api/teams/${ada.teamId}/invitations`, { role: "editor" });
  const invited = callerOf(() => harness.url, grace.session);
  const invitationsAccept = (await invited.post("/api/invitations/accept", { token: body.token })).body;
  return { authLogin, authRegister, authEnableSecondFactor, passkeysRename, passkeysList, invitationsAccept };
}

/** Operations that answer like another one. */
const SAME_AS: Record<string, string> = {
  authRenewRecoveryCodes: "authEnableSecondFactor",
  authDisableSecondFactor: "authLogout",
  channelsConfirm: "channelsGet",
  channelsSendCode: "authLogout",
  channelsRetry: "channelsTest",
};

/** Secrets of a form that no server issues. */
const SECRETS: Record<string, string> = {
  access_token: "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
  token: `or_api_${"0123456789abcdef".repeat(4)}`,
  signing_secret: "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
  secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
  uri: "otpauth://totp/orwatch:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=orwatch",
};

/** Replaces what differs from run to run. */
const withoutChance = (text: string): string =>
  text
    .replace(/^http:\/\/127\.0\.0\.1:\d+/, "https://hooks.example.com")
    .replace(/or_share_[\w-]{43}$/, "or_share_Zc0mJ5Vx2mVq1aYb7Tn8LwK4eR3sD9fG6hJ2kL5pQ8")
    .replace(/or_inv_[\w-]{43}$/, "or_inv_Zc0mJ5Vx2mVq1aYb7Tn8LwK4eR3sD9fG6hJ2kL5pQ8")
    .replace(/^msg_[0-9a-f]{32}$/, "msg_0123456789abcdef0123456789abcdef")
    // A few instants are of the machine's clock.
    .replace(/^(?!2026-0)20\d\d-\d\d-\d\dT[\d:.]+Z$/, "2026-03-10T12:00:00.000Z");

/** Shortens lists to two items, and replaces secrets. */
function toExample(value: unknown, name = ""): unknown {
  if (Array.isArray(value))
    return name === "recovery_codes"
      ? ["abcd-efgh-jkmn", "pqrs-tuvw-xyz2"]
      : value.slice(0, 2).map((item) => toExample(item));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toExample(inner, key)]));
  if (typeof value === "number") return name === "id" && value > 1_000_000 ? 1_000_000 : value;
  if (typeof value !== "string") return value;
  return /^or_(inv|share)_/.test(value) ? withoutChance(value) : (SECRETS[name] ?? withoutChance(value));
}

/** The fields of a value, with their types. */
function fieldsOf(value: unknown, place = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsOf(item, `${place}[]`));
  if (typeof value !== "object" || value === null) return [place];
  return Object.entries(value).flatMap(([name, inner]) => fieldsOf(inner, `${place}.${name}`));
}

test("the example of each response in the document has the fields of the actual response", {
  timeout: 120_000,
}, async () => {
  const examples: Record<string, unknown> = {};
  const special = await readSpecial();
  for (const operation of operations) {
    const { operationId } = operation.operation;
    if (SAME_AS[operationId]) continue;
    const expected = successOf(operation.operation);
    if (!special[operationId]) {
      const answer = await call(operation);
      expect(`${answer.status}`, `${operationId}: ${answer.text.slice(0, 300)}`).toBe(expected);
      special[operationId] = answer.body;
    }
    examples[operationId] = toExample(special[operationId]);
  }
  for (const [operationId, other] of Object.entries(SAME_AS)) examples[operationId] = examples[other];
  const sorted = Object.fromEntries(Object.entries(examples).sort(([a], [b]) => (a < b ? -1 : 1)));
  let committed: Record<string, unknown> = JSON.parse(readFileSync(FILE, "utf8"));
  if (process.env.UPDATE_OPENAPI) {
    // Only what has other fields is written, so that other examples stay as they are.
    const isSame = (name: string) => fieldsOf(committed[name]).sort().join() === fieldsOf(sorted[name]).sort().join();
    const updated = Object.keys(sorted).map((name) => [name, isSame(name) ? committed[name] : sorted[name]]);
    committed = Object.fromEntries(updated);
    writeFileSync(FILE, `${JSON.stringify(committed, null, 2)}\n`);
  }
  expect(Object.keys(committed), `run: ${UPDATE}`).toEqual(Object.keys(sorted));
  for (const [operationId, example] of Object.entries(sorted))
    expect(new Set(fieldsOf(committed[operationId])), `${operationId}; if that is meant, run: ${UPDATE}`).toEqual(
      new Set(fieldsOf(example)),
    );
});
