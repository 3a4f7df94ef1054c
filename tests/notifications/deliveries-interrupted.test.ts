import { claimDue } from "@orwatch/server/notifications/outbox/claim";
import { startDeliveries } from "@orwatch/server/notifications/outbox/dispatch";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addChannel, deliver, deliveriesOf, notify } from "../support/alerts/channels.ts";
import { type Receiver, startReceiver } from "../support/alerts/receivers.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let receiver: Receiver;
beforeEach(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" },
  });
  user = await harness.createUser();
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver.close();
  await harness.close();
});

const ids = () => receiver.received.map(({ headers }) => headers["webhook-id"]);

test("a delivery interrupted by a crash is sent by the next process under the same id, a test is not", async () => {
  const { id } = await addChannel(user, { kind: "webhook", url: receiver.url });
  await notify(harness, user, "Hi");
  const [claimed] = await claimDue(harness.server.app, []);
  await harness.server.app.db.prisma.delivery.create({
    data: {
      channelId: id,
      kind: "test",
      messageId: "msg_test",
      state: "sending",
      createdAt: harness.sim.clock.now(),
      nextTryAt: harness.sim.clock.now(),
      claimedUntil: harness.sim.clock.now(),
    },
  });
  await harness.restart();
  await deliver(harness);
  expect(receiver.received).toEqual([]);
  harness.sim.clock.advance(61_000);
  await deliver(harness);
  expect(ids()).toEqual([claimed?.messageId]);
  expect(await deliveriesOf(user)).toMatchObject([
    { state: "delivered", attempts: 2 },
    { kind: "test", state: "failed", last_error_message: { code: "delivery_interrupted" } },
  ]);
});

test("deliveries that do not finish at shutdown are sent after the next start", async () => {
  await addChannel(user, { kind: "webhook", url: `${receiver.url}/slow` });
  await addChannel(user, { kind: "webhook", url: `${receiver.url}/never` });
  const arrived = new Promise<void>((resolve) =>
    receiver.answer((res, { path }) => {
      if (path === "/slow") setTimeout(() => res.writeHead(200).end(), 150);
      if (receiver.received.length === 2) resolve();
    }),
  );
  const running = startDeliveries(harness.server.app);
  await notify(harness, user, "Hi");
  void deliver(harness);
  await arrived;
  await running.stop(300);
  expect(
    (await deliveriesOf(user)).map(({ state, attempts }: { state: string; attempts: number }) => [state, attempts]),
  ).toEqual([
    ["delivered", 1],
    ["waiting", 0],
  ]);
  receiver.answer((res) => res.writeHead(200).end());
  await harness.restart();
  await deliver(harness);
  expect(receiver.received).toHaveLength(3);
  expect(new Set(ids()).size).toBe(2);
});

test("a clock that jumps neither delays nor repeats deliveries", async () => {
  await addChannel(user, { kind: "webhook", url: receiver.url });
  receiver.answer((res) => res.writeHead(500).end());
  harness.sim.clock.set(new Date("2027-01-01T00:00:00Z"));
  await notify(harness, user, "Hi");
  await deliver(harness);
  receiver.answer((res) => res.writeHead(200).end());
  harness.sim.clock.set(new Date("2026-03-11T12:00:00Z"));
  await deliver(harness);
  expect(await deliveriesOf(user)).toMatchObject([{ state: "delivered", attempts: 2 }]);
  harness.sim.clock.set(new Date("2028-01-01T00:00:00Z"));
  await deliver(harness);
  expect(receiver.received).toHaveLength(2);
});

test("a server that sleeps for days after a failure does not turn the channel off", async () => {
  const channel = await addChannel(user, { kind: "webhook", url: receiver.url });
  receiver.answer((res) => res.writeHead(500).end());
  await notify(harness, user, "Hi");
  await deliver(harness);
  harness.sim.clock.advance(3 * 86_400_000);
  await deliver(harness);
  receiver.answer((res) => res.writeHead(200).end());
  harness.sim.clock.advance(120_000);
  await deliver(harness);
  expect(await deliveriesOf(user)).toMatchObject([{ state: "delivered", attempts: 3 }]);
  const after = await harness.server.app.db.prisma.channel.findUniqueOrThrow({ where: { id: channel.id } });
  expect(after).toMatchObject({ isActive: true, offReason: null });
});
