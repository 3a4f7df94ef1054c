import type { Message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { redact } from "../../platform/log.ts";
import { encryptSettings, secretsOf, targetOf } from "../channels/settings.ts";
import { createUnsubscribeLink } from "../channels/unsubscribe.ts";
import type { Mail } from "../mail/page.ts";
import { cut, toLine } from "../mail/text.ts";
import type { DeliveryAttempt } from "../providers/define.ts";
import { providerOf, type Settings } from "../providers/index.ts";
import type { Notification } from "../providers/notification.ts";

/** An attempt that failed before anything was sent. */
export const notSent = (error: Message): DeliveryAttempt => ({
  ok: false,
  status: null,
  answer: "",
  error,
  retryAfterS: null,
  isLasting: false,
  moved: null,
});

interface Sending {
  settings: Settings;
  notification: Notification;
  digest: { mail: Mail; channelId: number } | null;
  signal: AbortSignal;
}

const MAX_ANSWER = 300;

/** Sends one message once through the provider of its channel. */
async function sendOnce(app: App, input: Sending): Promise<DeliveryAttempt> {
  const { settings, notification, digest } = input;
  const { site } = notification;
  const attempt = await providerOf(settings.kind).send({
    settings,
    notification,
    digest: digest && {
      mail: digest.mail,
      unsubscribeLink: site === null ? null : await createUnsubscribeLink(app, { ...digest, site }),
    },
    sentAt: app.clock.now(),
    signal: input.signal,
    http: app.outgoing.send,
    mail: app.mailer.send,
  });
  return { ...attempt, answer: withoutSecrets(attempt.answer, settings) };
}

/**
 * Sends one message once and follows a receiver that has moved, such as a Telegram group that became a supergroup: the new settings are
 * kept, and the message goes there at once.
 * @returns `encrypted`: the channel's settings afterwards
 */
export async function sendAndFollow(
  app: App,
  input: Sending & { channel: { id: number; teamId: number; ref: string; encrypted: string } },
): Promise<{ attempt: DeliveryAttempt; encrypted: string }> {
  const { channel } = input;
  const { encrypted } = channel;
  const attempt = await sendOnce(app, input);
  if (attempt.moved === null) return { attempt, encrypted };
  const settings = { ...attempt.moved, kind: input.settings.kind } as Settings;
  const changed = encryptSettings(app.cipher, settings, channel);
  const { count } = await app.db.prisma.channel.updateMany({
    where: { id: channel.id, settingsEncrypted: encrypted },
    data: { settingsEncrypted: changed, target: targetOf(settings) },
  });
  // Edited meanwhile: the next attempt uses the new settings.
  if (count === 0) return { attempt, encrypted };
  return { attempt: await sendOnce(app, { ...input, settings }), encrypted: changed };
}

/** A receiver may send our own address or credentials back. */
function withoutSecrets(answer: string, settings: Settings): string {
  let text = answer;
  for (const secret of secretsOf(settings))
    for (const shape of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      text = text.replaceAll(shape, "[secret]");
  return cut(toLine(redact(text)), MAX_ANSWER);
}
