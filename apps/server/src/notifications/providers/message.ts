import { inLanguage, type Language } from "../inbox/italian.ts";

/** One thing to tell, before it takes the shape of a channel. */
export interface Message {
  /** The same through all tries: what a receiver knows repeats by. */
  messageId: string;
  /** "test", "weekly_digest", or the kind of a notice. */
  kind: string;
  title: string;
  items: { text: string; [name: string]: unknown }[];
  createdAt: Date;
  /** Address of this server as people know it, without a slash at the end; `null` while PUBLIC_URL is not set. */
  site: string | null;
  /** What it is written in; the sentences come in English. */
  language: Language;
}

/** The message with all its sentences in its language. */
export const inItsLanguage = (message: Message): Message => ({
  ...message,
  title: inLanguage(message.language, message.title),
  items: message.items.map((item) => ({ ...item, text: inLanguage(message.language, item.text) })),
});

const linkOf = ({ site }: Message): string | null => (site === null ? null : `${site}/alerts`);

/** Where the owner of a channel chooses what comes. */
export const settingsLink = (site: string): string => `${site}/alerts?part=channels`;

/** What the items say beyond the title, each once: one thing that happened is its own title. */
const tellingItems = ({ title, items }: Message) =>
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
  message: Message,
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
  const items = tellingItems(message);
  // A title that is all there is to say is not cut short.
  const title = cut(toLine(message.title), items.length > 0 ? MAX_TITLE : MAX_ITEM);
  const head = shape.title ? [shape.title(toSafe(title))] : [];
  const link = linkOf(message);
  const tail = link !== null && shape.link ? [shape.link(link)] : [];
  const lines = items.map(({ text }) => `• ${toSafe(cut(toLine(text), MAX_ITEM))}`);
  const more = (count: number) => (count > 0 ? [inLanguage(message.language, `… and ${count} more`)] : []);
  let kept = 0;
  let used = size([...head, ...more(lines.length), ...tail].join("\n"));
  for (const line of lines) {
    used += size(`${line}\n`);
    if (used > shape.max) break;
    kept += 1;
  }
  return [...head, ...lines.slice(0, kept), ...more(lines.length - kept), ...tail].join("\n");
}

const OPEN = "Open orwatch";
const MAX_TITLE = 200;
const MAX_ITEM = 500;

/** The body of a webhook: the notice with everything its items carry. */
export const toWebhookBody = (message: Message): string =>
  JSON.stringify({
    type: message.kind === "test" ? "test" : `notice.${message.kind}`,
    timestamp: message.createdAt.toISOString(),
    data: { kind: message.kind, title: message.title, items: message.items, url: linkOf(message) },
  });

/** Slack takes 40,000 characters and shows 4,000 well; "<" would begin a mention or a link. */
export const toSlackBody = (message: Message): string =>
  JSON.stringify({
    text: layOut(message, {
      max: 3900,
      title: (text) => `*${text.replaceAll("*", "∗")}*`,
      toSafe: (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
      link: (link) => `<${link}|${inLanguage(message.language, OPEN)}>`,
    }),
    unfurl_links: false,
    unfurl_media: false,
  });

/** Discord takes 2,000 characters; nobody is mentioned, whatever a key is called. */
export const toDiscordBody = (message: Message): string =>
  JSON.stringify({
    content: layOut(message, {
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
export const toTelegramBody = (message: Message, chat: { chatId: string; threadId?: number | null }): string =>
  JSON.stringify({
    chat_id: chat.chatId,
    ...(chat.threadId ? { message_thread_id: chat.threadId } : {}),
    text: layOut(message, {
      max: 4096,
      title: (text) => `<b>${text}</b>`,
      toSafe: escapeHtml,
      link: (link) => toLink(link, inLanguage(message.language, OPEN)),
    }),
    parse_mode: "HTML",
    link_preview_options: { is_disabled: true },
  });

/** ntfy takes 4,096 bytes; more would become an attachment. It wants a text: a title that is all there is to say becomes it. */
export function toNtfyBody(message: Message, topic: string): string {
  const items = layOut(message, { max: 3900, size: Buffer.byteLength });
  return JSON.stringify({
    topic,
    title: items === "" ? "orwatch" : cut(toLine(message.title), MAX_TITLE),
    message: items || cut(toLine(message.title), MAX_ITEM),
    ...(message.site === null ? {} : { click: linkOf(message) }),
  });
}

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

/** An e-mail of a notice: a title, a list, a way to the app and a way to stop. */
export function toMail(message: Message): Mail {
  const title = toLine(message.title);
  const lines = tellingItems(message).map(({ text }) => toLine(text));
  const link = linkOf(message);
  return {
    subject: cut(`[orwatch] ${title}`, MAX_TITLE),
    text: [
      title,
      "",
      ...(lines.length > 0 ? [...lines.map((line) => `- ${line}`), ""] : []),
      ...(link ? [link, ""] : []),
      footText(message),
    ].join("\n"),
    html: toPage(
      [
        `<h1 style="font-size:18px">${escapeHtml(title)}</h1>`,
        lines.length > 0 ? `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>` : "",
        link ? `<p>${toLink(link, inLanguage(message.language, OPEN))}</p>` : "",
        footHtml(message),
      ],
      message.language,
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

const FOOT = "Which e-mails come is set in orwatch, under Alerts.";

type Foot = Pick<Message, "site" | "language">;

const footText = ({ site, language }: Foot): string =>
  site === null
    ? `${inLanguage(language, FOOT)}\n`
    : `${inLanguage(language, "To stop or change these e-mails")}: ${settingsLink(site)}\n`;

const toSmall = (html: string): string => `<p style="color:#666;font-size:12px">${html}</p>`;
const toLink = (href: string, words: string): string => `<a href="${escapeHtml(href)}">${words}</a>`;

const footHtml = ({ site, language }: Foot): string =>
  toSmall(
    site === null
      ? inLanguage(language, FOOT)
      : toLink(settingsLink(site), inLanguage(language, "Stop or change these e-mails")),
  );

const STOP = "Stop the weekly digest";

/** A digest with what stands under it: how to stop it, without a log-in where `stopLink` is known, and where to choose what comes. */
export function withFoot(mail: Mail, foot: Foot & { stopLink: string | null }): Mail {
  const { stopLink } = foot;
  const words = inLanguage(foot.language, STOP);
  const stop = stopLink === null ? "" : `${words}: ${stopLink}\n`;
  const stopHtml = stopLink === null ? [] : [toSmall(toLink(stopLink, words))];
  return {
    ...mail,
    text: `${mail.text}\n${stop}${footText(foot)}`,
    html: mail.html.replace(END, () => [...stopHtml, footHtml(foot), END].join("\n")),
  };
}
