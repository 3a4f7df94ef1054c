import { randomUUID } from "node:crypto";
import type { App } from "../app.ts";
import { parseDevice } from "../audit/device.ts";
import { insertNotice, OF_NO_KEY } from "../notifications/inbox/notices.ts";
import { queueDeliveries } from "../notifications/outbox/outbox.ts";
import { nameOfMailbox } from "../notifications/providers/mailbox.ts";
import { escapeHtml, type Mail, toPage } from "../notifications/providers/message.ts";
import { isWithin } from "../platform/clock.ts";
import type { Origin } from "../rpc/principal.ts";

const WORDS = {
  password_changed: "The password of your account was changed",
  password_reset: "The password of your account was reset",
  second_factor_enabled: "The second factor of your account was switched on",
  second_factor_disabled: "The second factor of your account was switched off",
  recovery_codes_renewed: "The recovery codes of your account were replaced",
  second_factor_failing: "Wrong codes were entered for your account, after the right password",
  channel_added: "A notification channel was added to your account",
  channel_changed: "A notification channel of your account was changed",
  account_deleted: "Your account was deleted",
};
/** A change of what opens an account or learns from it, or an attempt to. */
export type Change = keyof typeof WORDS;

const ADVICE =
  "If that was not you, change your password, end your other sessions, and look for API tokens and channels that you do not know; if you cannot log in, ask who runs this server.";
const ADVICE_DELETED = "If that was not you, ask who runs this server.";
/** E-mails of one kind of change to one account; a flood of one kind takes no room from the others. */
const MAILS = { requests: 5, windowS: 3600 };
/**
 * E-mails of new accounts to one mailbox, whatever tags are in the address: registering proves nothing about it, and somebody else's must
 * not be flooded. Older accounts do not count, or somebody could keep their e-mails back by opening others.
 */
const MAILS_OF_NEW = { requests: 10, windowS: 3600 };
const NEW_MS = 24 * 3_600_000;
/** Waits before each try. */
const WAITS_MS = [0, 30_000, 300_000, 1_800_000];

/**
 * Notifies the owner of an account that what opens it has changed: in the inbox, through their channels whatever the hour, and by
 * e-mail to the account's own address where the server sends any, whatever becomes of the channels. Never throws, and waits for no
 * mail server.
 * @param input.origin `null`: the command line of the server
 */
export async function notifyOwner(
  app: App,
  input: {
    userId: number;
    email: string;
    change: Change;
    origin: Origin | null;
    /** Where the account is gone already. */
    openedAt?: Date;
    exceptChannelId?: number;
  },
): Promise<void> {
  const { userId, email, change } = input;
  const title = WORDS[change];
  const isDeleted = change === "account_deleted";
  const text = `${title}, ${whence(input.origin)}. ${isDeleted ? ADVICE_DELETED : ADVICE}`;
  const now = app.clock.now();
  try {
    const sendsMail = app.mailer.isConfigured && mayMail(app, input);
    if (!isDeleted)
      await app.db.write((connection) =>
        queueDeliveries(
          connection,
          insertNotice(connection, {
            userId,
            kind: "account",
            title,
            items: [{ ...OF_NO_KEY, event: "account", text }],
            createdAt: now,
            deliverAt: now,
          }),
          { address: sendsMail ? email : null, channelId: input.exceptChannelId },
        ),
      );
    if (!sendsMail) return;
    const work: Promise<void> = sendMail(app, {
      email,
      mail: toAccountMail({ title, text, site: app.config.publicUrl }),
    })
      .catch((error) => app.log.error("account.mail", { user_id: userId, error }))
      .finally(() => app.background.delete(work));
    app.background.add(work);
  } catch (error) {
    app.log.error("account.notify", { user_id: userId, change, error });
  }
}

function mayMail(app: App, input: { userId: number; email: string; change: Change; openedAt?: Date }): boolean {
  const { userId, email, change, openedAt = openedAtOf(app, userId) } = input;
  if (!app.limits.take(`mail-account:${userId}:${change}`, MAILS).allowed) return false;
  if (openedAt !== null && !isWithin(openedAt, NEW_MS, app.clock.now())) return true;
  return app.limits.take(`mail-new-account:${nameOfMailbox(email)}`, MAILS_OF_NEW).allowed;
}

function openedAtOf(app: App, userId: number): Date | null {
  const at = app.db.reader.prepare<[number], string>("SELECT created_at FROM users WHERE id = ?").pluck().get(userId);
  return at === undefined ? null : new Date(at as string);
}

function whence(origin: Origin | null): string {
  if (origin === null) return "from the command line of the server";
  const { app, system } = parseDevice(origin.userAgent);
  const device = [app, system].filter((part) => part !== null).join(", ");
  return `from ${origin.address}${device === "" ? "" : ` (${device})`}`;
}

async function sendMail(app: App, { email, mail }: { email: string; mail: Mail }): Promise<void> {
  const messageId = randomUUID();
  for (const waitMs of WAITS_MS) {
    if (waitMs > 0) await app.clock.sleep(waitMs, app.stopping);
    if (waitMs > 0 && app.stopping.aborted) return;
    const sent = await app.mailer.send({ to: email, messageId, mail });
    if (sent.ok) return;
    app.log.warn("account.mail", { message: sent.message });
  }
}

/** Nothing in it is anybody's text: who opened the account may have given somebody else's address. */
function toAccountMail({ title, text, site }: { title: string; text: string; site: string | null }): Mail {
  const where = site === null ? "an orwatch server" : `orwatch at ${site}`;
  const foot = `This goes to the address of an account of ${where}. If you never opened one, do nothing.`;
  return {
    subject: `[orwatch] ${title}`,
    text: [text, "", ...(site === null ? [] : [site, ""]), foot, ""].join("\n"),
    html: toPage([
      `<p>${escapeHtml(text)}</p>`,
      site === null ? "" : `<p><a href="${escapeHtml(site)}">Open orwatch</a></p>`,
      `<p style="color:#666;font-size:12px">${escapeHtml(foot)}</p>`,
    ]),
  };
}
