import { argon2 } from "@orwatch/server/auth/passwords/hashing";
import { hashPassword } from "@orwatch/server/auth/passwords/password";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import {
  type Answer,
  type Caller,
  callerOf,
  type Harness,
  PASSWORD,
  request,
  startHarness,
  verify,
} from "../support/server/harness.ts";
import { enrol } from "../support/users/authenticator.ts";
import { codeOf } from "../support/users/totp.ts";

let harness: Harness;
let admin: Caller;
let tried = 0;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { TRUST_PROXY: "127.0.0.1" } });
  admin = await harness.createUser();
});
afterAll(async () => {
  process.stdout.write(`accounts: ${tried} requests in a race with a change of the account\n`);
  const faults = harness.logged.filter(({ level }) => level === "error");
  await harness.close();
  expect(faults).toEqual([]);
});
/** Every check of a password, which takes as long as in a server. */
const checks = vi.spyOn(argon2, "verify").mockImplementation(verify);
beforeEach(() => harness.sim.clock.advance(61_000));
afterEach(() => checks.mockClear());
afterAll(() => checks.mockRestore());

const ROUNDS = 8;
const queuedChecks = () => checks.mock.calls.length;
const finishedChecks = () => checks.mock.settledResults.filter(({ type }) => type !== "incomplete").length;
const waitUntil = (isTrue: () => boolean) =>
  vi.waitFor(() => expect(isTrue()).toBe(true), { timeout: 20_000, interval: 1 });
