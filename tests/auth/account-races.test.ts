import { hashPassword } from "@orwatch/server/auth/passwords/password";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type Answer,
  type Caller,
  callerOf,
  type Harness,
  PASSWORD,
  request,
  startHarness,
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
beforeEach(() => harness.sim.clock.advance(61_000));

const ROUNDS = 8;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const logIn = (email: string, password = PASSWORD, address = "127.0.0.1") => {
  tried += 1;
  return request(`${harness.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address },
    body: JSON.stringify({ email, password }),
  });
};
const change = (caller: Caller, from: string, to: string) =>
  caller.put("/api/user/password", { current_password: from, new_password: to, new_password_confirm: to });

/** Runs `act` once logins are queued for hashing, and sends more of them meanwhile. */
async function raceLogIns(email: string, password: string, act: () => Promise<Answer>) {
  const started = performance.now();
  expect((await logIn(email, password)).status).toBe(200);
  const hashMs = performance.now() - started;
  const logIns = [logIn(email, password), logIn(email, password)];
  await pause(hashMs / 4);
  const acting = act();
  for (let index = 0; index < 2; index++) {
    await pause(hashMs * 0.8);
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
    const busy = Promise.all(Array.from({ length: 4 }, () => hashPassword("x")));
    const loggingIn = logIn(user.email, password);
    await pause(30);
    // As the command line does, which hashes in its own process.
    await prisma.user.update({ where: { id: userId }, data: { passwordHash } });
    await prisma.session.deleteMany({ where: { userId } });
    const answer = await loggingIn;
    expect(answer.status, answer.text).toBe(401);
    expect(await prisma.session.count({ where: { userId } })).toBe(0);
    await busy;
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
    const making = async () => {
      const made: Answer[] = [];
      for (let index = 0; index < 4; index++) {
        await pause(5);
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
      user.post("/api/user/delete", { password: PASSWORD }),
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
