import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startMailServer } from "../support/alerts/channels.ts";
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
import { enrol, logInWith } from "../support/users/authenticator.ts";
import { cookieOf } from "../support/users/passkey.ts";

const SITE = "http://keys.example.com";
const NEW_PASSWORD = "Another-Horse-10";

let server: Awaited<ReturnType<typeof startMailServer>>;
let harness: Harness;
beforeAll(async () => {
  server = await startMailServer();
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { SMTP_URL: server.url, MAIL_FROM: "orwatch@example.com", PUBLIC_URL: SITE },
    mail: { timeoutMs: 3000 },
  });
});
afterAll(async () => {
  await harness.close();
  await server.close();
});
beforeEach(async () => {
  // Emails of the test before may still be on their way.
  await settle(harness);
  harness.sim.clock.advance(3_601_000);
  server.mails.length = 0;
});

const call = (name: string, input: unknown, headers: Record<string, string> = {}) =>
  request(`${harness.url}/trpc/auth.${name}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(input),
  });
const asUser = (caller: Caller, name: string, input: unknown) => call(name, input, cookieOf(caller));
const errorOf = ({ status, body }: Answer) => [status, body.error.data.reason];
const dataOf = (answer: Answer) => {
  expect(answer.status, answer.text).toBe(200);
  return answer.body.result.data;
};

/** Text of an email, decoded, and the token of its link. */
function readMail(to: string, page: string) {
  const mail = server.mails.findLast(
    (it) => it.to.includes(to) && decode(it.source).includes(`${SITE}/${page}#token=`),
  );
  const text = decode(mail?.source ?? "");
  const [, token = ""] = new RegExp(`${SITE}/${page}#token=([\\w-]{43})`).exec(text) ?? [];
  return { text, token };
}
const decode = (source: string) =>
  Buffer.from(
    // The mail server has decoded "=" itself, so a token after it may begin like an encoded character.
    source
      .replace(/=\r?\n/g, "")
      .replace(/(?<!#token)=([\dA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");

const ask = async (email: string, language = "en") => {
  const answer = await call("requestPasswordReset", { email, language });
  await settle(harness);
  return answer;
};
const reset = (token: string, password = NEW_PASSWORD) =>
  call("resetPassword", { token, new_password: password, new_password_confirm: password });
const kinds = async (caller: Caller) =>
  (await caller.get("/api/user/activity")).body.items.map(({ kind }: { kind: string }) => kind);

describe("password reset by email", () => {
  test("a link sets a new password once, ends all sessions and is noticed by the user", async () => {
    const user = await harness.createUser();
    expect((await ask(user.email.toUpperCase())).status).toBe(200);
    const { token, text } = readMail(user.email, "reset-password");
    expect(text).toContain("Subject: [orwatch] Choose a new password");
    expect(text).toContain("30 minutes");
    dataOf(await reset(token));
    expect((await user.get("/api/user")).status).toBe(401);
    expect((await logInWith(harness, { email: user.email, password: PASSWORD })).status).toBe(401);
    const { body } = await logInWith(harness, { email: user.email, password: NEW_PASSWORD });
    expect(errorOf(await reset(token))).toEqual([400, "email_link_unusable"]);
    await settle(harness);
    const again = callerOf(() => harness.url, body.access_token, user.email);
    expect(await kinds(again)).toEqual(expect.arrayContaining(["password_reset_requested", "password_reset_by_email"]));
    expect(server.mails.map(({ source }) => /^Subject: (.*)$/m.exec(source)?.[1])).toContain(
      "[orwatch] Your password was reset",
    );
  });

  test("the response is the same for unknown addresses and does not wait for the search", async () => {
    const user = await harness.createUser();
    const known = await call("requestPasswordReset", { email: user.email, language: "en" });
    expect(server.mails).toHaveLength(0);
    const unknown = await call("requestPasswordReset", { email: "nobody@example.com", language: "en" });
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    await settle(harness);
    expect(server.mails.map(({ to }) => to)).toEqual([[user.email]]);
  });

  test("stores only the hash of a token, and neither the log nor an address has it", async () => {
    const user = await harness.createUser();
    await ask(user.email);
    const { token } = readMail(user.email, "reset-password");
    const rows = harness.server.app.db.reader.prepare("SELECT * FROM password_resets").all();
    expect(JSON.stringify(rows)).not.toContain(token);
    dataOf(await reset(token));
    expect(JSON.stringify(harness.logged)).not.toContain(token);
  });

  test("a link expires after 30 minutes and is replaced by a newer one", async () => {
    const user = await harness.createUser();
    await ask(user.email);
    const first = readMail(user.email, "reset-password").token;
    await ask(user.email);
    const second = readMail(user.email, "reset-password").token;
    expect(second).not.toBe(first);
    expect(errorOf(await reset(first))).toEqual([400, "email_link_unusable"]);
    harness.sim.clock.advance(30 * 60_000);
    expect(errorOf(await reset(second))).toEqual([400, "email_link_unusable"]);
  });

  test("of five simultaneous uses one succeeds", async () => {
    const user = await harness.createUser();
    await ask(user.email);
    const { token } = readMail(user.email, "reset-password");
    const all = await Promise.all(Array.from({ length: 5 }, () => reset(token)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("a common password does not use up the link, a password change does", async () => {
    const user = await harness.createUser();
    await ask(user.email);
    const { token } = readMail(user.email, "reset-password");
    expect((await reset(token, "Password-123!")).status).toBe(400);
    const change = { current_password: PASSWORD, new_password: NEW_PASSWORD, new_password_confirm: NEW_PASSWORD };
    expect((await user.put("/api/user/password", change)).status).toBe(200);
    expect(errorOf(await reset(token))).toEqual([400, "email_link_unusable"]);
  });

  test("two-factor authentication is still required afterwards", async () => {
    const user = await harness.createUser();
    const phone = await enrol(harness, user);
    await ask(user.email);
    dataOf(await reset(readMail(user.email, "reset-password").token));
    const login = { email: user.email, password: NEW_PASSWORD };
    expect((await logInWith(harness, login)).body.code).toBe("SECOND_FACTOR_REQUIRED");
    expect((await logInWith(harness, { ...login, code: phone.next() })).status).toBe(200);
  });

  test("a deactivated user gets no link", async () => {
    const user = await harness.createUser();
    const { prisma } = harness.server.app.db;
    await prisma.user.update({ where: { email: user.email }, data: { isActive: false } });
    expect((await ask(user.email)).status).toBe(200);
    expect(server.mails).toEqual([]);
  });

  test("limits requests per address, emails per mailbox, and guesses", async () => {
    const user = await harness.createUser();
    const statuses: number[] = [];
    for (let index = 0; index < 6; index++) statuses.push((await ask(user.email)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect(server.mails).toHaveLength(3);
    const guesses: number[] = [];
    for (let index = 0; index < 12; index++) guesses.push((await reset(`guess-${index}`)).status);
    expect(guesses.filter((status) => status === 400)).toHaveLength(10);
    expect(guesses.slice(-2)).toEqual([429, 429]);
  });

  test("the email is in the language of the page", async () => {
    const user = await harness.createUser();
    await ask(user.email, "it");
    expect(readMail(user.email, "reset-password").text).toContain("Scegli una nuova password");
  });

  test("the link leads to PUBLIC_URL whatever Host says, and without PUBLIC_URL there is none", async () => {
    const user = await harness.createUser();
    await call("requestPasswordReset", { email: user.email, language: "en" }, { "x-forwarded-host": "evil.example" });
    await settle(harness);
    expect(readMail(user.email, "reset-password").token).not.toBe("");
    expect(server.mails[0]?.source).not.toContain("evil.example");
    await harness.restart({ PUBLIC_URL: "" });
    expect(errorOf(await ask(user.email))).toEqual([403, "email_links_off"]);
    const { can_reset_password } = (await request(`${harness.url}/trpc/auth.settings`)).body.result.data;
    expect(can_reset_password).toBe(false);
    await harness.restart();
  });
});

describe("change of the email address", () => {
  const change = async (user: Caller, email: string) => {
    await user.post("/api/auth/reauthenticate", { password: PASSWORD });
    return asUser(user, "requestEmailChange", { email, language: "en" });
  };
  const confirm = (token: string) => call("confirmEmailChange", { token });
  const account = async (user: Caller) =>
    (await request(`${harness.url}/trpc/auth.account?input=%7B%7D`, { headers: cookieOf(user) })).body.result.data;

  test.each([
    ["the old address first", true],
    ["the new address first", false],
  ])("needs the links of both addresses: %s", async (_order, isOldFirst) => {
    const user = await harness.createUser();
    const next = `new-${isOldFirst}@example.com`;
    expect(errorOf(await asUser(user, "requestEmailChange", { email: next, language: "en" }))).toEqual([
      403,
      "confirmation_required",
    ]);
    dataOf(await change(user, next.toUpperCase()));
    expect((await account(user)).pending_email).toBe(next);
    const [old, fresh] = [readMail(user.email, "confirm-email"), readMail(next, "confirm-email")];
    expect(old.text).toContain(`from ${user.email} to ${next}`);
    const [one, two] = isOldFirst ? [old, fresh] : [fresh, old];
    expect(dataOf(await confirm(one.token))).toEqual({ is_changed: false, waits_for: isOldFirst ? "new" : "old" });
    expect(errorOf(await confirm(one.token))).toEqual([400, "email_link_unusable"]);
    expect((await user.get("/api/user")).body.email).toBe(user.email);
    expect(dataOf(await confirm(two.token))).toEqual({ is_changed: true, waits_for: null });
    await settle(harness);
    expect(await account(user)).toMatchObject({ email: next, pending_email: null });
    expect((await logInWith(harness, { email: next, password: PASSWORD })).status).toBe(200);
    expect((await logInWith(harness, { email: user.email, password: PASSWORD })).status).toBe(401);
    expect(await kinds(user)).toEqual(expect.arrayContaining(["email_change_requested", "email_changed"]));
    const told = server.mails.filter(({ source }) => source.includes("Your email address was changed"));
    expect(told.map(({ to }) => to)).toEqual([[user.email]]);
  });

  test("an address of another user is not disclosed until both links are used, and is not taken over", async () => {
    const [ada, bea] = [await harness.createUser(), await harness.createUser()];
    dataOf(await change(ada, bea.email));
    const [old, fresh] = [readMail(ada.email, "confirm-email"), readMail(bea.email, "confirm-email")];
    dataOf(await confirm(old.token));
    expect(errorOf(await confirm(fresh.token))).toEqual([409, "email_taken"]);
    expect((await ada.get("/api/user")).body.email).toBe(ada.email);
    expect((await bea.get("/api/user")).body.email).toBe(bea.email);
  });

  test("a newer request, a cancellation, a new password and 30 minutes end the links", async () => {
    const user = await harness.createUser();
    const tokens = () => [
      readMail(user.email, "confirm-email").token,
      readMail("next@example.com", "confirm-email").token,
    ];
    const ends: [string, () => Promise<unknown>][] = [
      ["a newer request", () => change(user, "other@example.com")],
      ["a cancellation", () => asUser(user, "cancelEmailChange", {})],
      ["30 minutes", async () => harness.sim.clock.advance(30 * 60_000)],
      [
        "a new password",
        () =>
          user.put("/api/user/password", {
            current_password: PASSWORD,
            new_password: NEW_PASSWORD,
            new_password_confirm: NEW_PASSWORD,
          }),
      ],
    ];
    for (const [what, end] of ends) {
      harness.sim.clock.advance(3_601_000);
      dataOf(await change(user, "next@example.com"));
      const before = tokens();
      await end();
      for (const token of before) expect(errorOf(await confirm(token)), what).toEqual([400, "email_link_unusable"]);
    }
    expect((await account(user)).pending_email).toBeNull();
  });

  test("the present address is rejected, and a failing mail server changes nothing", async () => {
    const user = await harness.createUser();
    expect((await change(user, user.email)).status).toBe(400);
    await harness.restart({ SMTP_URL: "smtp://127.0.0.1:9" });
    const answer = await change(user, "next@example.com");
    expect([answer.status, answer.body.error.data.reason]).toEqual([502, "email_link_not_sent"]);
    expect((await account(user)).pending_email).toBeNull();
    await harness.restart();
  });
});
