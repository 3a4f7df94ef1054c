import type { Language } from "@orwatch/messages/languages";
import type { Message } from "@orwatch/messages/message";
import { createSpeaker, textsIn } from "@orwatch/messages/say";

/** What a channel gets, before it takes the channel's shape: rendered in the channel's language. */
export interface Notification {
  /** The same through all attempts: receivers recognise repeats by it. */
  messageId: string;
  /** "test", "code", or the kind of a notification. */
  kind: string;
  title: string;
  message: Message;
  items: { text: string; [name: string]: unknown }[];
  createdAt: Date;
  /** Public address of this server without a slash at the end; `null` while PUBLIC_URL is not set. */
  site: string | null;
  language: Language;
}

/** Renders title and items in the language of the channel. */
export function renderNotification({
  title,
  items,
  now,
  ...others
}: Omit<Notification, "title" | "message" | "items"> & {
  title: Message;
  items: { message: Message }[];
  now: Date;
}): Notification {
  const say = createSpeaker({ language: others.language, now });
  return {
    ...others,
    title: say(title),
    message: title,
    items: items.map((item) => ({ ...item, text: say(item.message) })),
  };
}

const linkOf = ({ site }: Notification): string | null => (site === null ? null : `${site}/alerts`);

/** Where the owner of a channel chooses what comes. */
export const settingsLink = (site: string): string => `${site}/alerts?part=channels`;

/** Items that say something else than the title, each once. */
const distinctItems = ({ title, items }: Notification) =>
  items.filter(({ text }, index) => text !== title && items.findIndex((item) => item.text === text) === index);

/** No control characters, no line breaks, no marks that turn the direction of what follows. */
export const toLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .trim();

/** The text, or as many whole characters of it as `max` UTF-16 units hold, with "…" at the end. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = "";
  for (const character of text) {
    if (kept.length + character.length > max - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/**
 * Title, items and link as lines of at most `max` units in all, each escaped; what does not fit is counted, not cut in half.
 * @param size units of a text, where they are not UTF-16
 */
function layOut(
  notification: Notification,
  shape: {
    max: number;
    title?: (text: string) => string;
    toSafe?: (text: string) => string;
    link?: (link: string) => string;
    size?: (text: string) => number;
  },
): string {
  const toSafe = shape.toSafe ?? ((text: string) => text);
  const size = shape.size ?? ((text: string) => text.length);
  const items = distinctItems(notification);
  // A title that is all there is to say is not cut short.
  const title = cut(toLine(notification.title), items.length > 0 ? MAX_TITLE : MAX_ITEM);
  const head = shape.title ? [shape.title(toSafe(title))] : [];
  const link = linkOf(notification);
  const tail = link !== null && shape.link ? [shape.link(link)] : [];
  const lines = items.map(({ text }) => `• ${toSafe(cut(toLine(text), MAX_ITEM))}`);
  const more = (count: number) => (count > 0 ? [textsIn(notification.language).more_items({ count })] : []);
  let kept = 0;
  let used = size([...head, ...more(lines.length), ...tail].join("\n"));
  for (const line of lines) {
    used += size(`${line}\n`);
    if (used > shape.max) break;
    kept += 1;
  }
  return [...head, ...lines.slice(0, kept), ...more(lines.length - kept), ...tail].join("\n");
}

const MAX_TITLE = 200;
const MAX_ITEM = 500;

/** The body of a webhook: the notice with everything its items carry. */
export const toWebhookBody = (notification: Notification): string =>
  JSON.stringify({
    type: notification.kind === "test" ? "test" : `notice.${notification.kind}`,
    timestamp: notification.createdAt.toISOString(),
    data: {
      kind: notification.kind,
      title: notification.title,
      message: notification.message,
      items: notification.items,
      url: linkOf(notification),
    },
  });

