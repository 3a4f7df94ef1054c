import { type Message, message } from "@orwatch/messages/message";
import { resetPassword } from "@orwatch/server/auth/service";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type Answer,
  type Caller,
  type Harness,
  PASSWORD,
  request,
  settle,
  startHarness,
} from "../support/server/harness.ts";
import { enrol, type SignIn, signIn as signInWith } from "../support/users/authenticator.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { TRUST_PROXY: "127.0.0.1" } });
});
afterAll(() => harness.close());
beforeEach(() => harness.sim.clock.advance(3_601_000));

const signIn = (user: Caller, from: SignIn) => signInWith(harness, user, from);
const markOf = (answer: Answer) =>
  (answer.headers.getSetCookie().find((cookie) => cookie.includes("orwatch_device=")) ?? "").split(";")[0] as string;
/** Number of wrong codes that were compared with the right one. */
const compared = (answers: Answer[]) => answers.filter(({ status }) => status === 401).length;
const NEW_PASSWORD = "Another-Horse-10";

test("browsers and addresses known from before two-factor authentication give no further guesses", async () => {
  const user = await harness.createUser();
  const marks: string[] = [];
  for (let index = 0; index < 25; index++) marks.push(markOf(await signIn(user, { address: "192.0.2.1" })));
  for (let index = 0; index < 12; index++) await signIn(user, { address: `2001:db8:${index}::1` });
  await enrol(harness, user);
  const answers: Answer[] = [];
  for (const cookie of marks) answers.push(await signIn(user, { address: "203.0.113.1", cookie, code: "000000" }));
  for (let index = 0; index < 12; index++)
    answers.push(await signIn(user, { address: `2001:db8:${index}::1`, code: "000000" }));
  for (let minute = 0; minute < 5; minute++) {
    harness.sim.clock.advance(61_000);
    for (let index = 0; index < 6; index++)
      answers.push(await signIn(user, { address: `198.51.100.${index}`, code: "000000" }));
  }
  expect(compared(answers)).toBeGreaterThan(5);
  expect(compared(answers)).toBeLessThanOrEqual(20);
}, 120_000);

test("during guessing, the owner logs in with a known browser or a recovery code and keeps existing sessions", async () => {
  const user = await harness.createUser();
  const phone = await enrol(harness, user);
  const cookie = markOf(await signIn(user, { address: "192.0.2.1", code: phone.next() }));
  harness.sim.clock.advance(3_601_000);
  const answers: Answer[] = [];
  for (let minute = 0; minute < 5; minute++) {
    harness.sim.clock.advance(61_000);
    for (let index = 0; index < 6; index++)
      answers.push(await signIn(user, { address: `203.0.113.${index}`, code: "000000" }));
  }
  expect(compared(answers)).toBe(15);
  harness.sim.clock.advance(61_000);
  const refused = await signIn(user, { address: "198.51.100.9", code: phone.show() });
  expect(refused.status).toBe(429);
  expect(refused.body.error.data.reason).toBe("too_many_codes");
  expect((await user.get("/api/user")).status).toBe(200);
  expect((await signIn(user, { address: "198.51.100.9", cookie, code: phone.show() })).status).toBe(200);
  const recovery = { address: "198.51.100.10", code: phone.recoveryCodes[0] as string };
  expect((await signIn(user, recovery)).status).toBe(200);
});

test("guessing codes does not limit logins with a password alone", async () => {
  const [user, plain] = [await harness.createUser(), await harness.createUser()];
  await enrol(harness, user);
  for (let minute = 0; minute < 5; minute++) {
    harness.sim.clock.advance(61_000);
    for (let index = 0; index < 6; index++) await signIn(user, { address: `203.0.113.${index}`, code: "000000" });
  }
  expect((await user.post("/api/user/delete", { password: "Wrong-Horse-99" })).body.code).toBe("REAUTHENTICATE");
  harness.sim.clock.advance(61_000);
  expect((await signIn(user, { address: "198.51.100.1" })).body.error.data.code).toBe("SECOND_FACTOR_REQUIRED");
  expect((await signIn(plain, { address: "198.51.100.2" })).status).toBe(200);
});

