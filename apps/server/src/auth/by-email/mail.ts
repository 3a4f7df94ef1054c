import { randomUUID } from "node:crypto";
import type { Language } from "@orwatch/messages/languages";
import { textsIn } from "@orwatch/messages/renderer";
import type { App } from "../../app.ts";
import { type Mail, toPage } from "../../notifications/mail/page.ts";
import { escapeHtml, toLink } from "../../notifications/mail/text.ts";
import { LINK_MINUTES } from "./link.ts";

/** Wait before each attempt. The link would be of no use later. */
const WAITS_MS = [0, 30_000, 300_000];

interface LinkMail {
  kind: "reset" | "old" | "new";
  link: string;
  site: string;
  language: Language;
  /** Addresses of the user, for the texts. */
  email: string;
  newEmail?: string;
}

/** An email with one link. */
export function toLinkMail({ kind, link, site, language, email, newEmail = "" }: LinkMail): Mail {
  const texts = textsIn(language);
  const lead = texts.link_email_lead({ kind, site, email, new_email: newEmail });
  const expiry = texts.link_email_expiry({ minutes: LINK_MINUTES });
  const ignore = texts.link_email_ignore({ kind });
  return {
    subject: `[orwatch] ${texts.link_email_subject({ kind })}`,
    text: [lead, "", link, "", expiry, ignore, ""].join("\n"),
    html: toPage(
      [
        `<p>${escapeHtml(lead)}</p>`,
        `<p>${toLink(link, escapeHtml(texts.link_email_action({ kind })))}</p>`,
        `<p>${escapeHtml(expiry)}</p>`,
        `<p style="color:#666;font-size:12px">${escapeHtml(ignore)}</p>`,
      ],
      language,
    ),
  };
}

/** Sends an email, and again after a while if the mail server does not accept it. Never throws. */
export async function sendWithRetries(app: App, { to, mail }: { to: string; mail: Mail }): Promise<void> {
  const messageId = randomUUID();
  for (const waitMs of WAITS_MS) {
    if (waitMs > 0) await app.clock.sleep(waitMs, app.stopping);
    if (waitMs > 0 && app.stopping.aborted) return;
    const sent = await app.mailer.send({ to, messageId, mail });
    if (sent.ok) return;
    app.log.warn("account.mail", { message: sent.error.code });
  }
}
