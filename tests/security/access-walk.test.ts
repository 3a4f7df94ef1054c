import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDocument } from "../support/checks/document.ts";
import { ACCESS, type Access, OPEN_OPERATIONS } from "../support/server/access-table.ts";
import { type Answer, callerOf, type Harness, request, startHarness } from "../support/server/harness.ts";
import { listProcedures } from "../support/server/procedures.ts";
import { callProcedure, openPerson, type Person } from "../support/users/person.ts";

const HOW = "give it one line in tests/support/server/access-table.ts, which says how, so that this walk calls it";

let harness: Harness;
/** The user whose data the others try to reach. */
let victim: Person;
/** The first user, who is the administrator where one is needed. */
let first: Person;
/** Credentials that used to be valid, and one that never was; each as headers. */
const dead: Record<string, { session: string; token: string }> = {};
let calls = 0;
let people = 0;

beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { MAX_API_KEYS_PER_USER: "100", RATE_LIMIT_REQUESTS: "1000000", ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" },
  });
  first = await openPerson(harness, "first");
  victim = await openPerson(harness, "victim");
  const { prisma } = harness.server.app.db;
  for (const name of ["disabled", "expired", "ended"]) {
    const { userId, session, token } = await openPerson(harness, name);
    dead[name] = { session, token };
    if (name === "disabled") await prisma.user.update({ where: { id: userId }, data: { isActive: false } });
    if (name === "expired") await prisma.session.updateMany({ where: { userId }, data: { expiresAt: new Date(0) } });
    if (name === "ended") {
      const { id } = await prisma.apiToken.findFirstOrThrow({ where: { userId } });
      const caller = callerOf(() => harness.url, session);
      await caller.delete(`/api/tokens/${id}`);
      await caller.post("/api/auth/logout");
    }
  }
  dead["made up"] = { session: "x".repeat(40), token: `or_api_${"x".repeat(64)}` };
}, 60_000);
afterAll(async () => {
  process.stdout.write(`access walk: ${calls} calls of ${Object.keys(ACCESS).length} procedures and operations\n`);
  await harness.close();
});

type Callers = [who: string, headers: Record<string, string>][];
const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });
const cookie = (session: string) => ({ cookie: `orwatch_session=${session}` });

/** Callers that must get 401 on a transport: anonymous, invalid credentials, and valid credentials of the other kind. */
function refusedAt(transport: "trpc" | "rest", { kind }: Access): Callers {
  const sessions = Object.entries(dead).map(([who, { session }]) => [who, session] as const);
  const tokens = Object.entries(dead)
    .filter(([who]) => who !== "expired")
    .map(([who, { token }]) => [who, token] as const);
  const anonymous: Callers = [["anonymous", {}]];
  if (kind === "apiToken")
    return [
      ...anonymous,
      ...tokens.map(([who, token]): Callers[0] => [`token: ${who}`, bearer(token)]),
      ["a session as bearer", bearer(victim.session)],
      ["a session cookie", cookie(victim.session)],
    ];
  const asCookie = sessions.map(([who, session]): Callers[0] => [`cookie: ${who}`, cookie(session)]);
  const asBearer = sessions.map(([who, session]): Callers[0] => [`bearer: ${who}`, bearer(session)]);
  return [
    ...anonymous,
    ...(transport === "trpc" ? asCookie : asBearer),
    ["an API token", bearer(victim.token)],
    // A bearer session is for REST, the cookie for the web app.
    transport === "trpc"
      ? ["a session as bearer", bearer(victim.session)]
      : ["a session cookie", cookie(victim.session)],
  ];
}

/** Columns that calls change by themselves. A session is extended by its use. */
const OF_CALLS = /^(last_used_at|last_seen_at|data_version)$/;
const OF_USE = /^(last_used_at|expires_at)$/;

/** Every row that belongs to the user or their team, except those that record the calls themselves. */
function rowsOf({ userId, teamId }: Person) {
  const { reader } = harness.server.app.db;
  const read = (table: string, column: string, id: number) =>
    (reader.prepare(`SELECT * FROM "${table}" WHERE ${column} = ?`).all(id) as object[]).map((row) =>
      Object.fromEntries(
        Object.entries(row).filter(([name]) => !(table === "sessions" ? OF_USE : OF_CALLS).test(name)),
      ),
    );
  const readAll = (column: string, id: number) =>
    Object.fromEntries(
      reader
        .prepare<[string], string>(
          "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = ? WHERE m.type = 'table' AND m.name NOT LIKE '%audit%' ORDER BY 1",
        )
        .pluck()
        .all(column)
        .map((table) => [`${table} by ${column}`, read(table, column, id)]),
    );
  return {
    users: read("users", "id", userId),
    teams: read("teams", "id", teamId),
    ...readAll("user_id", userId),
    ...readAll("team_id", teamId),
  };
}

interface Place {
  name: string;
  access: Access;
  isQuery: boolean;
  send(input: object | undefined, headers: Record<string, string>): Promise<Answer>;
  transport: "trpc" | "rest";
}

/** Reads and changes to made-up records leave the other user unchanged, so all such calls share one. */
async function neighbour({ isQuery, access }: Place): Promise<Person> {
  const isShared = isQuery || (access.make !== undefined && !access.isConsumed);
  if (isShared && shared) return shared;
  people += 1;
  const person = await openPerson(harness, `person${people}`);
  if (isShared) shared = person;
  return person;
}
let shared: Person | null = null;

