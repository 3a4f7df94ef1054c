import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addChannel, deliver, deliveriesOf, notify, startMailServer } from "../support/alerts/channels.ts";
import { type Receiver, startReceiver } from "../support/alerts/receivers.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let receiver: Receiver;
let user: Caller;
let users = 0;
beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" },
  });
  receiver = await startReceiver();
});
beforeEach(async () => {
  harness.sim.clock.advance(61_000);
  users += 1;
  user = await harness.createUser(`edits${users}@example.com`);
  receiver.received.length = 0;
  receiver.answer((res) => res.writeHead(200).end("{}"));
});
afterAll(async () => {
  await harness.close();
  await receiver.close();
});

const BOT = `123456789:${"a".repeat(35)}`;
const OTHER_BOT = `987654321:${"b".repeat(35)}`;
const edit = async (id: number, change: object) => (await user.put(`/api/channels/${id}`, change)).body;
async function sendOne() {
  receiver.received.length = 0;
  await notify(harness, user, "Hi");
  await deliver(harness);
  return receiver.received.map(({ path, headers, body }) => ({ path, headers, body: JSON.parse(body) }));
}

test("a Telegram channel keeps its token while chat and topic change, and writes to the topic", async () => {
  const fields = { kind: "telegram", url: receiver.url, bot_token: BOT, chat_id: "-100", message_thread_id: 42 };
  const created = await addChannel(user, fields);
  expect(created).toMatchObject({ chat_id: "-100", message_thread_id: 42, target: "chat -100, topic 42" });
  expect(await sendOne()).toMatchObject([
    { path: `/bot${BOT}/sendMessage`, body: { chat_id: "-100", message_thread_id: 42 } },
  ]);

  const edited = await edit(created.id, { name: "Ops", chat_id: "-200", message_thread_id: null, bot_token: "" });
  expect(edited).toMatchObject({ name: "Ops", chat_id: "-200", message_thread_id: null, target: "chat -200" });
  const [message] = await sendOne();
  expect(message).toMatchObject({ path: `/bot${BOT}/sendMessage`, body: { chat_id: "-200" } });
  expect(message?.body).not.toHaveProperty("message_thread_id");

  await edit(created.id, { bot_token: OTHER_BOT });
  expect(await sendOne()).toMatchObject([{ path: `/bot${OTHER_BOT}/sendMessage`, body: { chat_id: "-200" } }]);
});

test("a webhook keeps its signing secret when its address changes", async () => {
  const { id } = await addChannel(user, { kind: "webhook", url: `${receiver.url}/old` });
  const before = harness.server.app.db.reader
    .prepare("SELECT settings_encrypted FROM channels WHERE id = ?")
    .pluck()
    .get(id);
  expect(await edit(id, { url: `${receiver.url}/new` })).not.toHaveProperty("signing_secret");
  expect(await sendOne()).toMatchObject([
    { path: "/new", headers: { "webhook-signature": expect.stringMatching(/^v1,/) } },
  ]);
  expect(before).not.toBe(
    harness.server.app.db.reader.prepare("SELECT settings_encrypted FROM channels WHERE id = ?").pluck().get(id),
  );
});

test("an access token is kept, changed and removed", async () => {
  const { id } = await addChannel(user, { kind: "ntfy", url: receiver.url, topic: "alerts", access_token: "tk_first" });
  const sent = async () => (await sendOne()).map(({ headers, body }) => [body.topic, headers.authorization]);
  await edit(id, { topic: "other", access_token: "" });
  expect(await sent()).toEqual([["other", "Bearer tk_first"]]);
  await edit(id, { access_token: "tk_second" });
  expect(await sent()).toEqual([["other", "Bearer tk_second"]]);
  await edit(id, { access_token: null });
  expect(await sent()).toEqual([["other", undefined]]);
});

test("a stored secret is not sent to another server until it is entered again", async () => {
  const { id } = await addChannel(user, { kind: "telegram", url: receiver.url, bot_token: BOT, chat_id: "1" });
  const thief = "http://127.0.0.1:9999";
  const refused = await user.put(`/api/channels/${id}`, { url: thief });
  expect([refused.status, refused.body.issues?.[0]?.path]).toEqual([400, "bot_token"]);
  expect((await user.put(`/api/channels/${id}`, { url: thief, bot_token: OTHER_BOT })).status).toBe(200);
  const ntfy = await addChannel(user, { kind: "ntfy", url: receiver.url, topic: "a", access_token: "tk_first" });
  expect((await user.put(`/api/channels/${ntfy.id}`, { url: thief })).status).toBe(400);
  expect((await user.put(`/api/channels/${ntfy.id}`, { url: thief, access_token: null })).status).toBe(200);
});

