import { message } from "@orwatch/messages/message";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addChannel, deliver, deliveriesOf, notify } from "../support/alerts/channels.ts";
import { type Received, type Receiver, startReceiver } from "../support/alerts/receivers.ts";
import { expectNone, readFolder, readLog } from "../support/checks/secrecy.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let other: Caller;
let receiver: Receiver;
beforeAll(async () => {
  harness = await startHarness({
    sim: { now: new Date().toISOString() },
    env: { ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8", PUBLIC_URL: "https://keys.example.com" },
  });
  [user, other] = [await harness.createUser(), await harness.createUser()];
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await harness.close();
});

const last = () => receiver.received.at(-1) as Received;
const verify = (secret: string, { body, headers }: Received) =>
  new Webhook(secret).verify(body, headers as Record<string, string>);
const BOT = "123456789:AAEhBOweik6ad9r_zWxC-0123456789abcd";

describe("a webhook", () => {
  test("a webhook has a signature that the Standard Webhooks library accepts, and only unaltered", async () => {
    const channel = await addChannel(user, { kind: "webhook", url: `${receiver.url}/hook/very-secret-path` });
    expect(channel).toMatchObject({ status: "ok", is_active: true, wants_alerts: true, wants_digest: false });
    expect(channel.signing_secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const notice = await notify(harness, user, "A budget of 5 € is passed");
    await deliver(harness);
    expect(verify(channel.signing_secret, last())).toMatchObject({
      type: "notice.alert",
      data: { title: "A budget of 5 € is passed", url: "https://keys.example.com/alerts" },
    });
    expect(() => verify(channel.signing_secret, { ...last(), body: last().body.replace("passed", "kept") })).toThrow();
    const [delivery] = await deliveriesOf(user);
    expect(delivery).toMatchObject({
      kind: "notice",
      notice_id: notice,
      title: "A budget of 5 € is passed",
      state: "delivered",
      attempts: 1,
      last_status: 204,
      last_error: null,
      next_try_at: null,
      message_id: last().headers["webhook-id"],
    });
    await user.delete(`/api/channels/${channel.id}`);
    expect(await deliveriesOf(user)).toEqual([]);
  });

  test("a webhook is signed with both secrets for a day after a rotation, then with the new one", async () => {
    const { id, signing_secret: first } = await addChannel(user, { kind: "webhook", url: receiver.url });
    const rotated = await user.post(`/api/channels/${id}/rotate-secret`);
    const second = rotated.body.signing_secret;
    expect(second).not.toBe(first);
    await user.post(`/api/channels/${id}/test`);
    expect(last().headers["webhook-signature"]).toMatch(/^v1,\S+ v1,\S+$/);
    for (const secret of [first, second]) expect(verify(secret, last())).toMatchObject({ type: "test" });
    expect((await user.get(`/api/channels/${id}`)).body.previous_secret_until).toBe(rotated.body.previous_secret_until);
    harness.sim.clock.advance(24 * 3_600_000 + 1000);
    await user.post(`/api/channels/${id}/test`);
    expect(last().headers["webhook-signature"]).toMatch(/^v1,\S+$/);
    expect((await user.get(`/api/channels/${id}`)).body.previous_secret_until).toBeNull();
    await user.delete(`/api/channels/${id}`);
  });

  test("a webhook is the only channel with a secret to rotate", async () => {
    const { id, signing_secret } = await addChannel(user, { kind: "slack", url: `${receiver.url}/services/T0/B0/x` });
    expect(signing_secret).toBeNull();
    expect((await user.post(`/api/channels/${id}/rotate-secret`)).status).toBe(409);
    await user.delete(`/api/channels/${id}`);
  });
});

test("each chat service receives its own format at its own address", async () => {
  const made = [
    await addChannel(user, { kind: "slack", url: `${receiver.url}/services/T0/B0/hush` }),
    await addChannel(user, { kind: "discord", url: `${receiver.url}/api/webhooks/1/hush` }),
    await addChannel(user, { kind: "telegram", url: receiver.url, bot_token: BOT, chat_id: "-1001" }),
    await addChannel(user, { kind: "ntfy", url: receiver.url, topic: "alerts-hush", access_token: "tk_hush" }),
  ];
  const before = receiver.received.length;
  await notify(harness, user, "Hi");
  await deliver(harness);
  const got = receiver.received
    .slice(before)
    .map(({ path, headers, body }) => ({ path, body: JSON.parse(body), headers }));
  expect(got.sort((a, b) => a.path.localeCompare(b.path))).toMatchObject([
    {
      path: "/",
      headers: { authorization: "Bearer tk_hush" },
      body: { topic: "alerts-hush", title: "Hi", message: "• Hi, in detail" },
    },
    {
      path: "/api/webhooks/1/hush",
      body: { content: expect.stringContaining("**Hi**"), allowed_mentions: { parse: [] } },
    },
    { path: `/bot${BOT}/sendMessage`, body: { chat_id: "-1001", text: expect.stringContaining("<b>Hi</b>") } },
    { path: "/services/T0/B0/hush", body: { text: expect.stringContaining("*Hi*") } },
  ]);
  expect(made.map(({ target }) => target.replace(/\d+(?=\/)/, "PORT"))).toEqual([
    "http://127.0.0.1:PORT/…",
    "http://127.0.0.1:PORT/…",
    "chat -1001",
    "http://127.0.0.1:PORT/ale…",
  ]);
  for (const { id } of made) await user.delete(`/api/channels/${id}`);
});

test("credentials of channels are in no response, log or file, even when a receiver echoes them", async () => {
  const path = "/hooks/a-very-secret-path";
  const made = [
    await addChannel(user, { kind: "webhook", url: `${receiver.url}${path}?k=a-secret-query` }),
    await addChannel(user, { kind: "telegram", url: receiver.url, bot_token: BOT, chat_id: "@somebody" }),
    await addChannel(user, {
      kind: "ntfy",
      url: receiver.url,
      topic: "hidden-topic",
      access_token: "tk_a-secret-token",
    }),
  ];
  receiver.answer((res, request) =>
    res.writeHead(500).end(`no: ${request.path} ${request.headers.authorization} ${request.body}\u0000\u001b[31m`),
  );
  await notify(harness, user, "Hi");
  await deliver(harness);
  for (const { id } of made) await user.post(`/api/channels/${id}/test`);
  receiver.answer((res) => res.writeHead(204).end());
  const shown = [
    (await user.get("/api/channels")).text,
    (await user.get("/api/deliveries?limit=100")).text,
    (await user.get("/api/user")).text,
  ].join("\n");
  expect(shown).toContain("[secret]");
  expect(shown).not.toMatch(/\\u0000|\\u001b/);
  const secrets = [BOT, path, "a-secret-query", "hidden-topic", "tk_a-secret-token", made[0].signing_secret];
  expectNone(secrets, shown, "an answer");
  expectNone(secrets, readLog(harness), "the log");
  expectNone(secrets, readFolder(harness), "a file");
  for (const { id } of made) await user.delete(`/api/channels/${id}`);
});

test("swapped ciphertexts of two channels decrypt neither", async () => {
  const made = [
    await addChannel(user, { kind: "webhook", url: `${receiver.url}/one` }),
    await addChannel(user, { kind: "webhook", url: `${receiver.url}/two` }),
    await addChannel(user, { kind: "webhook", url: `${receiver.url}/three` }),
  ];
  const { db } = harness.server.app;
  const rows = await db.prisma.channel.findMany({ orderBy: { id: "desc" }, take: 3 });
  for (const [from, to] of [
    [1, 2],
    [2, 1],
  ] as const)
    await db.prisma.channel.update({
      where: { id: rows[to]!.id },
      data: { settingsEncrypted: rows[from]!.settingsEncrypted },
    });
  const before = receiver.received.length;
  await notify(harness, user, "Hi");
  await deliver(harness);
  expect(receiver.received.slice(before).map(({ path }) => path)).toEqual(["/three"]);
  expect((await user.post(`/api/channels/${made[0].id}/test`)).body).toMatchObject({
    state: "failed",
    last_error_message: { code: "channel_undecryptable" },
  });
  expect((await user.post(`/api/channels/${made[0].id}/rotate-secret`)).status).toBe(409);
  for (const { id } of made) await user.delete(`/api/channels/${id}`);
});

test("channels and deliveries of another user are not found", async () => {
  const { id } = await addChannel(user, { kind: "webhook", url: receiver.url });
  await notify(harness, user, "Hi");
  await deliver(harness);
  const [{ id: delivery }] = await deliveriesOf(user);
  const answers = [
    await other.get(`/api/channels/${id}`),
    await other.put(`/api/channels/${id}`, { name: "mine" }),
    await other.post(`/api/channels/${id}/test`),
    await other.post(`/api/channels/${id}/code`),
    await other.post(`/api/channels/${id}/confirm`, { code: "123456" }),
    await other.post(`/api/channels/${id}/rotate-secret`),
    await other.post(`/api/deliveries/${delivery}/retry`),
    await other.delete(`/api/channels/${id}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual(Array(answers.length).fill(404));
  expect((await other.get("/api/channels")).body).toMatchObject({
    items: [],
    total: 0,
    max: 10,
    email_available: false,
  });
  expect((await other.get(`/api/deliveries?channel_id=${id}`)).body).toEqual({ items: [], total: 0 });
  await user.delete(`/api/channels/${id}`);
});

test("a test returns its result, works for a channel that is off, and is rate-limited", async () => {
  const { id } = await addChannel(user, { kind: "webhook", url: receiver.url });
  receiver.answer((res) => res.writeHead(418).end("I am a teapot"));
  await user.put(`/api/channels/${id}`, { is_active: false });
  expect((await user.post(`/api/channels/${id}/test`)).body).toMatchObject({
    kind: "test",
    state: "failed",
    last_status: 418,
    last_answer: "I am a teapot",
    last_error: "127.0.0.1 responded with status 418.",
    last_error_message: message("host_unexpected_status", { host: "127.0.0.1", status: 418 }),
  });
  receiver.answer((res) => res.writeHead(204).end());
  harness.sim.clock.advance(61_000);
  const statuses: number[] = [];
  for (let turn = 0; turn < 12; turn++) statuses.push((await user.post(`/api/channels/${id}/test`)).status);
  expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
  await user.delete(`/api/channels/${id}`);
});

test("a channel that is off or wants no alerts receives nothing, and turning it off drops pending deliveries", async () => {
  const { id } = await addChannel(user, { kind: "webhook", url: receiver.url });
  const tomorrow = new Date(harness.server.app.clock.now().getTime() + 24 * 3_600_000);
  await notify(harness, user, "for tomorrow", { deliverAt: tomorrow });
  await notify(harness, user, "for the inbox only", { deliverAt: null });
  expect(await deliveriesOf(user)).toMatchObject([{ state: "waiting", next_try_at: tomorrow.toISOString() }]);
  expect((await user.put(`/api/channels/${id}`, { is_active: false })).body).toMatchObject({ status: "off" });
  expect(await deliveriesOf(user)).toMatchObject([{ state: "dropped", next_try_at: null }]);
  await notify(harness, user, "while it is off");
  await user.put(`/api/channels/${id}`, { is_active: true, wants_alerts: false });
  await notify(harness, user, "not wanted");
  expect(await deliveriesOf(user)).toHaveLength(1);
  const answer = await user.put(`/api/channels/${id}`, { wants_digest: true });
  expect([answer.status, answer.body.reason]).toEqual([409, "channel_digest_needs_email"]);
  await user.delete(`/api/channels/${id}`);
});

test("channels are in the data export and are deleted with the account", async () => {
  const person = await harness.createUser();
  await addChannel(person, { kind: "webhook", url: `${receiver.url}/gone` });
  await notify(harness, person, "Hi");
  expect((await person.post("/api/user/delete", { password: "Correct-Horse-9" })).status).toBe(204);
  await deliver(harness);
  expect(receiver.received.filter(({ path }) => path === "/gone")).toEqual([]);
});
