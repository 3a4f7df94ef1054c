import { type Message, message } from "@orwatch/messages/message";
import { resetPassword } from "@orwatch/server/auth/service";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addChannel, deliver, deliveriesOf, startMailServer } from "../support/alerts/channels.ts";
import { startReceiver } from "../support/alerts/receivers.ts";
import { expectNone } from "../support/checks/secrecy.ts";
import { type Caller, type Harness, PASSWORD, request, settle, startHarness } from "../support/server/harness.ts";
import { enrol, type Phone } from "../support/users/authenticator.ts";
import { subjectOf } from "./messages.ts";

let server: Awaited<ReturnType<typeof startMailServer>>;
let harness: Harness;
beforeAll(async () => {
  server = await startMailServer({ keepChannelNotifications: true });
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: {
      SMTP_URL: server.url,
      MAIL_FROM: "orwatch@example.com",
      PUBLIC_URL: "http://keys.example.com",
      ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8",
    },
    mail: { timeoutMs: 3000 },
  });
});
afterAll(async () => {
  await harness.close();
  await server.close();
});
beforeEach(() => {
  harness.sim.clock.advance(3_601_000);
  server.mails.length = 0;
});

const NEW_PASSWORD = "Another-Horse-10";
const change = (user: Caller, from = PASSWORD, to = NEW_PASSWORD, headers: Record<string, string> = {}) =>
  request(`${harness.url}/api/user/password`, {
    method: "PUT",
    headers: { authorization: `Bearer ${user.credential}`, "content-type": "application/json", ...headers },
    body: JSON.stringify({ current_password: from, new_password: to, new_password_confirm: to }),
  });
const confirm = (user: Caller, phone: Phone) =>
  user.post("/api/auth/reauthenticate", { password: PASSWORD, code: phone.next() });
const notified = async (user: Caller): Promise<{ kind: string; message: Message; items: { message: Message }[] }[]> => {
  await settle(harness);
  return (await user.get("/api/inbox")).body.items;
};
const subjects = () => server.mails.map(({ to, source }) => `${to}: ${/^Subject: (.*)$/m.exec(source)?.[1]}`);

test("changes of password, two-factor authentication and recovery codes are notified once by email and in the inbox", async () => {
  const user = await harness.createUser("ada@example.com");
  const phone = await enrol(harness, user);
  await confirm(user, phone);
  const { recovery_codes } = (await user.post("/api/user/second-factor/recovery-codes", {})).body;
  expect((await change(user)).status).toBe(200);
  expect((await user.post("/api/user/second-factor/disable", {})).status).toBe(200);
  const changes = ["two_factor_enabled", "recovery_codes_replaced", "password_changed", "two_factor_disabled"] as const;
  const notifications = (await notified(user)).reverse();
  const origin = { kind: "request", address: "127.0.0.1", device: "Node.js" } as const;
  expect(notifications).toMatchObject(
    changes.map((change) => ({
      kind: "account",
      message: message("account_changed_title", { change }),
      items: [{ message: message("account_changed", { change, origin }) }],
    })),
  );
  expect(notifications.every(({ items }) => items.length === 1)).toBe(true);
  expect(subjects().sort()).toEqual(changes.map((change) => `ada@example.com: ${subjectOf(change)}`).sort());
  const all = `${JSON.stringify(notifications)}${server.mails.map(({ source }) => source).join("")}`;
  expectNone(
    [PASSWORD, NEW_PASSWORD, phone.secret, ...phone.recoveryCodes, ...recovery_codes, user.credential],
    all,
    "a message",
  );
});

test("failed changes cause no notification", async () => {
  const user = await harness.createUser();
  expect((await change(user, "Wrong-Horse-99")).status).toBe(400);
  expect((await change(user, PASSWORD, "Password-2026!")).status).toBe(400);
  await user.post("/api/user/second-factor", { password: PASSWORD });
  expect((await user.post("/api/user/second-factor/enable", { code: "000000" })).status).toBe(400);
  expect((await user.post("/api/user/second-factor/disable", {})).status).toBe(409);
  expect(await notified(user)).toEqual([]);
  expect(server.mails).toEqual([]);
});

test("a reset on the command line is notified", async () => {
  const user = await harness.createUser("bea@example.com");
  await enrol(harness, user);
  await settle(harness);
  server.mails.length = 0;
  await resetPassword(harness.server.app, { email: user.email, password: NEW_PASSWORD, removeSecondFactor: true });
  await settle(harness);
  expect(subjects().sort()).toEqual(
    [`bea@example.com: ${subjectOf("password_reset")}`, `bea@example.com: ${subjectOf("two_factor_disabled")}`].sort(),
  );
  for (const { source } of server.mails) expect(source).toContain("s command line");
});

test("channels deliver security notifications in quiet hours, without a second email to the same address", async () => {
  const user = await harness.createUser("cy@example.com");
  const { id } = await addChannel(user, { kind: "email", address: "Cy@example.com" });
  const code = /(\d{6}) is your confirmation code/.exec(server.mails[0]?.source ?? "")?.[1];
  expect((await user.post(`/api/channels/${id}/confirm`, { code })).status).toBe(200);
  const quiet = { quiet_from: "00:00", quiet_to: "23:59" };
  expect((await user.put("/api/alerts/settings", quiet)).status).toBe(200);
  await settle(harness);
  server.mails.length = 0;
  await change(user);
  await settle(harness);
  await deliver(harness);
  expect(subjects()).toEqual([`cy@example.com: ${subjectOf("password_changed")}`]);
  await user.put(`/api/channels/${id}`, { is_active: false });
  await change(user, NEW_PASSWORD, PASSWORD);
  await settle(harness);
  expect(subjects()[1]).toBe(`cy@example.com: ${subjectOf("password_changed")}`);
});