test("settings of another kind and forbidden addresses are rejected without a change", async () => {
  const { id } = await addChannel(user, { kind: "slack", url: `${receiver.url}/services/x` });
  for (const [change, path] of [
    [{ chat_id: "1" }, "chat_id"],
    [{ address: "a@example.com" }, "address"],
    [{ url: "ftp://example.com" }, "url"],
    [{ message_thread_id: 0 }, "message_thread_id"],
  ] as const) {
    const { status, body } = await user.put(`/api/channels/${id}`, { name: "Changed", ...change });
    expect([status, body.issues?.[0]?.path], JSON.stringify(change)).toEqual([400, path]);
  }
  expect((await user.get(`/api/channels/${id}`)).body.name).toBe("slack");
});

test("a channel that was turned off by failures is turned on by new settings, and failed deliveries can be retried", async () => {
  const { id } = await addChannel(user, { kind: "slack", url: `${receiver.url}/old` });
  receiver.answer((res, { path }) =>
    path === "/old" ? res.writeHead(404).end("no_service") : res.writeHead(200).end("ok"),
  );
  await sendOne();
  expect((await user.get(`/api/channels/${id}`)).body.status).toBe("off");
  expect(await edit(id, { url: `${receiver.url}/new` })).toMatchObject({ status: "ok", is_active: true });
  const [failed] = await deliveriesOf(user);
  expect((await user.post(`/api/deliveries/${failed.id}/retry`)).status).toBe(200);
  await deliver(harness);
  expect(await deliveriesOf(user)).toMatchObject([{ state: "delivered" }]);
});

test("a channel that its owner turned off stays off when it is edited", async () => {
  const { id } = await addChannel(user, { kind: "slack", url: `${receiver.url}/old` });
  await edit(id, { is_active: false });
  expect(await edit(id, { url: `${receiver.url}/new` })).toMatchObject({ status: "off", is_active: false });
});

test("a rejection by the old address does not turn off an edited channel", async () => {
  const { id } = await addChannel(user, { kind: "webhook", url: `${receiver.url}/old` });
  let release = () => {};
  const arrived = new Promise<void>((resolve) =>
    receiver.answer((res, { path }) => {
      if (path !== "/old") return void res.writeHead(200).end();
      release = () => void res.writeHead(410).end();
      resolve();
    }),
  );
  await notify(harness, user, "Hi");
  const delivering = deliver(harness);
  await arrived;
  await edit(id, { url: `${receiver.url}/new` });
  release();
  await delivering;
  await deliver(harness);
  expect((await user.get(`/api/channels/${id}`)).body).toMatchObject({ status: "ok" });
  expect(await deliveriesOf(user)).toMatchObject([{ state: "delivered" }]);
});

test("a new email address receives nothing until its code is entered", async () => {
  const mailServer = await startMailServer();
  const mailing = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { SMTP_URL: mailServer.url, MAIL_FROM: "orwatch@example.com" },
  });
  try {
    const owner = await mailing.createUser();
    const { id } = await addChannel(owner, { kind: "email", address: "first@example.com" });
    const codeOf = (to: string) =>
      /Subject: \[orwatch\] (\d{6})/.exec(
        mailServer.mails.filter((mail) => mail.to.includes(to)).at(-1)?.source ?? "",
      )?.[1];
    expect((await owner.post(`/api/channels/${id}/confirm`, { code: codeOf("first@example.com") })).status).toBe(200);
    const edited = await owner.put(`/api/channels/${id}`, { address: "second@example.com" });
    expect(edited.body).toMatchObject({ status: "unconfirmed", target: "second@example.com" });
    await notify(mailing, owner, "Hi");
    await deliver(mailing);
    expect(mailServer.mails.filter(({ source }) => source.includes("] Hi"))).toEqual([]);
    expect(
      (await owner.post(`/api/channels/${id}/confirm`, { code: codeOf("second@example.com") })).body,
    ).toMatchObject({
      status: "ok",
    });
    await notify(mailing, owner, "Hi again");
    await deliver(mailing);
    expect(mailServer.mails.at(-1)).toMatchObject({ to: ["second@example.com"] });
  } finally {
    await mailing.close();
    await mailServer.close();
  }
});

test("with two-factor authentication new settings require confirmation, a new name does not", async () => {
  const { id } = await addChannel(user, { kind: "webhook", url: `${receiver.url}/old` });
  await harness.server.app.db.prisma.user.updateMany({ where: { email: user.email }, data: { totpSecret: "-" } });
  const moved = await user.put(`/api/channels/${id}`, { url: `${receiver.url}/new` });
  expect([moved.status, moved.body.code]).toEqual([403, "REAUTHENTICATE"]);
  expect((await user.put(`/api/channels/${id}`, { name: "On call" })).status).toBe(200);
});

test("responses contain no secrets", async () => {
  const { id } = await addChannel(user, { kind: "telegram", url: receiver.url, bot_token: BOT, chat_id: "1" });
  const answers = [await user.put(`/api/channels/${id}`, { bot_token: OTHER_BOT }), await user.get("/api/channels")];
  for (const { text } of answers) expect(text).not.toMatch(/a{35}|b{35}/);
});
