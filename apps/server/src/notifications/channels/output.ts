import type { Channel, Delivery, Prisma } from "@orwatch/db";
import { inLanguage, type Language } from "../inbox/italian.ts";
import type { ChannelOutput, DeliveryOutput } from "./schema.ts";
import type { Settings } from "./settings.ts";

const instant = (date: Date | null) => date?.toISOString() ?? null;

function statusOf(channel: Channel, now: Date): Pick<ChannelOutput, "status" | "status_message"> {
  if (channel.confirmedAt === null)
    return {
      status: "unconfirmed",
      status_message:
        channel.codeHash !== null && channel.codeExpiresAt !== null && channel.codeExpiresAt > now
          ? `Enter the code that was sent to ${channel.target}.`
          : "There is no code that could be entered; have one sent.",
    };
  if (!channel.isActive) return { status: "off", status_message: channel.offReason };
  if (channel.failingSince !== null)
    return {
      status: "failing",
      status_message: "The last try failed; it is tried again for a day, then switched off.",
    };
  return { status: "ok", status_message: null };
}

/** The channel as its owner sees it: everything but what opens it. `settings` are `null` where they cannot be decrypted. */
export function toChannelOutput(channel: Channel, settings: Settings | null, now: Date): ChannelOutput {
  const { previousSecretUntil } = channel;
  const chat = settings?.kind === "telegram" ? settings : null;
  return {
    id: channel.id,
    kind: channel.kind as ChannelOutput["kind"],
    name: channel.name,
    target: channel.target,
    chat_id: chat?.chatId ?? null,
    message_thread_id: chat?.threadId ?? null,
    is_active: channel.isActive,
    ...statusOf(channel, now),
    wants_alerts: channel.wantsAlerts,
    wants_digest: channel.wantsDigest,
    language: channel.language as ChannelOutput["language"],
    failing_since: instant(channel.failingSince),
    last_delivered_at: instant(channel.lastDeliveredAt),
    previous_secret_until: previousSecretUntil && previousSecretUntil > now ? instant(previousSecretUntil) : null,
    created_at: channel.createdAt.toISOString(),
  };
}

export const DELIVERY_PARTS = {
  channel: { select: { name: true, kind: true, language: true } },
  notice: { select: { title: true } },
} satisfies Prisma.DeliveryInclude;

export function toDeliveryOutput(
  delivery: Delivery & { channel: { name: string; kind: string; language: string }; notice: { title: string } | null },
): DeliveryOutput {
  const isOver = delivery.finishedAt !== null;
  return {
    id: delivery.id,
    channel_id: delivery.channelId,
    channel_name: delivery.channel.name,
    channel_kind: delivery.channel.kind as DeliveryOutput["channel_kind"],
    kind: delivery.kind as DeliveryOutput["kind"],
    notice_id: delivery.noticeId,
    title: delivery.notice
      ? inLanguage(delivery.channel.language as Language, delivery.notice.title)
      : delivery.kind === "digest"
        ? `Week before ${delivery.week}`
        : "Test",
    message_id: delivery.messageId,
    state: delivery.state as DeliveryOutput["state"],
    attempts: delivery.attempts,
    last_status: delivery.lastStatus,
    last_answer: delivery.lastAnswer === "" ? null : delivery.lastAnswer,
    last_error: delivery.lastError,
    created_at: delivery.createdAt.toISOString(),
    last_tried_at: instant(delivery.lastTriedAt),
    next_try_at: isOver || delivery.state === "sending" ? null : delivery.nextTryAt.toISOString(),
    finished_at: instant(delivery.finishedAt),
  };
}
