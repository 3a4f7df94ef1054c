import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import {
  type Answer,
  type Caller,
  callerOf,
  type Harness,
  PASSWORD,
  request,
  settle,
  startHarness,
} from "../support/server/harness.ts";
import { callProcedure } from "../support/users/person.ts";

let harness: Harness;
let user: Caller;
const tried: Record<string, number> = {};
const count = (what: string, times = 1) => {
  tried[what] = (tried[what] ?? 0) + times;
};

beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { TRUST_PROXY: "127.0.0.1", MAX_API_KEYS_PER_USER: "3", MAX_API_TOKENS_PER_USER: "3" },
  });
  user = await harness.createUser("ada@example.com");
}, 60_000);
beforeEach(() => harness.sim.clock.advance(61_000));
afterAll(async () => {
  const total = Object.values(tried).reduce((sum, times) => sum + times, 0);
  const each = Object.entries(tried).map(([what, times]) => `${what} ${times}`);
  process.stdout.write(`attacks on accounts: ${total} inputs tried (${each.join(", ")})\n`);
  const faults = harness.logged.filter(({ level }) => level === "error");
  await harness.close();
  expect(faults).toEqual([]);
});

/** Sends a request as if from `address`, through the trusted proxy. */
const from = (address: string, where: string, body: unknown) =>
  request(`${harness.url}${where}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address },
    body: JSON.stringify(body),
  });
const logIn = (address: string, email: string, password: string) =>
  from(address, "/api/auth/login", { email, password });
const statusesOf = (answers: Answer[]) => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

describe("passwords", () => {
  test("passwords of one account can be tried five times a minute, without locking out its owner", async () => {
    expect((await logIn("198.51.100.1", user.email, PASSWORD)).status).toBe(200);
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, index) => logIn(`203.0.113.${index}`, user.email, `Guess-number-${index}`)),
    );
    count("passwords for one account", answers.length);
    expect(statusesOf(answers)).toEqual({ 401: 5, 429: 115 });
    expect((await logIn("198.51.100.1", user.email, PASSWORD)).status, "from where they are known").toBe(200);
  }, 60_000);

  test("passwords can be tried from one address five times a minute over all accounts", async () => {
    const answers = await Promise.all(
      Array.from({ length: 80 }, (_, index) => logIn("203.0.113.250", `person${index}@example.com`, PASSWORD)),
    );
    count("accounts from one address", answers.length);
    expect(statusesOf(answers)).toEqual({ 401: 5, 429: 75 });
  }, 60_000);

  test("attempts of an IPv6 /64 count as one client, and a forged X-Forwarded-For is ignored", async () => {
    const v6 = await Promise.all(
      Array.from({ length: 20 }, (_, index) => logIn(`2001:db8:1:2::${index + 1}`, `v6-${index}@example.com`, "x")),
    );
    const forged = await Promise.all(
      Array.from({ length: 20 }, (_, index) => logIn(`10.9.8.${index}, 203.0.113.77`, `f-${index}@example.com`, "x")),
    );
    count("forged addresses", v6.length + forged.length);
    expect([statusesOf(v6)[401], statusesOf(forged)[401]]).toEqual([5, 5]);
  }, 60_000);

  test("many logins at once do not delay requests for static files", async () => {
    let done = 0;
    const flood = Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const answer = await logIn(`203.0.${index}.1`, `flood${index}@example.com`, "x");
        done += 1;
        return answer;
      }),
    );
    // Files are read on the same threads that hash passwords.
    for (let turn = 0; turn < 5; turn++) expect((await request(`${harness.url}/docs/swagger-ui.css`)).status).toBe(200);
    expect(done, "all five came while log-ins were still waiting").toBeLessThan(60);
    const answers = await flood;
    count("log-ins at once", answers.length);
    expect(statusesOf(answers)).toEqual({ 401: 60 });
  }, 60_000);

  test("an unknown address takes as long as a wrong password", async () => {
    const rounds = 24;
    const measure = async (email: string, round: number) => {
      const started = performance.now();
      await logIn(`192.0.2.${round}`, email, "Wrong-Horse-99");
      return performance.now() - started;
    };
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      harness.sim.clock.advance(61_000);
      const order = round % 2 === 0 ? (["known", "unknown"] as const) : (["unknown", "known"] as const);
      for (const kind of order)
        times[kind].push(await measure(kind === "known" ? user.email : `nobody${round}@example.com`, round));
    }
    count("timings", rounds * 2);
    // Share of pairs in which the known address took longer: about a half when times do not differ, whatever else runs.
    const slower = times.known.flatMap((known) => times.unknown.map((unknown) => (known > unknown ? 1 : 0) as number));
    const share = slower.reduce((sum, one) => sum + one, 0) / slower.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.85);
  }, 60_000);
});

describe("tokens", () => {
  test("tokens can be guessed thirty times a minute, and similar ones are rejected", async () => {
    const { token } = await issueToken(user);
    const near = [
      token.slice(0, -1),
      `${token}A`,
      token.toUpperCase(),
      token.toLowerCase(),
      token.replace("or_api_", "or_api-"),
      token.slice(7),
      `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`,
      `${token}%00`,
      `or_api_${"A".repeat(64)}`,
      `or_api_${"%".repeat(64)}`,
      "or_api_' OR 1=1 --",
    ];
    for (const guess of near) {
      const { status } = await callerOf(() => harness.url, guess).get("/api/v1/keys");
      expect(status, guess).toBe(401);
    }
    harness.sim.clock.advance(61_000);
    const guesses = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        callerOf(() => harness.url, `or_api_${String(index).padStart(64, "x")}`).get("/api/v1/keys"),
      ),
    );
    count("tokens", near.length + guesses.length);
    expect(statusesOf(guesses)).toEqual({ 401: 30, 429: 170 });
    expect((await callerOf(() => harness.url, token).get("/api/v1/keys")).status, "the real one still works").toBe(200);
  });
});

describe("limits of parallel requests", () => {
  const ten = <T>(work: (index: number) => Promise<T>) => {
    count("races", 10);
    return Promise.all(Array.from({ length: 10 }, (_, index) => work(index)));
  };

  test("ten parallel registrations of one email address in ten spellings create one user", async () => {
    const spell = (index: number) => (index % 2 ? "Race@Example.COM" : "ｒａｃｅ@example.com");
    const body = (index: number) => ({ email: spell(index), password: PASSWORD, password_confirm: PASSWORD });
    const answers = await ten((index) => from(`198.51.100.${index + 20}`, "/api/auth/register", body(index)));
    expect(statusesOf(answers)).toEqual({ 201: 1, 409: 9 });
  });

  test("parallel registrations from one address never exceed the limit", async () => {
    const body = (index: number) => ({
      email: `r${index}@example.com`,
      password: PASSWORD,
      password_confirm: PASSWORD,
    });
    const answers = await ten((index) => from("198.51.100.99", "/api/auth/register", body(index)));
    expect(statusesOf(answers)).toEqual({ 201: 5, 429: 5 });
  });

  test("parallel additions of ten keys, and of one key ten times, never exceed the limit", async () => {
    const person = await harness.createUser("keys@example.com");
    const account = harness.sim.ledger.addAccount();
    const keys = Array.from({ length: 10 }, () => harness.sim.ledger.addKey(account.id));
    const answers = await ten((index) => person.post("/api/keys", { name: "k", key: keys[index]?.secret }));
    expect(statusesOf(answers)).toEqual({ 201: 3, 409: 7 });
    expect((await person.get("/api/keys")).body.total).toBe(3);
    const other = await harness.createUser("same@example.com");
    const same = await ten(() => other.post("/api/keys", { name: "k", key: keys[0]?.secret }));
    expect(statusesOf(same)).toEqual({ 201: 1, 409: 9 });
    await settle(harness);
  });

  test("parallel requests with API tokens never exceed the limit, over REST and tRPC", async () => {
    const person = await harness.createUser("tokens@example.com");
    const headers = { cookie: `orwatch_session=${person.credential}` };
    const issue = (index: number) =>
      index % 2
        ? person.post("/api/tokens", { name: "t" })
        : callProcedure(harness, { name: "tokens.issue", isQuery: false, input: { name: "t" }, headers });
    const answers = await ten(issue);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(3);
    expect((await person.get("/api/tokens")).body).toHaveLength(3);
  });

  test("one of ten parallel deletions of a key succeeds, the others are 404", async () => {
    const person = await harness.createUser("gone@example.com");
    const key = harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id);
    const { id } = (await person.post("/api/keys", { name: "k", key: key.secret })).body;
    await settle(harness);
    expect(statusesOf(await ten(() => person.delete(`/api/keys/${id}`)))).toEqual({ 204: 1, 404: 9 });
  });
});
