import { type Message, message, type ParamsOf } from "@orwatch/messages/message";
import { createRenderer, textsIn } from "@orwatch/messages/renderer";
import type { App } from "../app.ts";
import { parseDevice } from "../audit/device.ts";
import { findPersonalTeam } from "../memberships/membership.ts";
import { ABOUT_NO_KEY, insertNotification } from "../notifications/inbox/notifications.ts";
import { mailboxOf } from "../notifications/mail/mailer.ts";
import { type Mail, toPage } from "../notifications/mail/page.ts";
import { sendInBackground } from "../notifications/mail/send-in-background.ts";
import { escapeHtml } from "../notifications/mail/text.ts";
import { queueDeliveries } from "../notifications/outbox/outbox.ts";
import { isWithin } from "../platform/clock.ts";
import type { Origin } from "../rpc/principal.ts";

/** A change to how a user signs in or where their notifications go, or an attempt to sign in. */
type Change = keyof typeof CHANGES;

/** Names of the changes in messages. */
const CHANGES = {
  password_changed: "password_changed",
  password_reset: "password_reset",
  second_factor_enabled: "two_factor_enabled",
  second_factor_disabled: "two_factor_disabled",
  passkey_added: "passkey_added",
  passkey_removed: "passkey_removed",
  authenticator_removed: "authenticator_removed",
  email_changed: "email_changed",
  recovery_codes_renewed: "recovery_codes_replaced",
  second_factor_failing: "two_factor_failing",
  channel_added: "channel_added",
  channel_changed: "channel_changed",
  identity_connected: "identity_connected",
  identity_disconnected: "identity_disconnected",
  account_deleted: "account_deleted",
} as const satisfies Record<string, ParamsOf<"account_changed">["change"]>;

/** Limit of emails per user and kind of change. Kinds are counted separately. */
const MAILS = { requests: 5, windowS: 3600 };
/**
 * Limit of emails from new accounts to one mailbox, ignoring tags in the address: addresses are not verified at sign-up, so the mailbox may
 * belong to another person. Older accounts do not count: otherwise opening new accounts would suppress their emails.
 */
const MAILS_OF_NEW = { requests: 10, windowS: 3600 };
const NEW_MS = 24 * 3_600_000;

/**
 * Notifies a user about a change to their login or channels: in the inbox, by their channels even during quiet hours, and by email to
 * the address of the user, if the server can send email. Never throws, and does not wait for the mail
 * server.
 * @param input.origin `null`: the command line of the server
 */
export async function notifyOwner(
  app: App,
  input: {
    userId: number;
    email: string;
    change: Change;
    origin: Origin | null;
    /** For a user who has been deleted. */
    openedAt?: Date;
    exceptChannelId?: number;
  },
): Promise<void> {
  const { userId, email, change } = input;
  const title = message("account_changed_title", { change: CHANGES[change] });
  const content = message("account_changed", { change: CHANGES[change], origin: toOrigin(input.origin) });
  const now = app.clock.now();
  try {
    const sendsMail = app.mailer.isConfigured && isMailAllowed(app, input);
    if (change !== "account_deleted")
      await app.db.write((connection) => {
        const teamId = findPersonalTeam(connection, userId);
        if (teamId === null) return;
        queueDeliveries(
          connection,
          insertNotification(connection, {
            teamId,
            userId,
            kind: "account",
            title,
            items: [{ ...ABOUT_NO_KEY, event: "account", message: content }],
            createdAt: now,
            deliverAt: now,
          }),
          { address: sendsMail ? email : null, channelId: input.exceptChannelId },
        );
      });
    const mail = toAccountMail({ title, content, site: app.config.publicUrl, now });
    if (sendsMail) sendInBackground(app, { to: email, mail, userId, about: "account" });
  } catch (error) {
    app.log.error("account.notify", { user_id: userId, change, error });
  }
}

function isMailAllowed(app: App, input: { userId: number; email: string; change: Change; openedAt?: Date }): boolean {
  const { userId, email, change, openedAt = openedAtOf(app, userId) } = input;
  if (!app.limits.take(`mail-account:${userId}:${change}`, MAILS).allowed) return false;
  if (openedAt !== null && !isWithin(openedAt, NEW_MS, app.clock.now())) return true;
  return app.limits.take(`mail-new-account:${mailboxOf(email)}`, MAILS_OF_NEW).allowed;
}

function openedAtOf(app: App, userId: number): Date | null {
  const at = app.db.reader.prepare<[number], string>("SELECT created_at FROM users WHERE id = ?").pluck().get(userId);
  return at === undefined ? null : new Date(at as string);
}

function toOrigin(origin: Origin | null): ParamsOf<"account_changed">["origin"] {
  if (origin === null) return { kind: "command_line" };
  const { app, system } = parseDevice(origin.userAgent);
  const device = [app, system].filter((part) => part !== null).join(", ");
  return { kind: "request", address: origin.address, device: device === "" ? null : device };
}

/** In English, because users have no language setting. Contains no text entered by users, because the address is not verified. */
function toAccountMail(input: { title: Message; content: Message; site: string | null; now: Date }): Mail {
  const { site } = input;
  const say = createRenderer({ language: "en", now: input.now });
  const texts = textsIn("en");
  const title = say(input.title);
  const text = say(input.content);
  const foot = texts.account_email_reason({ has_site: site === null ? "no" : "yes", site: site ?? "" });
  return {
    subject: `[orwatch] ${title}`,
    text: [text, "", ...(site === null ? [] : [site, ""]), foot, ""].join("\n"),
    html: toPage([
      `<p>${escapeHtml(text)}</p>`,
      site === null ? "" : `<p><a href="${escapeHtml(site)}">${texts.open_orwatch()}</a></p>`,
      `<p style="color:#666;font-size:12px">${escapeHtml(foot)}</p>`,
    ]),
  };
}
