import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Answer, type Caller, type Harness, request, startHarness } from "../support/server/harness.ts";
import { enrol, type SignIn, signIn as signInWith } from "../support/users/authenticator.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { TRUST_PROXY: "127.0.0.1" } });
});
afterAll(() => harness.close());
beforeEach(() => harness.sim.clock.advance(3_601_000));

const signIn = (user: Caller, from: SignIn) => signInWith(harness, user, from);
const markOf = (answer: Answer) =>
  answer.headers.getSetCookie().find((cookie) => cookie.includes("orwatch_device=")) ?? "";
const bare = (cookie: string) => cookie.split(";")[0] as string;
/** Uses up the attempts that the account allows unknown clients. */
const besiege = (user: Caller) =>
  Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      signIn(user, { address: `203.0.113.${index}`, password: "Wrong-Horse-99" }),
    ),
  );

test("sets an HttpOnly device cookie once after a login", async () => {
  const user = await harness.createUser();
  const mark = markOf(await signIn(user, { address: "192.0.2.1" }));
  expect(mark).toMatch(/^orwatch_device=v1\.[\w.-]+; /);
  for (const attribute of ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"]) expect(mark).toContain(attribute);
  expect(markOf(await signIn(user, { address: "192.0.2.1", cookie: bare(mark) }))).toBe("");
  await harness.restart({ PUBLIC_URL: "https://keys.example.com" });
  const secure = markOf(await signIn(user, { address: "192.0.2.1" }));
  expect(secure).toMatch(/^__Host-orwatch_device=/);
  expect(secure).toContain("Secure");
  await harness.restart({ PUBLIC_URL: "" });
});

test("failed attempts of others do not lock out a known browser at any address", async () => {
  const user = await harness.createUser();
  const cookie = bare(markOf(await signIn(user, { address: "192.0.2.1" })));
  await besiege(user);
  expect((await signIn(user, { address: "198.51.100.1" })).status, "an unknown browser, elsewhere").toBe(429);
  expect((await signIn(user, { address: "198.51.100.1", cookie })).status).toBe(200);
  await harness.restart();
  await besiege(user);
  expect((await signIn(user, { address: "198.51.100.2", cookie })).status, "after a restart").toBe(200);
});

test("ignores device cookies that are foreign, forged or outdated, and never accepts one alone", async () => {
  const [user, other] = [await harness.createUser(), await harness.createUser()];
  const own = bare(markOf(await signIn(user, { address: "192.0.2.1" })));
  const foreign = bare(markOf(await signIn(other, { address: "192.0.2.1" })));
  const flipped = own.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  await besiege(user);
  for (const cookie of [
    foreign,
    flipped,
    "orwatch_device=",
    "orwatch_device=v1.x.y.z.w",
    `orwatch_device=${"x".repeat(4000)}`,
  ])
    expect((await signIn(user, { address: "198.51.100.1", cookie })).status, cookie.slice(0, 60)).toBe(429);
  const me = `${harness.url}/trpc/auth.me?input=%7B%7D`;
  const value = own.split("=")[1] as string;
  for (const cookie of [own, `orwatch_session=${value}`])
    expect((await request(me, { headers: { cookie } })).status).toBe(401);
  harness.sim.clock.advance(366 * 86_400_000);
  await besiege(user);
  expect((await signIn(user, { address: "198.51.100.1", cookie: own })).status, "a year later").toBe(429);
});

test("limits a known browser to five passwords a minute", async () => {
  const user = await harness.createUser();
  const cookie = bare(markOf(await signIn(user, { address: "192.0.2.1" })));
  const guesses = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      signIn(user, { address: `198.51.100.${index}`, cookie, password: "Wrong-Horse-99" }),
    ),
  );
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(7);
});

test("an attacker with the password only cannot lock out the owner's browser", async () => {
  const user = await harness.createUser();
  const phone = await enrol(harness, user);
  const cookie = bare(markOf(await signIn(user, { address: "192.0.2.1", code: phone.next() })));
  for (let minute = 0; minute < 5; minute++) {
    harness.sim.clock.advance(61_000);
    await Promise.all(
      Array.from({ length: 5 }, (_, index) => signIn(user, { address: `203.0.113.${index}`, code: "000000" })),
    );
  }
  harness.sim.clock.advance(61_000);
  expect((await signIn(user, { address: "198.51.100.1", code: phone.show() })).status).toBe(429);
  expect((await signIn(user, { address: "198.51.100.1", cookie, code: phone.next() })).status).toBe(200);
});
