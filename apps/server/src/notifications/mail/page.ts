import type { Language } from "@orwatch/messages/languages";
import { textsIn } from "@orwatch/messages/renderer";
import { toLink } from "./text.ts";

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

const END = "</body></html>";

/** An HTML page, as plain as email programs need it. */
export const toPage = (parts: string[], language: Language = "en"): string =>
  [
    `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"></head><body style="font-family:sans-serif">`,
    ...parts.filter(Boolean),
    END,
  ].join("\n");

/** The public address of this server and the language of an email. */
interface Foot {
  site: string | null;
  language: Language;
}

/** Where users choose which emails they receive. */
export const settingsLink = (site: string): string => `${site}/alerts?part=channels`;

export const footText = ({ site, language }: Foot): string =>
  site === null
    ? `${textsIn(language).change_emails_in_app()}\n`
    : `${textsIn(language).change_emails()}: ${settingsLink(site)}\n`;

const toSmall = (html: string): string => `<p style="color:#666;font-size:12px">${html}</p>`;

export const footHtml = ({ site, language }: Foot): string =>
  toSmall(
    site === null
      ? textsIn(language).change_emails_in_app()
      : toLink(settingsLink(site), textsIn(language).change_emails()),
  );

/** A digest with its footer: how to unsubscribe, and where to choose which emails to receive. */
export function withFoot(mail: Mail, foot: Foot & { unsubscribeLink: string | null }): Mail {
  const { unsubscribeLink } = foot;
  const words = textsIn(foot.language).stop_digest();
  const stop = unsubscribeLink === null ? "" : `${words}: ${unsubscribeLink}\n`;
  const stopHtml = unsubscribeLink === null ? [] : [toSmall(toLink(unsubscribeLink, words))];
  return {
    ...mail,
    text: `${mail.text}\n${stop}${footText(foot)}`,
    html: mail.html.replace(END, () => [...stopHtml, footHtml(foot), END].join("\n")),
  };
}
