import { message } from "@orwatch/messages/message";
import { removeOldDeliveries } from "@orwatch/server/notifications/outbox/deliveries";
import { rotateSecrets } from "@orwatch/server/secrets/reencrypt";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addChannel, deliver, deliveriesOf, notify, passTime } from "../support/alerts/channels.ts";
import { type Receiver, startReceiver } from "../support/alerts/receivers.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let receiver: Receiver;
beforeEach(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" },
    outgoing: { timeoutMs: 800 },
  });
  user = await harness.createUser();
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver.close();
  await harness.close();
});

const ids = () => receiver.received.map(({ headers }) => headers["webhook-id"]);
const channelOf = async (id: number) => (await user.get(`/api/channels/${id}`)).body;
const notificationsOf = () =>
  harness.server.app.db.prisma.notification.findMany({
    where: { team: { personalUser: { email: user.email } } },
    orderBy: { id: "asc" },
  });

test("a receiver that answers 500 for a day gets retries under one id, then the channel is turned off and its owner notified", async () => {
  const { id } = await addChannel(user, { kind: "webhook", url: receiver.url, name: "On call" });
  receiver.answer((res) => res.writeHead(500).end("out of order"));
  await notify(harness, user, "A budget is passed");
  await deliver(harness);
  expect(await channelOf(id)).toMatchObject({ status: "failing", is_active: true });
  expect(await deliveriesOf(user)).toMatchObject([
    { state: "waiting", attempts: 1, last_status: 500, last_answer: "out of order" },
  ]);
  await passTime(harness, 23);
  expect(await channelOf(id)).toMatchObject({ status: "failing", is_active: true });
  await passTime(harness, 2);
  expect(new Set(ids()).size).toBe(1);
  expect(receiver.received.length).toBeGreaterThanOrEqual(9);
  expect(receiver.received.length).toBeLessThanOrEqual(12);
  expect(await deliveriesOf(user)).toMatchObject([{ state: "failed", next_try_at: null }]);
  expect(await channelOf(id)).toMatchObject({
    status: "off",
    is_active: false,
    status_reason: {
      code: "channel_failing_for_a_day",
      params: { cause: { code: "host_unexpected_status", params: { host: "127.0.0.1", status: 500 } } },
    },
  });
  expect(await notificationsOf()).toMatchObject([
    { title: JSON.stringify(message("legacy_text", { text: "A budget is passed" })) },
    {
      kind: "channel",
      title: JSON.stringify(message("channel_turned_off_title", { channel_id: id, channel: "On call" })),
      items: expect.stringContaining("channel_failing_for_a_day"),
    },
  ]);
  const tries = receiver.received.length;
  await passTime(harness, 24, 60);
  expect(receiver.received).toHaveLength(tries);
});

test("another channel reports a channel that was turned off, and 410 turns one off at once", async () => {
  const gone = await addChannel(user, { kind: "webhook", url: `${receiver.url}/gone`, name: "Old" });
  await addChannel(user, { kind: "webhook", url: `${receiver.url}/alive` });
  receiver.answer((res, { path }) => res.writeHead(path === "/gone" ? 410 : 200).end());
  await notify(harness, user, "Hi");
  await deliver(harness);
  expect(await channelOf(gone.id)).toMatchObject({ status: "off", status_reason: { code: "channel_receiver_gone" } });
  const titles = receiver.received
    .filter(({ path }) => path === "/alive")
    .map(({ body }) => JSON.parse(body).data.message);
  expect(titles).toEqual([
    message("legacy_text", { text: "Hi" }),
    message("channel_turned_off_title", { channel_id: gone.id, channel: "Old" }),
  ]);
});

test("a single message rejected for a day does not turn off a working channel", async () => {
  const { id } = await addChannel(user, { kind: "webhook", url: receiver.url });
  receiver.answer((res, { body }) => res.writeHead(body.includes("poison") ? 400 : 200).end());
  await notify(harness, user, "poison");
  for (let hour = 0; hour < 26; hour += 2) {
    await notify(harness, user, `at ${hour}`);
    await passTime(harness, 2, 30);
  }
  expect(await channelOf(id)).toMatchObject({ is_active: true });
  const deliveries = await deliveriesOf(user);
  expect(deliveries[0]).toMatchObject({ state: "failed", last_status: 400 });
  expect(deliveries.slice(1).map(({ state }: { state: string }) => state)).toEqual(Array(13).fill("delivered"));
});

test("a receiver that recovers gets missed messages, and the channel is ok again", async () => {
  const { id } = await addChannel(user, { kind: "webhook", url: receiver.url });
  receiver.answer((res) => res.writeHead(503, { "retry-after": "1800" }).end());
  await notify(harness, user, "Hi");
  await deliver(harness);
  await passTime(harness, 0.4, 4);
  expect(receiver.received).toHaveLength(1);
  receiver.answer((res) => res.writeHead(200).end());
  await passTime(harness, 0.3, 4);
  expect(receiver.received).toHaveLength(2);
  expect(await channelOf(id)).toMatchObject({
    status: "ok",
    failing_since: null,
    last_delivered_at: expect.any(String),
  });
});