const logIn = (email: string, password = PASSWORD, address = "127.0.0.1") => {
  tried += 1;
  return request(`${harness.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address },
    body: JSON.stringify({ email, password }),
  });
};
/** A login that has checked the password and uses the result only after `resume`. */
async function logInUntilChecked(email: string, password: string) {
  let resume = () => {};
  const resumed = new Promise<void>((resolve) => {
    resume = resolve;
  });
  let isChecked = false;
  checks.mockImplementationOnce(async (hash, text) => {
    const isCorrect = await verify(hash, text);
    isChecked = true;
    await resumed;
    return isCorrect;
  });
  const loggingIn = logIn(email, password);
  await waitUntil(() => isChecked);
  return { loggingIn, resume };
}
const change = (caller: Caller, from: string, to: string) =>
  caller.put("/api/user/password", { current_password: from, new_password: to, new_password_confirm: to });

/** Runs `act` once logins are queued for hashing, and sends more of them meanwhile. */
async function raceLogIns(email: string, password: string, act: () => Promise<Answer>) {
  expect((await logIn(email, password)).status).toBe(200);
  const [queued, finished] = [queuedChecks(), finishedChecks()];
  const logIns = [logIn(email, password), logIn(email, password)];
  await waitUntil(() => queuedChecks() >= queued + 2);
  const acting = act();
  for (const count of [1, 2]) {
    await waitUntil(() => finishedChecks() >= finished + count);
    logIns.push(logIn(email, password));
  }
  return { acted: await acting, loggedIn: await Promise.all(logIns) };
}
const isAlive = async ({ body }: Answer) =>
  (await callerOf(() => harness.url, body.access_token).get("/api/user")).status === 200;

test("a login with the old password under way gives no session after a password change", async () => {
  const user = await harness.createUser();
  const { prisma } = harness.server.app.db;
  const { id: userId } = await prisma.user.findUniqueOrThrow({ where: { email: user.email } });
  let password = PASSWORD;
  for (let round = 0; round < ROUNDS; round++) {
    const next = `Another-Horse-${round}`;
    const passwordHash = await hashPassword(next);
    const { loggingIn, resume } = await logInUntilChecked(user.email, password);
    // As the command line does, which hashes in its own process.
    await prisma.user.update({ where: { id: userId }, data: { passwordHash } });
    await prisma.session.deleteMany({ where: { userId } });
    resume();
    const answer = await loggingIn;
    expect(answer.status, answer.text).toBe(401);
    expect(answer.body.reason).toBe("user_changed_during_login");
    expect(await prisma.session.count({ where: { userId } })).toBe(0);
    harness.sim.clock.advance(61_000);
    password = next;
  }
}, 60_000);

test("only one of several parallel password changes succeeds", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const user = await harness.createUser();
    const passwords = Array.from({ length: 4 }, (_, index) => `Another-Horse-${index}`);
    const answers = await Promise.all(passwords.map((to) => change(user, PASSWORD, to)));
    tried += answers.length;
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const made = answers.findIndex(({ status }) => status === 200);
    expect((await logIn(user.email, passwords[made])).status).toBe(200);
    harness.sim.clock.advance(61_000);
  }
}, 60_000);

test("deleting an account cancels logins under way and breaks nothing being created", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    harness.sim.clock.advance(61_000);
    const user = await harness.createUser();
    let isDeleted = false;
    const making = async () => {
      const made: Answer[] = [];
      // Until one turn after the deletion.
      for (let index = 0, isLast = false; !isLast; index++) {
        isLast = isDeleted;
        tried += 4;
        made.push(
          ...(await Promise.all([
            user.post("/api/tokens", { name: "t" }),
            user.post("/api/keys", { name: "k", key: `sk-or-v1-${round}-${index}` }),
            user.post("/api/channels", { kind: "webhook", name: "w", url: "https://example.com/x" }),
            user.post("/api/alerts/rules", { name: "r", kind: "key_state" }),
          ])),
        );
      }
      return made;
    };
    const made = making();
    const { acted, loggedIn } = await raceLogIns(user.email, PASSWORD, () =>
      user.post("/api/user/delete", { password: PASSWORD }).finally(() => {
        isDeleted = true;
      }),
    );
    expect(acted.status).toBe(204);
    for (const { status } of loggedIn) expect([200, 401]).toContain(status);
    for (const { status, text } of await made) expect([201, 400, 401, 404, 409, 429], text).toContain(status);
  }
}, 60_000);

test("a login under way while the user is deactivated gives no session after reactivation", async () => {
  const user = await harness.createUser();
  const { id } = (await user.get("/api/user")).body;
  for (let round = 0; round < ROUNDS; round++) {
    const { loggedIn } = await raceLogIns(user.email, PASSWORD, () =>
      admin.put(`/api/users/${id}`, { is_active: false }),
    );
    expect((await admin.put(`/api/users/${id}`, { is_active: true })).status).toBe(200);
    for (const answer of loggedIn) {
      expect([200, 401, 403]).toContain(answer.status);
      if (answer.status === 200) expect(await isAlive(answer)).toBe(false);
    }
  }
}, 60_000);

test("limits guesses of the first two-factor code to twenty an hour", async () => {
  const user = await harness.createUser();
  const { body } = await user.post("/api/user/second-factor", { password: PASSWORD });
  const right = codeOf(body.secret, harness.sim.clock.now());
  const wrong = Array.from({ length: 40 }, (_, index) => String(index).padStart(6, "0")).filter(
    (code) => code !== right,
  );
  const statuses = (await Promise.all(wrong.map((code) => user.post("/api/user/second-factor/enable", { code })))).map(
    ({ status }) => status,
  );
  tried += statuses.length;
  expect(statuses.filter((status) => status === 400)).toHaveLength(20);
  expect((await user.post("/api/user/second-factor/enable", { code: right })).status).toBe(429);
  harness.sim.clock.advance(3_601_000);
  await enrol(harness, user);
});

test("failed attempts of others do not block a signed-in user from confirming the password", async () => {
  const user = await harness.createUser();
  const guesses = await Promise.all(
    Array.from({ length: 8 }, (_, index) => logIn(user.email, "Wrong-Horse-99", `203.0.113.${index}`)),
  );
  expect(guesses.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  const elsewhere = (password: string) =>
    request(`${harness.url}/api/auth/reauthenticate`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${user.credential}`,
        "content-type": "application/json",
        "x-forwarded-for": "198.51.100.7",
      },
      body: JSON.stringify({ password }),
    });
  expect((await elsewhere(PASSWORD)).status).toBe(200);
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => elsewhere("Wrong-Horse-99")))).map(
    ({ status }) => status,
  );
  expect(
    statuses.filter((status) => status === 400),
    "the session has five tries of its own",
  ).toHaveLength(5);
});