test("deleting the channels right after a password change does not suppress its notification", async () => {
  const receiver = await startReceiver();
  const user = await harness.createUser("dee@example.com");
  const { id } = await addChannel(user, { kind: "email", address: "dee@example.com" });
  const code = /(\d{6}) is your confirmation code/.exec(server.mails.at(-1)?.source ?? "")?.[1];
  expect((await user.post(`/api/channels/${id}/confirm`, { code })).status).toBe(200);
  const hook = await addChannel(user, { kind: "webhook", url: receiver.url });
  await settle(harness);
  server.mails.length = 0;
  expect((await change(user)).status).toBe(200);
  for (const channel of [id, hook.id]) expect((await user.delete(`/api/channels/${channel}`)).status).toBe(204);
  await settle(harness);
  expect(subjects()).toEqual([`dee@example.com: ${subjectOf("password_changed")}`]);
  expect(receiver.received.map(({ body }) => JSON.parse(body).data.message)).toContainEqual(
    message("account_changed_title", { change: "password_changed" }),
  );
  await receiver.close();
});

test("a flood of one kind of notification does not suppress the email of another", async () => {
  const user = await harness.createUser();
  for (let index = 0; index < 7; index++)
    await addChannel(
      user,
      { kind: "slack", name: `s${index}`, url: `${harness.sim.url}/hook` },
      { keepNotification: true },
    );
  expect((await change(user)).status).toBe(200);
  await settle(harness);
  const ofChange = (change: Parameters<typeof subjectOf>[0]) =>
    subjects().filter((subject) => subject.endsWith(subjectOf(change)));
  expect(ofChange("channel_added")).toHaveLength(5);
  expect(ofChange("password_changed")).toHaveLength(1);
});

test("new and redirected channels are notified and recorded, but not to the channel itself", async () => {
  const receiver = await startReceiver();
  const user = await harness.createUser();
  const { id } = await addChannel(
    user,
    { kind: "webhook", url: receiver.url, name: "Mine" },
    { keepNotification: true },
  );
  await settle(harness);
  await deliver(harness);
  expect(subjects()).toEqual([`${user.email}: ${subjectOf("channel_added")}`]);
  expect(await deliveriesOf(user)).toEqual([]);
  await user.put(`/api/channels/${id}`, { url: `${receiver.url}/elsewhere` });
  await settle(harness);
  expect(subjects()[1]).toBe(`${user.email}: ${subjectOf("channel_changed")}`);
  await user.put(`/api/channels/${id}`, { wants_digest: false });
  await user.delete(`/api/channels/${id}`);
  const { items } = (await user.get("/api/user/activity")).body;
  const detail = { channel_id: id, name: "Mine", kind: "webhook" };
  expect(items.slice(0, 3)).toMatchObject([
    { kind: "channel_removed", detail },
    { kind: "channel_changed", detail },
    { kind: "channel_added", detail, address: "127.0.0.1" },
  ]);
  await receiver.close();
});

test("a deleted account is confirmed to its address", async () => {
  const user = await harness.createUser("eve@example.com");
  expect((await user.post("/api/user/delete", { password: PASSWORD })).status).toBe(204);
  await settle(harness);
  expect(subjects()).toEqual([`eve@example.com: ${subjectOf("account_deleted")}`]);
});

test("new accounts with one mailbox do not flood it, and older accounts keep their limit", async () => {
  const old = await harness.createUser("fay@example.com");
  harness.sim.clock.advance(25 * 3_600_000);
  for (let account = 0; account < 4; account++) {
    harness.sim.clock.advance(61_000);
    const user = await harness.createUser(`fay+${account}@example.com`);
    for (let index = 0; index < 4; index++)
      await addChannel(
        user,
        { kind: "slack", name: `s${index}`, url: `${harness.sim.url}/hook` },
        { keepNotification: true },
      );
  }
  await settle(harness);
  expect(server.mails).toHaveLength(10);
  expect((await change(old)).status).toBe(200);
  await settle(harness);
  expect(subjects().at(-1)).toBe(`fay@example.com: ${subjectOf("password_changed")}`);
});

test("security emails contain nothing of the client but address and kind of device", async () => {
  const user = await harness.createUser();
  const evil = '<a href="https://evil.example.com">Firefox/1</a> evil Linux';
  await change(user, PASSWORD, NEW_PASSWORD, { "user-agent": evil });
  await settle(harness);
  const source = server.mails[0]?.source ?? "";
  expect(source).not.toMatch(/evil/);
  expect(source).toContain("(Firefox, Linux)");
});

test("an account gets at most five security emails an hour", async () => {
  const user = await harness.createUser();
  const passwords = [PASSWORD, ...Array.from({ length: 7 }, (_, index) => `Another-Horse-${index}`)];
  for (let index = 0; index < 7; index++)
    expect((await change(user, passwords[index], passwords[index + 1])).status).toBe(200);
  await settle(harness);
  expect(server.mails).toHaveLength(5);
  expect(await notified(user)).toHaveLength(7);
});

test("a failing mail server blocks no change, is retried, and the inbox has the notification", async () => {
  const port = server.port;
  await server.close();
  const user = await harness.createUser();
  expect((await change(user)).status).toBe(200);
  server = await startMailServer({ port, keepChannelNotifications: true });
  expect(await notified(user)).toHaveLength(1);
  expect(server.mails).toHaveLength(1);
  await harness.restart({ SMTP_URL: "", MAIL_FROM: "" });
  expect((await change(user, NEW_PASSWORD, PASSWORD)).status).toBe(200);
  expect(await notified(user)).toHaveLength(2);
  expect(server.mails).toHaveLength(1);
});
