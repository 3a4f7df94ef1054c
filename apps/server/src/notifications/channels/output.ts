import type { Channel, Delivery, Prisma } from "@orwatch/db";
import type { Language } from "@orwatch/messages/languages";
import { type Message, message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import { createRenderer } from "@orwatch/messages/renderer";
import { formatInstant } from "../../rpc/wire.ts";
import type { Settings } from "../providers/index.ts";
import type { ChannelOutput, DeliveryOutput } from "./schema.ts";

function statusOf(channel: Channel, now: Date): { status: ChannelOutput["status"]; reason: Message | null } {
  if (channel.confirmedAt === null) {
    const isCodeValid = channel.codeHash !== null && channel.codeExpiresAt !== null && channel.codeExpiresAt > now;
    return {
      status: "unconfirmed",
      reason: isCodeValid
        ? message("channel_code_sent", { address: channel.target })
        : message("channel_code_expired", {}),
    };
  }
  if (!channel.isActive)
    return { status: "off", reason: channel.offReason === null ? null : parseStoredMessage(channel.offReason) };
  if (channel.failingSince !== null) return { status: "failing", reason: message("channel_retrying", {}) };
  return { status: "ok", reason: null };
}

const rendererOf = (language: Language, now: Date) => createRenderer({ language, now });

/** A channel without its secrets. @param settings `null` if they cannot be decrypted */
export function toChannelOutput(channel: Channel, settings: Settings | null, now: Date): ChannelOutput {
  const { previousSecretUntil } = channel;
  const { status, reason } = statusOf(channel, now);
  const chat = settings?.kind === "telegram" ? settings : null;
  return {
    id: channel.id,
    kind: channel.kind as ChannelOutput["kind"],
    name: channel.name,
    target: channel.target,
    chat_id: chat?.chatId ?? null,
    message_thread_id: chat?.threadId ?? null,
    is_active: channel.isActive,
    status,
    status_message: reason && rendererOf("en", now)(reason),
    status_reason: reason,
    wants_alerts: channel.wantsAlerts,
    wants_digest: channel.wantsDigest,
    language: channel.language as ChannelOutput["language"],
    failing_since: formatInstant(channel.failingSince),
    last_delivered_at: formatInstant(channel.lastDeliveredAt),
    previous_secret_until: previousSecretUntil && previousSecretUntil > now ? formatInstant(previousSecretUntil) : null,
    created_at: channel.createdAt.toISOString(),
  };
}

export const DELIVERY_PARTS = {
  channel: { select: { name: true, kind: true, language: true } },
  notification: { select: { title: true } },
} satisfies Prisma.DeliveryInclude;

function titleOf({
  notification,
  kind,
  week,
}: Pick<Delivery, "kind" | "week"> & { notification: { title: string } | null }): Message {
  if (notification) return parseStoredMessage(notification.title);
  return kind === "digest" && week !== null
    ? message("digest_delivery_title", { week })
    : message("test_delivery_title", {});
}

export function toDeliveryOutput(
  delivery: Delivery & {
    channel: { name: string; kind: string; language: string };
    notification: { title: string } | null;
  },
  now: Date,
): DeliveryOutput {
  const title = titleOf(delivery);
  const error = delivery.lastError === null ? null : parseStoredMessage(delivery.lastError);
  const isOver = delivery.finishedAt !== null;
  return {
    id: delivery.id,
    channel_id: delivery.channelId,
    channel_name: delivery.channel.name,
    channel_kind: delivery.channel.kind as DeliveryOutput["channel_kind"],
    kind: delivery.kind as DeliveryOutput["kind"],
    notice_id: delivery.notificationId,
    title: rendererOf(delivery.channel.language as Language, now)(title),
    message: title,
    message_id: delivery.messageId,
    state: delivery.state as DeliveryOutput["state"],
    attempts: delivery.attempts,
    last_status: delivery.lastStatus,
    last_answer: delivery.lastAnswer === "" ? null : delivery.lastAnswer,
    last_error: error && rendererOf("en", now)(error),
    last_error_message: error,
    created_at: delivery.createdAt.toISOString(),
    last_tried_at: formatInstant(delivery.lastTriedAt),
    next_try_at: isOver || delivery.state === "sending" ? null : delivery.nextTryAt.toISOString(),
    finished_at: formatInstant(delivery.finishedAt),
  };
}