async function walk(place: Place): Promise<void> {
  const { access, isQuery, send, transport } = place;
  const other = await neighbour(place);
  const made = (await access.make?.(victim, harness)) ?? null;
  const theirs = access.input({ ...victim, made });
  const before = rowsOf(victim);
  const call = (input: object | undefined, headers: Record<string, string>) => {
    calls += 1;
    harness.sim.clock.advance(3_000);
    return send(input, headers);
  };
  for (const [who, headers] of refusedAt(transport, access)) {
    const answer = await call(theirs, headers);
    expect(answer.status, `${who}: ${answer.text.slice(0, 300)}`).toBe(401);
    expect(victim.marks.filter((mark) => answer.text.includes(mark))).toEqual([]);
  }
  expect(rowsOf(victim), "none of these callers changed the victim's data").toEqual(before);
  const own =
    access.kind === "apiToken"
      ? bearer(other.token)
      : transport === "trpc"
        ? cookie(other.session)
        : bearer(other.session);
  const foreign = await call(theirs, own);
  const expected = access.isOwned ? 404 : { owner: 404, admin: 403, session: access.ok }[access.kind as string];
  if (expected !== undefined) expect(foreign.status, foreign.text.slice(0, 300)).toBe(expected);
  else expect(foreign.status, foreign.text.slice(0, 300)).toBeLessThan(300);
  expect(
    victim.marks.filter((mark) => foreign.text.includes(mark)),
    "what is the victim's",
  ).toEqual([]);
  expect(rowsOf(victim), "another user changed nothing of the victim's").toEqual(before);
  if (!["owner", "filtered", "admin"].includes(access.kind) && !access.isOwned) return;
  // The same input for one's own data works: the rejections above were about ownership.
  const mine = isQuery ? victim : other;
  const { session, token } = access.kind === "admin" ? first : mine;
  const headers = access.isOwned ? bearer(token) : transport === "trpc" ? cookie(session) : bearer(session);
  const ownMade = mine === victim ? made : ((await access.make?.(other, harness)) ?? null);
  const done = await call(access.input({ ...mine, made: ownMade }), headers);
  if (access.ok !== undefined) expect(done.status, done.text.slice(0, 300)).toBe(access.ok);
  else expect(done.status, done.text.slice(0, 300)).toBeLessThan(300);
}

const procedures = listProcedures();
const operations = Object.entries(readDocument().paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, { operationId }]) => ({ path, method: method.toUpperCase(), operationId })),
);
/** `keysList` is the procedure `keys.list`. */
const nameOf = (operationId: string) => operationId.replace(/[A-Z]/, (letter) => `.${letter.toLowerCase()}`);

test("the access table lists exactly the existing procedures and operations", () => {
  const known = Object.keys(ACCESS);
  const documented = operations.map(({ operationId }) => operationId).filter((id) => !OPEN_OPERATIONS.includes(id));
  const all = new Set([...procedures.map(({ name }) => name), ...documented.map(nameOf)]);
  expect(
    [...all].filter((name) => !known.includes(name)),
    HOW,
  ).toEqual([]);
  expect(
    known.filter((name) => !all.has(name)),
    "these lines of the table name nothing",
  ).toEqual([]);
  expect(
    procedures.filter(({ type }) => type === "subscription"),
    "the walk cannot call subscriptions yet",
  ).toEqual([]);
});

describe("calls over /trpc", () => {
  const walked = procedures.filter(({ name }) => (ACCESS[name]?.kind ?? "anybody") !== "anybody");
  test.each(walked.map((it) => [it.name, it] as const))(
    "only permitted callers can call %s over /trpc",
    async (name, { type }) => {
      const isQuery = type === "query";
      const access = ACCESS[name] as Access;
      const send: Place["send"] = (input, headers) => callProcedure(harness, { name, isQuery, input, headers });
      await walk({ name, access, isQuery, send, transport: "trpc" });
    },
  );
});

describe("calls over REST", () => {
  const walked = operations.filter(({ operationId }) => (ACCESS[nameOf(operationId)]?.kind ?? "anybody") !== "anybody");
  test.each(walked.map((it) => [`${it.method} ${it.path}`, it] as const))(
    "only permitted callers can call %s over REST",
    async (_, { path, method, operationId }) => {
      const name = nameOf(operationId);
      const access = ACCESS[name] as Access;
      const send: Place["send"] = (input, headers) => {
        const rest = new Map(Object.entries(input ?? {}));
        const where = path.replace(/\{(.+?)\}/g, (_all, field: string) => {
          const value = rest.get(field);
          rest.delete(field);
          return encodeURIComponent(String(value));
        });
        const hasBody = method === "POST" || method === "PUT";
        const query = new URLSearchParams(
          hasBody ? [] : [...rest].flatMap(([field, value]) => [value].flat().map((one) => [field, String(one)])),
        );
        return request(`${harness.url}${where}${query.size > 0 ? `?${query}` : ""}`, {
          method,
          headers: { ...(hasBody ? { "content-type": "application/json" } : {}), ...headers },
          ...(hasBody ? { body: JSON.stringify(Object.fromEntries(rest)) } : {}),
        });
      };
      await walk({ name, access, isQuery: method === "GET", send, transport: "rest" });
    },
  );
});
