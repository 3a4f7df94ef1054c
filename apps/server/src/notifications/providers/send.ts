import type { Message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { redact } from "../../platform/log.ts";
import { judgeAnswer } from "../channels/lasting.ts";
import { type Settings, sealSettings, secretsOf, targetOf } from "../channels/settings.ts";
import { createStopLink } from "../channels/stop.ts";
import {
  cut,
  type Mail,
  type Notification,
  settingsLink,
  toDiscordBody,
  toLine,
  toMail,
  toNtfyBody,
  toSlackBody,
  toTelegramBody,
  toWebhookBody,
  withFoot,
} from "./message.ts";
import { signWebhook } from "./signature.ts";

/** Outcome of one attempt, safe to show to the channel's owner. */
export interface DeliveryAttempt {
  ok: boolean;
  /** Status of HTTP or SMTP; `null` when there was no answer. */
  status: number | null;
  /** First bytes of the answer, without secrets. */
  answer: string;
  error: Message | null;
  retryAfterS: number | null;
  /** No other try will succeed until somebody acts; `error` says how. */
  isLasting: boolean;
  /** Telegram: the id of the chat that this one has become. */
  movedTo: string | null;
}

/** An attempt that failed before anything was sent. */
export const notSent = (error: Message): DeliveryAttempt => ({
  ok: false,
  status: null,
  answer: "",
  error,
  retryAfterS: null,
  isLasting: false,
  movedTo: null,
});

const MAX_ANSWER = 300;

/** Sends one message once, in the shape of its channel. Never throws. */
export async function sendOnce(
  app: App,
  input: {
    settings: Settings;
    notification: Notification;
    digest: { mail: Mail; channelId: number } | null;
    signal: AbortSignal;
  },
): Promise<DeliveryAttempt> {
  const { settings, notification, signal } = input;
  if (settings.kind === "email") {
    const { site } = notification;
    const stopLink = input.digest && site ? await createStopLink(app, { ...input.digest, site }) : null;
    const sent = await app.mailer.send({
      to: settings.address,
      messageId: notification.messageId,
      mail: input.digest
        ? withFoot(input.digest.mail, { site, stopLink, language: notification.language })
        : toMail(notification),
      headers: unsubscribeHeaders(site, stopLink),
      signal,
    });
    return {
      ok: sent.ok,
      status: Number(/^\d{3}/.exec(sent.answer)?.[0]) || null,
      answer: clean(sent.answer, settings),
      error: sent.ok ? null : sent.error,
      retryAfterS: null,
      isLasting: false,
      movedTo: null,
    };
  }
  const { url, headers, body } = requestOf(settings, { notification, sentAt: app.clock.now() });
  const sent = await app.outgoing.send({
    url,
    headers: { "content-type": "application/json", ...headers },
    body,
    signal,
  });
  const { lasting, movedTo } = sent.ok ? { lasting: null, movedTo: null } : judgeAnswer(settings.kind, sent);
  return {
    ok: sent.ok,
    status: sent.status,
    answer: clean(sent.answer, settings),
    error: sent.ok ? null : (lasting ?? sent.error),
    isLasting: lasting !== null,
    movedTo,
    retryAfterS: sent.ok ? null : (sent.retryAfterS ?? retryAfterIn(settings, sent.answer)),
  };
}

/**
 * Sends one message once and follows a Telegram group that became a supergroup: its new id is kept, and the message goes there at once.
 * `envelope` is what the channel's settings are sealed as afterwards.
 */
export async function sendAndFollow(
  app: App,
  input: Parameters<typeof sendOnce>[1] & { channel: { id: number; userId: number; ref: string; envelope: string } },
): Promise<{ attempt: DeliveryAttempt; envelope: string }> {
  const { settings, channel } = input;
  const attempt = await sendOnce(app, input);
  const { envelope } = channel;
  if (attempt.movedTo === null || settings.kind !== "telegram") return { attempt, envelope };
  const moved = { ...settings, chatId: attempt.movedTo };
  const sealed = sealSettings(app.cipher, moved, channel);
  const { count } = await app.db.prisma.channel.updateMany({
    where: { id: channel.id, settingsEncrypted: envelope },
    data: { settingsEncrypted: sealed, target: targetOf(moved) },
  });
  // Edited meanwhile: the next try goes where it leads now.
  if (count === 0) return { attempt, envelope };
  return { attempt: await sendOnce(app, { ...input, settings: moved }), envelope: sealed };
}

/** One click, after RFC 8058, stops a digest; what else comes is chosen in the app. */
function unsubscribeHeaders(site: string | null, stopLink: string | null): Record<string, string> {
  if (site === null) return {};
  if (!stopLink?.startsWith("https://")) return { "List-Unsubscribe": `<${stopLink ?? settingsLink(site)}>` };
  return { "List-Unsubscribe": `<${stopLink}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

function requestOf(
  settings: Exclude<Settings, { kind: "email" }>,
  { notification, sentAt }: { notification: Notification; sentAt: Date },
): { url: string; headers?: Record<string, string>; body: string } {
  const { url } = settings;
  switch (settings.kind) {
    case "webhook": {
      const body = toWebhookBody(notification);
      const now = sentAt.toISOString();
      const valid = settings.secrets.filter(({ until }) => until === null || until > now).map(({ value }) => value);
      return { url, body, headers: signWebhook(valid, { messageId: notification.messageId, sentAt, body }) };
    }
    case "slack":
      return { url, body: toSlackBody(notification) };
    case "discord":
      return { url, body: toDiscordBody(notification) };
    case "telegram":
      return { url: `${url}/bot${settings.botToken}/sendMessage`, body: toTelegramBody(notification, settings) };
    case "ntfy":
      return {
        url,
        body: toNtfyBody(notification, settings.topic),
        ...(settings.accessToken === null ? {} : { headers: { authorization: `Bearer ${settings.accessToken}` } }),
      };
  }
}

/** Telegram says in the body how long to wait. */
function retryAfterIn(settings: Settings, answer: string): number | null {
  if (settings.kind !== "telegram") return null;
  const seconds = Number(/"retry_after":\s*(\d{1,6})/.exec(answer)?.[1]);
  return seconds > 0 ? seconds : null;
}

/** A receiver may send our own address or credentials back. */
function clean(answer: string, settings: Settings): string {
  let text = answer;
  for (const secret of secretsOf(settings))
    for (const shape of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      text = text.replaceAll(shape, "[secret]");
  return cut(toLine(redact(text)), MAX_ANSWER);
}
