import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDocument } from "../support/checks/document.ts";
import { issueToken, seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, PASSWORD, request, settle, startHarness } from "../support/server/harness.ts";
import { requestsFor } from "./arbitrary.ts";

/** Random requests per operation; `npm run prove:fuzz` tries 400. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 12);
const HANGS_MS = 15_000;

let harness: Harness;
let user: Caller;
let reader: Caller;
let victim: Caller;
let token: string;
const tried: Record<string, Record<number, number>> = {};

beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { RATE_LIMIT_REQUESTS: "1000000", MAX_API_KEYS_PER_USER: "10000", MAX_API_TOKENS_PER_USER: "1000" },
  });
  user = await harness.createUser();
  reader = await harness.createUser();
  token = (await issueToken(reader)).token;
  seedUsage(harness, { email: user.email, keys: ["three"], models: ["m"], through: "2026-03-10", days: 2 });
  seedUsage(harness, {
    email: reader.email,
    keys: ["one", "two"],
    models: ["openai/gpt-5", "=x"],
    through: "2026-03-10",
    days: 40,
  });
});
afterAll(async () => {
  await settle(harness);
  const total = Object.values(tried).flatMap((statuses) => Object.values(statuses));
  for (const [name, statuses] of Object.entries(tried)) {
    const count = Object.values(statuses).reduce((sum, n) => sum + n, 0);
    const summary = Object.entries(statuses).map(([status, n]) => `${status} × ${n}`);
    process.stdout.write(`fuzz ${name.padEnd(22)} ${String(count).padStart(5)} tries: ${summary.join(", ")}\n`);
  }
  process.stdout.write(
    `fuzz: ${total.reduce((sum, n) => sum + n, 0)} tries over ${Object.keys(tried).length} operations\n`,
  );
  const faults = harness.logged.filter(({ level }) => level === "error");
  await harness.close();
  expect(faults).toEqual([]);
});

const operations = Object.entries(readDocument().paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** Logs in again when a random request has ended the session, so that later requests are authenticated. */
async function stillIn(caller: Caller): Promise<Caller> {
  if ((await caller.get("/api/user")).status === 200) return caller;
  const answer = await request(`${harness.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: caller.email, password: PASSWORD }),
  });
  return { ...caller, credential: answer.body.access_token };
}

/** These operations hash passwords, which is slow, and end sessions, so they use a separate user. */
const isCostly = (name: string) => /^auth[A-Z]/.test(name) && name !== "authMe";

describe.each(operations)("$method $path", ({ path, method, operation }) => {
  const name = operation.operationId;
  test("answers random requests as documented, within the time limit and never with 5xx", {
    timeout: 600_000,
  }, async () => {
    tried[name] = {};
    if (isCostly(name)) {
      // Registrations are limited per minute.
      harness.sim.clock.advance(61_000);
      victim = await harness.createUser();
    }
    const isPublic = path.startsWith("/api/v1/");
    // Random writes use another user than random reads.
    // Random requests of an administrator may have deactivated users: activate them again.
    await harness.server.app.db.prisma.user.updateMany({ data: { isActive: true } });
    [user, reader] = [await stillIn(user), await stillIn(reader)];
    const session = isCostly(name) ? victim : /^(stats|auth)[A-Z]/.test(name) ? reader : user;
    const [own, other] = isPublic ? [token, reader.credential] : [session.credential, token];
    const credential = fc.oneof(
      { weight: 14, arbitrary: fc.constant(own) },
      { weight: 1, arbitrary: fc.constantFrom("", other, "nonsense", `or_api_${"z".repeat(64)}`) },
    );
    await fc.assert(
      fc.asyncProperty(requestsFor(path, operation), credential, async (made, bearer) => {
        // The clock advances, so that rate limits per address apply sometimes but not always.
        harness.sim.clock.advance(5_000);
        const hasBody = method === "POST" || method === "PUT";
        const answer = await request(`${harness.url}${made.target}`, {
          method,
          headers: { ...made.headers, ...(bearer === "" ? {} : { authorization: `Bearer ${bearer}` }) },
          ...(hasBody && made.body !== null ? { body: made.body } : {}),
          signal: AbortSignal.timeout(HANGS_MS),
        });
        tried[name]![answer.status] = (tried[name]![answer.status] ?? 0) + 1;
        expect(answer.status === 502 || answer.status < 500, `${method} ${made.target}: ${answer.text}`).toBe(true);
      }),
      { numRuns: isCostly(name) ? Math.ceil(RUNS / 4) : RUNS },
    );
  });
});
