import { randomUUID } from "node:crypto";
import type { Language } from "@orwatch/messages/languages";
import { message } from "@orwatch/messages/message";
import type { z } from "zod";
import type { App } from "../../app.ts";
import { storedInstant } from "../../platform/clock.ts";
import { AppError } from "../../rpc/app-error.ts";
import { DELIVERY_PARTS, toDeliveryOutput } from "../channels/output.ts";
import type { listDeliveriesInput } from "../channels/schema.ts";
import { getOwnedChannel } from "../channels/service.ts";
import { decryptSettings } from "../channels/settings.ts";
import { removeOldUnsubscribeLinks } from "../channels/unsubscribe.ts";
import { guard } from "../channels/verification-code.ts";
import { renderNotification } from "../providers/notification.ts";
import { noteSuccess } from "./claim.ts";
import { notSent, sendAndFollow } from "./send.ts";

const TESTS = { requests: 10, windowS: 60 };
const CLAIM_MS = 60_000;
/** How long finished deliveries are kept. */
const KEEP_DELIVERIES_DAYS = 30;

/** Deliveries, newest first. */
export async function listDeliveries(app: App, input: z.output<typeof listDeliveriesInput> & { teamId: number }) {
  const where = {
    channel: { teamId: input.teamId },
    ...(input.channel_id === undefined ? {} : { channelId: input.channel_id }),
    ...(input.notice_id === undefined ? {} : { notificationId: input.notice_id }),
    ...(input.state === undefined ? {} : { state: input.state }),
  };
  const [items, total] = await Promise.all([
    app.db.prisma.delivery.findMany({
      where,
      include: DELIVERY_PARTS,
      orderBy: { id: "desc" },
      skip: input.skip,
      take: input.limit,
    }),
    app.db.prisma.delivery.count({ where }),
  ]);
  return { items: items.map((delivery) => toDeliveryOutput(delivery, app.clock.now())), total };
}

/**
 * Sends one test message now, also through a channel that is off, and returns the delivery.
 * @throws CONFLICT if its address is not confirmed
 * @throws TOO_MANY_REQUESTS
 */
export async function testChannel(app: App, input: { teamId: number; id: number }) {
  const channel = await getOwnedChannel(app, input);
  if (channel.confirmedAt === null) throw new AppError("CONFLICT", message("channel_not_confirmed", {}));
  guard(app, `channel-test:${input.teamId}`, TESTS);
  const settings = decryptSettings(app.cipher, channel.settingsEncrypted, channel);
  const now = app.clock.now();
  const { id, messageId } = await app.db.prisma.delivery.create({
    data: {
      channelId: channel.id,
      kind: "test",
      messageId: `msg_${randomUUID().replaceAll("-", "")}`,
      state: "sending",
      attempts: 1,
      createdAt: now,
      nextTryAt: now,
      claimedUntil: new Date(now.getTime() + CLAIM_MS),
      firstTriedAt: now,
      lastTriedAt: now,
    },
  });
  const { attempt } = settings
    ? await sendAndFollow(app, {
        settings,
        channel: { ...channel, encrypted: channel.settingsEncrypted },
        notification: renderNotification({
          messageId,
          kind: "test",
          title: message("channel_test_title", {}),
          items: [{ message: message("channel_test", {}) }],
          createdAt: now,
          site: app.config.publicUrl,
          language: channel.language as Language,
          now,
        }),
        digest: null,
        signal: app.stopping,
      })
    : { attempt: notSent(message("channel_undecryptable", {})) };
  const finishedAt = app.clock.now();
  await app.db.prisma.delivery.updateMany({
    where: { id },
    data: {
      state: attempt.ok ? "delivered" : "failed",
      claimedUntil: null,
      finishedAt,
      lastStatus: attempt.status,
      lastAnswer: attempt.answer,
      lastError: attempt.error && JSON.stringify(attempt.error),
    },
  });
  if (attempt.ok) await app.db.write((connection) => noteSuccess(connection, channel.id, storedInstant(finishedAt)));
  return getDelivery(app, { teamId: input.teamId, id });
}

async function getDelivery(app: App, input: { teamId: number; id: number }) {
  const delivery = await app.db.prisma.delivery.findFirst({
    where: { id: input.id, channel: { teamId: input.teamId } },
    include: DELIVERY_PARTS,
  });
  if (!delivery) throw new AppError("NOT_FOUND", message("delivery_not_found", {}));
  return toDeliveryOutput(delivery, app.clock.now());
}

/**
 * Retries a failed, dropped or waiting message soon and for another day, with the same webhook-id.
 * @throws CONFLICT if it was delivered, is being sent, or its channel is off
 */
export async function retryDelivery(app: App, input: { teamId: number; id: number }) {
  await getDelivery(app, input);
  const { count } = await app.db.prisma.delivery.updateMany({
    where: {
      id: input.id,
      kind: { not: "test" },
      state: { in: ["failed", "dropped", "waiting"] },
      channel: { teamId: input.teamId, isActive: true },
    },
    data: { state: "waiting", nextTryAt: app.clock.now(), firstTriedAt: null, finishedAt: null },
  });
  if (count === 0) throw new AppError("CONFLICT", message("delivery_not_retryable", {}));
  return getDelivery(app, input);
}

/** Removes deliveries that finished 30 days ago, a thousand rows at a time, and expired unsubscribe links. Returns the number of deliveries. */
export async function removeOldDeliveries(app: App): Promise<number> {
  await removeOldUnsubscribeLinks(app);
  const before = storedInstant(new Date(app.clock.now().getTime() - KEEP_DELIVERIES_DAYS * 86_400_000));
  for (let removed = 0; ; ) {
    const { changes } = await app.db.write((connection) =>
      connection
        .prepare("DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries WHERE finished_at < ? LIMIT 1000)")
        .run(before),
    );
    removed += Number(changes);
    if (Number(changes) === 0) return removed;
  }
}
