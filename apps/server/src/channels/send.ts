import type { App } from "../app.ts";
import { redact } from "../log.ts";
import {
  cut,
  inItsLanguage,
  type Mail,
  type Message,
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
import { type Settings, secretsOf } from "./settings.ts";
import { signWebhook } from "./signature.ts";
import { createStopLink } from "./stop.ts";

/** What came of one try, as its owner may read it. */
export interface Tried {
  ok: boolean;
  /** Status of HTTP or SMTP; `null` when there was no answer. */
  status: number | null;
  /** First bytes of the answer, without secrets. */
  answer: string;
  /** What went wrong, in words; `null` when nothing did. */
  error: string | null;
  retryAfterS: number | null;
}

const MAX_ANSWER = 300;

/** Sends one message once, in the shape of its channel. Never throws. */
export async function sendOnce(
  app: App,
  input: {
    settings: Settings;
    message: Message;
    digest: { mail: Mail; channelId: number } | null;
    signal: AbortSignal;
  },
): Promise<Tried> {
  const { settings, signal } = input;
  const message = inItsLanguage(input.message);
  if (settings.kind === "email") {
    const { site } = message;
    const stopLink = input.digest && site ? await createStopLink(app, { ...input.digest, site }) : null;
    const sent = await app.mailer.send({
      to: settings.address,
      messageId: message.messageId,
      mail: input.digest
        ? withFoot(input.digest.mail, { site, stopLink, language: message.language })
        : toMail(message),
      headers: unsubscribeHeaders(site, stopLink),
      signal,
    });
    return {
      ok: sent.ok,
      status: Number(/^\d{3}/.exec(sent.answer)?.[0]) || null,
      answer: clean(sent.answer, settings),
      error: sent.ok ? null : sent.message,
      retryAfterS: null,
    };
  }
  const { url, headers, body } = requestOf(settings, { message, sentAt: app.clock.now() });
  const sent = await app.outgoing.send({
    url,
    headers: { "content-type": "application/json", ...headers },
    body,
    signal,
  });
  return {
    ok: sent.ok,
    status: sent.status,
    answer: clean(sent.answer, settings),
    error: sent.ok ? null : sent.message,
    retryAfterS: sent.ok ? null : (sent.retryAfterS ?? retryAfterIn(settings, sent.answer)),
  };
}

/** One click, after RFC 8058, stops a digest; what else comes is chosen in the app. */
function unsubscribeHeaders(site: string | null, stopLink: string | null): Record<string, string> {
  if (site === null) return {};
  if (!stopLink?.startsWith("https://")) return { "List-Unsubscribe": `<${stopLink ?? settingsLink(site)}>` };
  return { "List-Unsubscribe": `<${stopLink}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

function requestOf(
  settings: Exclude<Settings, { kind: "email" }>,
  { message, sentAt }: { message: Message; sentAt: Date },
): { url: string; headers?: Record<string, string>; body: string } {
  const { url } = settings;
  switch (settings.kind) {
    case "webhook": {
      const body = toWebhookBody(message);
      const now = sentAt.toISOString();
      const valid = settings.secrets.filter(({ until }) => until === null || until > now).map(({ value }) => value);
      return { url, body, headers: signWebhook(valid, { messageId: message.messageId, sentAt, body }) };
    }
    case "slack":
      return { url, body: toSlackBody(message) };
    case "discord":
      return { url, body: toDiscordBody(message) };
    case "telegram":
      return { url: `${url}/bot${settings.botToken}/sendMessage`, body: toTelegramBody(message, settings.chatId) };
    case "ntfy":
      return {
        url,
        body: toNtfyBody(message, settings.topic),
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