test("a failed delivery can be retried under its id, a delivered one cannot", async () => {
  const { id } = await addChannel(user, { kind: "webhook", url: receiver.url });
  receiver.answer((res) => res.writeHead(500).end());
  await notify(harness, user, "Hi");
  await deliver(harness);
  await passTime(harness, 25, 60);
  const [{ id: delivery }] = await deliveriesOf(user);
  expect((await user.post(`/api/deliveries/${delivery}/retry`)).status).toBe(409);
  expect((await user.put(`/api/channels/${id}`, { is_active: true })).body).toMatchObject({
    status: "ok",
    failing_since: null,
  });
  receiver.answer((res) => res.writeHead(200).end());
  expect((await user.post(`/api/deliveries/${delivery}/retry`)).body).toMatchObject({ state: "waiting" });
  await deliver(harness);
  expect(new Set(ids()).size).toBe(1);
  expect(await deliveriesOf(user, "&state=delivered")).toHaveLength(1);
  expect((await user.post(`/api/deliveries/${delivery}/retry`)).status).toBe(409);
});

test("receivers that never answer delay no other channel, and each channel gets one request at a time", async () => {
  const hole = await startReceiver();
  hole.answer(() => {});
  const users = await Promise.all(Array.from({ length: 12 }, () => harness.createUser().catch(() => null)));
  const people = users.filter((person) => person !== null);
  for (const person of people)
    for (let n = 0; n < 3; n++) await addChannel(person, { kind: "webhook", url: `${hole.url}/${n}` });
  for (const person of people) for (let n = 0; n < 2; n++) await notify(harness, person, "into the hole");
  const first = deliver(harness);
  await addChannel(user, { kind: "webhook", url: receiver.url });
  for (let n = 0; n < 5; n++) await notify(harness, user, `${n}`);
  await first;
  // The holes' second messages wait beside those of channels that work.
  harness.sim.clock.advance(10_000);
  for (const person of people) await notify(harness, person, "into the hole again");
  for (let n = 5; n < 10; n++) await notify(harness, user, `${n}`);
  let haveHolesTimedOut = false;
  const second = deliver(harness).then(() => {
    haveHolesTimedOut = true;
  });
  while (receiver.received.length < 10) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(haveHolesTimedOut).toBe(false);
  await second;
  expect(receiver.received.map(({ body }) => JSON.parse(body).data.title)).toEqual(
    Array.from({ length: 10 }, (_, n) => `${n}`),
  );
  expect(receiver.peak()).toBe(1);
  expect(hole.peak()).toBeLessThanOrEqual(32);
  await hole.close();
});

test("concurrent dispatches send nothing twice", async () => {
  await addChannel(user, { kind: "webhook", url: receiver.url });
  for (let n = 0; n < 20; n++) await notify(harness, user, `${n}`);
  await Promise.all(Array.from({ length: 8 }, () => deliver(harness)));
  expect(receiver.received).toHaveLength(20);
  expect(new Set(ids()).size).toBe(20);
});

test("a deactivated user receives nothing", async () => {
  await addChannel(user, { kind: "webhook", url: receiver.url });
  await notify(harness, user, "Hi");
  await harness.server.app.db.prisma.user.updateMany({ data: { isActive: false } });
  await deliver(harness);
  expect(receiver.received).toEqual([]);
});

test("finished deliveries are kept for 30 days, pending ones until they finish", async () => {
  await addChannel(user, { kind: "webhook", url: receiver.url });
  await notify(harness, user, "Hi");
  await deliver(harness);
  await notify(harness, user, "later", { deliverAt: new Date("2026-04-30T00:00:00Z") });
  harness.sim.clock.advance(29 * 86_400_000);
  expect(await removeOldDeliveries(harness.server.app)).toBe(0);
  harness.sim.clock.advance(2 * 86_400_000);
  expect(await removeOldDeliveries(harness.server.app)).toBe(1);
  expect(await deliveriesOf(user)).toMatchObject([{ title: "later", state: "waiting" }]);
});

test("channels work while ENCRYPTION_KEY is rotated and afterwards", async () => {
  const before = "a-key-for-tests-of-more-than-32-characters";
  const after = "another-key-for-tests-of-more-than-32-characters";
  await addChannel(user, { kind: "webhook", url: receiver.url });
  await harness.restart({ ENCRYPTION_KEY: after, ENCRYPTION_KEY_PREVIOUS: before });
  await notify(harness, user, "between");
  await deliver(harness);
  expect(await rotateSecrets(harness.server.app)).toBe(1);
  await harness.restart({ ENCRYPTION_KEY: after });
  await notify(harness, user, "after");
  await deliver(harness);
  expect(await deliveriesOf(user)).toMatchObject([{ state: "delivered" }, { state: "delivered" }]);
});