test("notifies the owner once of repeated wrong codes", async () => {
  const user = await harness.createUser();
  await enrol(harness, user);
  for (let minute = 0; minute < 3; minute++) {
    harness.sim.clock.advance(61_000);
    for (let index = 0; index < 4; index++) await signIn(user, { address: `203.0.113.${index}`, code: "000000" });
  }
  await settle(harness);
  const { items } = (await user.get("/api/inbox")).body;
  expect(items.map(({ message }: { message: Message }) => message)).toEqual([
    message("account_changed_title", { change: "two_factor_failing" }),
    message("account_changed_title", { change: "two_factor_enabled" }),
  ]);
});

test("an account remembers its last 20 browsers and addresses", async () => {
  const user = await harness.createUser();
  const first = markOf(await signIn(user, { address: "192.0.2.1" }));
  for (let index = 0; index < 25; index++) await signIn(user, { address: `192.0.2.${index + 10}` });
  const known = await harness.server.app.db.prisma.knownClient.groupBy({
    by: ["kind"],
    where: { user: { email: user.email } },
    _count: true,
  });
  expect(known.map(({ kind, _count }) => [kind, _count]).sort()).toEqual([
    ["address", 20],
    ["device", 20],
  ]);
  for (let index = 0; index < 6; index++)
    await signIn(user, { address: `203.0.113.${index}`, password: "Wrong-Horse-99" });
  expect((await signIn(user, { address: "198.51.100.1", cookie: first })).status).toBe(429);
  expect((await signIn(user, { address: "192.0.2.34" })).status).toBe(200);
}, 60_000);

test.each([
  [
    "a new password",
    async (user: Caller) => {
      const fields = { new_password: NEW_PASSWORD, new_password_confirm: NEW_PASSWORD };
      expect((await user.put("/api/user/password", { current_password: PASSWORD, ...fields })).status).toBe(200);
    },
  ],
  ["two-factor authentication switched on", async (user: Caller) => void (await enrol(harness, user))],
  [
    "a password reset on the command line",
    async ({ email }: Caller) =>
      void (await resetPassword(harness.server.app, { email, password: NEW_PASSWORD, removeSecondFactor: false })),
  ],
])("%s forgets the known browsers", async (_name, change) => {
  const user = await harness.createUser();
  const cookie = markOf(await signIn(user, { address: "192.0.2.1" }));
  await change(user);
  for (let index = 0; index < 6; index++)
    await signIn(user, { address: `203.0.113.${index}`, password: "Wrong-Horse-99" });
  expect((await signIn(user, { address: "198.51.100.1", cookie, password: NEW_PASSWORD })).status).toBe(429);
});

test("remembers the browser that changed the password", async () => {
  const user = await harness.createUser();
  const answer = await signIn(user, { address: "192.0.2.1" });
  const cookie = answer.headers
    .getSetCookie()
    .map((text) => text.split(";")[0])
    .join("; ");
  const changed = await request(`${harness.url}/trpc/auth.changePassword`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": "192.0.2.1", cookie },
    body: JSON.stringify({
      current_password: PASSWORD,
      new_password: NEW_PASSWORD,
      new_password_confirm: NEW_PASSWORD,
    }),
  });
  expect(changed.status).toBe(200);
  for (let index = 0; index < 6; index++)
    await signIn(user, { address: `203.0.113.${index}`, password: "Wrong-Horse-99" });
  const mark = [...changed.headers.getSetCookie(), markOf(answer)]
    .find((text) => text.includes("device="))
    ?.split(";")[0];
  const again = await signIn(user, { address: "198.51.100.1", cookie: mark as string, password: NEW_PASSWORD });
  expect(again.status).toBe(200);
});
