import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { readTables } from "../support/checks/secrecy.ts";
import { ACCESS } from "../support/server/access-table.ts";
import { callerOf, type Harness, settle, startHarness } from "../support/server/harness.ts";
import { listMutations, listProcedures } from "../support/server/procedures.ts";
import { callProcedure, openPerson, type Person } from "../support/users/person.ts";

let harness: Harness;
let person: Person;
let tried = 0;
beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" },
  });
  person = await openPerson(harness, "ada");
}, 60_000);
afterAll(async () => {
  process.stdout.write(`strict inputs: ${tried} writes with a field that does not belong there refused\n`);
  await harness.close();
});

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema
type Schema = any;

const inputOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });

/** Every part of a schema with its path. */
function* partsOf(schema: Schema, path = "input"): Generator<{ path: string; part: Schema }> {
  yield { path, part: schema };
  for (const [name, inner] of Object.entries(schema.properties ?? {})) yield* partsOf(inner, `${path}.${name}`);
  for (const inner of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    yield* partsOf(inner, path);
  if (schema.items) yield* partsOf(schema.items, `${path}[]`);
}

const isBounded = (part: Schema) =>
  part.enum !== undefined || part.const !== undefined || part.maxLength !== undefined || isBoundedPattern(part);
/** A pattern without `*`, `+` or `{n,}` also limits a text. */
const isBoundedPattern = ({ pattern }: Schema) =>
  pattern !== undefined && /^\^.*\$$/s.test(pattern) && !/[*+]|\{\d+,\}/.test(pattern.replace(/\\.|\[[^\]]*\]/g, ""));

describe("schemas of procedures", () => {
  test.each(listProcedures().map((it) => [it.name, it] as const))(
    "the input of %s is limited and strict",
    (name, { input }) => {
      if (input === null) return expect.fail(`${name} takes anything: give it .input(z.strictObject({}).optional())`);
      for (const { path, part } of partsOf(inputOf(input))) {
        const where = `${name} ${path}`;
        if (part.type === "string") expect(isBounded(part), `${where} has no greatest length`).toBe(true);
        if (part.type === "array") expect(part.maxItems, `${where} has no greatest number of items`).toBeDefined();
        if (part.type === "integer" || part.type === "number") {
          expect(part.maximum ?? part.exclusiveMaximum, `${where} has no greatest value`).toBeDefined();
          expect(part.minimum ?? part.exclusiveMinimum, `${where} has no least value`).toBeDefined();
        }
        if (part.type === "object")
          expect(part.additionalProperties, `${where} takes fields it does not know: use z.strictObject`).toBe(false);
      }
    },
  );
});

const EXTRAS: Record<string, unknown>[] = [
  { is_admin: true },
  { user_id: 1 },
  { userId: 1 },
  { isActive: false },
  { password_hash: "x" },
  { constructor: { prototype: { is_admin: true } } },
];
const REGISTRATION = { password: "Correct-Horse-9", password_confirm: "Correct-Horse-9" };
const OPEN: Record<string, object> = {
  "auth.register": { email: "new@example.com", ...REGISTRATION },
  "auth.login": { email: "ada@example.com", password: REGISTRATION.password },
  "auth.signIn": { email: "ada@example.com", password: REGISTRATION.password },
};

/** The use of an API token is saved once a minute, so not again during a test. */
async function noteUse(): Promise<void> {
  harness.sim.clock.advance(61_000);
  await callerOf(() => harness.url, person.token).get("/api/v1/version");
  await settle(harness);
}

describe("unknown fields", () => {
  test.each(listMutations().map(({ name }) => name))(
    "rejects an unknown field of %s and changes nothing",
    async (name) => {
      const access = ACCESS[name];
      const made = (await access?.make?.(person, harness)) ?? null;
      const input = OPEN[name] ?? access?.input({ ...person, made }) ?? {};
      // Who has not confirmed their identity is rejected before the input is read.
      const { app } = harness.server;
      await app.db.prisma.session.updateMany({ data: { reauthenticatedAt: app.clock.now() } });
      if (access?.kind === "apiToken") await noteUse();
      const before = readTables(harness);
      const headers: Record<string, string> =
        access?.kind === "apiToken"
          ? { authorization: `Bearer ${person.token}` }
          : { cookie: `orwatch_session=${person.session}` };
      for (const extra of EXTRAS.filter((one) => Object.keys(one).every((field) => !Object.hasOwn(input, field)))) {
        tried += 1;
        harness.sim.clock.advance(3_000);
        const answer = await callProcedure(harness, { name, isQuery: false, input: { ...input, ...extra }, headers });
        expect(answer.status, `${JSON.stringify(extra)}: ${answer.text}`).toBe(400);
      }
      expect(readTables(harness)).toBe(before);
      expect(({} as Record<string, unknown>).is_admin).toBeUndefined();
    },
  );
});
