import { textsIn } from "@orwatch/messages/renderer";
import { z } from "zod";
import { footHtml, footText, type Mail, settingsLink, toPage, withFoot } from "../mail/page.ts";
import { cut, escapeHtml, toLine, toLink } from "../mail/text.ts";
import { defineProvider, required } from "./define.ts";
import { linesOf, linkOf, MAX_TITLE } from "./layout.ts";
import type { Notification } from "./notification.ts";

/** An email address, after its owner has confirmed it. */
export const email = defineProvider({
  kind: "email",
  fields: {
    address: required(
      z
        .email()
        .max(254)
        .describe("Address to send to. Until it is confirmed, only the confirmation code is sent to it."),
    ),
  },
  toSettings: ({ address }) => ({ address }),
  toFields: ({ address }) => ({ address }),
  target: ({ address }) => address,
  secrets: () => [],
  async send({ settings, notification, digest, signal, mail }) {
    const { site, language } = notification;
    const unsubscribeLink = digest?.unsubscribeLink ?? null;
    const sent = await mail({
      to: settings.address,
      messageId: notification.messageId,
      mail: digest ? withFoot(digest.mail, { site, unsubscribeLink, language }) : toMail(notification),
      headers: unsubscribeHeaders(site, unsubscribeLink),
      signal,
    });
    return {
      ok: sent.ok,
      status: Number(/^\d{3}/.exec(sent.answer)?.[0]) || null,
      answer: sent.answer,
      error: sent.ok ? null : sent.error,
      retryAfterS: null,
      isLasting: false,
      moved: null,
    };
  },
});

/** A title, a list, a link to the app, and a footer. */
export function toMail(notification: Notification): Mail {
  const title = toLine(notification.title);
  const lines = linesOf(notification).map(({ text, url }) => ({ text: toLine(text), url }));
  const link = linkOf(notification);
  const toItem = ({ text, url }: (typeof lines)[number]) =>
    `<li>${escapeHtml(text)}${url === null ? "" : ` ${toLink(url, textsIn(notification.language).view_usage())}`}</li>`;
  return {
    subject: cut(`[orwatch] ${title}`, MAX_TITLE),
    text: [
      title,
      "",
      ...(lines.length > 0
        ? [...lines.flatMap(({ text, url }) => [`- ${text}`, ...(url === null ? [] : [`  ${url}`])]), ""]
        : []),
      ...(link ? [link, ""] : []),
      footText(notification),
    ].join("\n"),
    html: toPage(
      [
        `<h1 style="font-size:18px">${escapeHtml(title)}</h1>`,
        lines.length > 0 ? `<ul>${lines.map(toItem).join("")}</ul>` : "",
        link ? `<p>${toLink(link, textsIn(notification.language).open_orwatch())}</p>` : "",
        footHtml(notification),
      ],
      notification.language,
    ),
  };
}

/** One click, after RFC 8058, unsubscribes from the digest; other emails are chosen in the app. */
function unsubscribeHeaders(site: string | null, link: string | null): Record<string, string> {
  if (site === null) return {};
  if (!link?.startsWith("https://")) return { "List-Unsubscribe": `<${link ?? settingsLink(site)}>` };
  return { "List-Unsubscribe": `<${link}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}