/** Slack takes 40,000 characters and shows 4,000 well; "<" would begin a mention or a link. */
export const toSlackBody = (notification: Notification): string =>
  JSON.stringify({
    text: layOut(notification, {
      max: 3900,
      title: (text) => `*${text.replaceAll("*", "∗")}*`,
      toSafe: (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
      link: (link) => `<${link}|${textsIn(notification.language).open_orwatch()}>`,
    }),
    unfurl_links: false,
    unfurl_media: false,
  });

/** Discord takes 2,000 characters; nobody is mentioned, whatever a key is called. */
export const toDiscordBody = (notification: Notification): string =>
  JSON.stringify({
    content: layOut(notification, {
      max: 2000,
      title: (text) => `**${text}**`,
      toSafe: (text) => text.replace(/[\\*_~`|>#[\]()<@:-]/g, "\\$&"),
      link: (link) => `<${link}>`,
    }),
    allowed_mentions: { parse: [] },
  });

export const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Telegram takes 4,096 characters of text; the marks count here too, so that it is never refused. */
export const toTelegramBody = (
  notification: Notification,
  chat: { chatId: string; threadId?: number | null },
): string =>
  JSON.stringify({
    chat_id: chat.chatId,
    ...(chat.threadId ? { message_thread_id: chat.threadId } : {}),
    text: layOut(notification, {
      max: 4096,
      title: (text) => `<b>${text}</b>`,
      toSafe: escapeHtml,
      link: (link) => toLink(link, textsIn(notification.language).open_orwatch()),
    }),
    parse_mode: "HTML",
    link_preview_options: { is_disabled: true },
  });

/** ntfy takes 4,096 bytes; more would become an attachment. It wants a text: a title that is all there is to say becomes it. */
export function toNtfyBody(notification: Notification, topic: string): string {
  const items = layOut(notification, { max: 3900, size: Buffer.byteLength });
  return JSON.stringify({
    topic,
    title: items === "" ? "orwatch" : cut(toLine(notification.title), MAX_TITLE),
    message: items || cut(toLine(notification.title), MAX_ITEM),
    ...(notification.site === null ? {} : { click: linkOf(notification) }),
  });
}

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

/** An e-mail of a notice: a title, a list, a way to the app and a way to stop. */
export function toMail(notification: Notification): Mail {
  const title = toLine(notification.title);
  const lines = distinctItems(notification).map(({ text }) => toLine(text));
  const link = linkOf(notification);
  return {
    subject: cut(`[orwatch] ${title}`, MAX_TITLE),
    text: [
      title,
      "",
      ...(lines.length > 0 ? [...lines.map((line) => `- ${line}`), ""] : []),
      ...(link ? [link, ""] : []),
      footText(notification),
    ].join("\n"),
    html: toPage(
      [
        `<h1 style="font-size:18px">${escapeHtml(title)}</h1>`,
        lines.length > 0 ? `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>` : "",
        link ? `<p>${toLink(link, textsIn(notification.language).open_orwatch())}</p>` : "",
        footHtml(notification),
      ],
      notification.language,
    ),
  };
}

const END = "</body></html>";

/** A whole HTML page of some parts, as plain as e-mail programs want it. */
export const toPage = (parts: string[], language: Language = "en"): string =>
  [
    `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"></head><body style="font-family:sans-serif">`,
    ...parts.filter(Boolean),
    END,
  ].join("\n");

type Foot = Pick<Notification, "site" | "language">;

const footText = ({ site, language }: Foot): string =>
  site === null
    ? `${textsIn(language).change_emails_in_app()}\n`
    : `${textsIn(language).change_emails()}: ${settingsLink(site)}\n`;

const toSmall = (html: string): string => `<p style="color:#666;font-size:12px">${html}</p>`;
const toLink = (href: string, words: string): string => `<a href="${escapeHtml(href)}">${words}</a>`;

const footHtml = ({ site, language }: Foot): string =>
  toSmall(
    site === null
      ? textsIn(language).change_emails_in_app()
      : toLink(settingsLink(site), textsIn(language).change_emails()),
  );

/** A digest with what stands under it: how to stop it, without a log-in where `stopLink` is known, and where to choose what comes. */
export function withFoot(mail: Mail, foot: Foot & { stopLink: string | null }): Mail {
  const { stopLink } = foot;
  const words = textsIn(foot.language).stop_digest();
  const stop = stopLink === null ? "" : `${words}: ${stopLink}\n`;
  const stopHtml = stopLink === null ? [] : [toSmall(toLink(stopLink, words))];
  return {
    ...mail,
    text: `${mail.text}\n${stop}${footText(foot)}`,
    html: mail.html.replace(END, () => [...stopHtml, footHtml(foot), END].join("\n")),
  };
}
