import type { Role } from "@orwatch/domain/permissions";
import type { Language } from "@orwatch/messages/languages";
import { message } from "@orwatch/messages/message";
import { createRenderer, textsIn } from "@orwatch/messages/renderer";
import { type Mail, toPage } from "../notifications/mail/page.ts";
import { cut, escapeHtml, toLine, toLink } from "../notifications/mail/text.ts";

/** Of names in a subject. */
const MAX_NAME = 100;

/** The email with the link of an invitation. Names are text, never markup. */
export function toInvitationMail(input: {
  inviter: string;
  team: string;
  role: Role;
  url: string;
  site: string;
  language: Language;
  now: Date;
}): Mail {
  const { inviter, role, url, site, language } = input;
  const say = createRenderer({ language, now: input.now });
  const texts = textsIn(language);
  const team = cut(toLine(input.team), MAX_NAME);
  const title = say(message("invitation_email_title", { team }));
  const text = say(message("invitation_email", { inviter, team, role }));
  const foot = texts.invitation_email_reason({ site });
  return {
    subject: `[orwatch] ${title}`,
    text: [text, "", `${texts.accept_invitation()}: ${url}`, "", foot, ""].join("\n"),
    html: toPage(
      [
        `<p>${escapeHtml(text)}</p>`,
        `<p>${toLink(url, texts.accept_invitation())}</p>`,
        `<p style="color:#666;font-size:12px">${escapeHtml(foot)}</p>`,
      ],
      language,
    ),
  };
}
