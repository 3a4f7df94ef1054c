import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readTables } from "../support/checks/secrecy.ts";
import { type Answer, type Harness, request, settle, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let credential: string;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  const user = await harness.createUser();
  credential = user.credential;
  const key = harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id);
  await user.post("/api/keys", { name: "k", key: key.secret });
  await settle(harness);
});
afterAll(() => harness.close());

let tried = 0;
const statuses = new Map<number, number>();
afterAll(() => {
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  process.stdout.write(`bad input: ${tried} requests tried (${counts.join(", ")})\n`);
});

const CODES = new Set([200, 201, 204, 400, 401, 403, 404, 405, 409, 413, 415, 429]);
const nasty = fc.constantFrom<unknown>(
  "",
  " ",
  "\u0000",
  "\ud800",
  "😀".repeat(60),
  "' OR 1=1 --",
  "__proto__",
  -1,
  0,
  1.5,
  1e308,
  2 ** 53,
  true,
  null,
  [],
  {},
  [[[]]],
  "ada@example.com",
  `sk-or-v1-${"0".repeat(64)}`,
);
const value = fc.oneof(nasty, nasty, fc.string({ unit: "binary", maxLength: 150 }), fc.jsonValue({ maxDepth: 2 }));
/** Plausible values, so that not every request fails at its first field. */
const PLAUSIBLE: Record<string, unknown[]> = {
  email: ["user1@example.com", "USER1@example.com"],
  password: ["Mistaken-Horse-11"],
  password_confirm: ["Mistaken-Horse-11"],
  current_password: ["Mistaken-Horse-11"],
  new_password: ["Another-Horse-10"],
  new_password_confirm: ["Another-Horse-10"],
  name: ["a name"],
  key: [`sk-or-v1-${"0".repeat(64)}`],
  description: ["some words", null],
  is_active: [true, false],
  id: [1, 99],
  user_id: [2],
  __proto__: [{ is_admin: true }],
  constructor: [{ prototype: {} }],
};
const FIELDS_OF: [string, string, string[]][] = [
  ["POST", "/api/auth/register", ["email", "password", "password_confirm"]],
  ["POST", "/api/auth/login", ["email", "password"]],
  ["PUT", "/api/user/password", ["current_password", "new_password", "new_password_confirm"]],
  ["POST", "/api/user/delete", ["password"]],
  ["POST", "/api/keys", ["name", "key", "description"]],
  ["PUT", "/api/keys/1", ["name", "description", "is_active"]],
  ["PUT", "/api/keys/99", ["name", "description", "is_active"]],
  ["POST", "/api/tokens", ["name"]],
];

/** A body with the expected fields, one of them often invalid, and sometimes an unknown one. */
const bodyWith = (fields: string[]) => {
  const entry = (name: string) =>
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...(PLAUSIBLE[name] ?? [""])) }, value).map((it) => [name, it]);
  const more = fc.constantFrom(...Object.keys(PLAUSIBLE), "constructor", "__proto__").chain(entry);
  return fc
    .tuple(fc.tuple(...fields.map(entry)), fc.option(more, { freq: 4 }))
    .map(([entries, extra]) => `{${[...entries, ...(extra ? [extra] : [])].map(write).join(",")}}`);
};
const write = ([name, it]: unknown[]) => `${JSON.stringify(name)}:${JSON.stringify(it) ?? "null"}`;

function note(answer: Answer, where: string): void {
  tried += 1;
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  expect(CODES.has(answer.status), `${where}: ${answer.status} ${answer.text}`).toBe(true);
  expect(answer.text).not.toMatch(/prisma|sqlite|node_modules|\.ts:\d/i);
  expect(harness.logged.filter(({ level }) => level === "error")).toEqual([]);
}

test("rejects random REST requests to accounts and keys with documented errors and changes nothing", async () => {
  const call = fc
    .constantFrom(...FIELDS_OF)
    .chain(([method, path, fields]) => fc.tuple(fc.constant({ method, path }), bodyWith(fields)));
  const hash = () => harness.server.app.db.reader.prepare("SELECT password_hash FROM users").pluck().get();
  const before = hash();
  await fc.assert(
    fc.asyncProperty(call, async ([{ method, path }, json]) => {
      harness.sim.clock.advance(61_000);
      const answer = await request(`${harness.url}${path}`, {
        method,
        headers: { "content-type": "application/json", authorization: `Bearer ${credential}` },
        body: json,
      });
      note(answer, `${method} ${path}`);
      if (answer.status < 400) return;
      expect(answer.body).toMatchObject({ message: expect.any(String), code: expect.any(String) });
      expect(answer.body.request_id).toBe(answer.headers.get("x-request-id"));
    }),
    { numRuns: 400 },
  );
  expect(hash()).toBe(before);
}, 120_000);

test("rejects random /trpc requests to accounts and keys with an error message and stores nothing", async () => {
  const call = fc
    .constantFrom<[string, string[]]>(
      ["auth.register", ["email", "password", "password_confirm"]],
      ["auth.signIn", ["email", "password"]],
      ["keys.add", ["name", "key"]],
      ["keys.update", ["id", "name", "is_active"]],
      ["keys.delete", ["id"]],
    )
    .chain(([name, fields]) => {
      const anything = value.map((it) => JSON.stringify(it) ?? "");
      return fc.tuple(fc.constant(name), fc.oneof(bodyWith(fields), anything));
    });
  const before = readTables(harness).length;
  await fc.assert(
    fc.asyncProperty(call, async ([name, json]) => {
      harness.sim.clock.advance(61_000);
      const answer = await request(`${harness.url}/trpc/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json", cookie: `orwatch_session=${credential}` },
        body: json,
      });
      note(answer, name);
      if (answer.status >= 400) expect(answer.body.error.message.length).toBeGreaterThan(5);
    }),
    { numRuns: 400 },
  );
  expect(Math.abs(readTables(harness).length - before)).toBeLessThan(2000);
}, 120_000);
