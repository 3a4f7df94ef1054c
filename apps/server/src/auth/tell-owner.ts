import { randomUUID } from "node:crypto";
import type { App } from "../app.ts";
import { parseDevice } from "../audit/device.ts";
import { escapeHtml, type Mail, toPage } from "../channels/message.ts";
import { queueDeliveries } from "../channels/outbox.ts";
import { insertNotice, OF_NO_KEY } from "../inbox/notices.ts";
import type { Origin } from "../principal.ts";

const WORDS = {
  password_changed: "The password of your account was changed",
  password_reset: "The password of your account was reset",
  second_factor_enabled: "The second factor of your account was switched on",
  second_factor_disabled: "The second factor of your account was switched off",
  recovery_codes_renewed: "The recovery codes of your account were replaced",
};
/** A change of what opens an account. */
export type Change = keyof typeof WORDS;

const ADVICE =
  "If that was not you, change your password and end your other sessions; if you cannot log in, ask who runs this server.";
/** E-mails of changes to one account: registering proves nothing about an address, and a stranger's must not be flooded. */
const MAILS = { requests: 5, windowS: 3600 };
/** Waits before each try. */
const WAITS_MS = [0, 30_000, 300_000];

/**
 * Tells the owner of an account that what opens it has changed: in the inbox, through their channels whatever the hour, and by
 * e-mail to the account's own address where the server sends any. Never throws, and waits for no mail server.
 * @param input.origin `null`: the command line of the server
 */
export async function tellOwner(
  app: App,
  input: { userId: number; email: string; change: Change; origin: Origin | null },
): Promise<void> {
  const { userId, email, change } = input;
  const title = WORDS[change];
  const text = `${title}, ${whence(input.origin)}. ${ADVICE}`;
  const now = app.clock.now();
  try {
    const hasChannel = await app.db.write((connection) => {
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
      );
      return connection.prepare(OWN_CHANNEL).get(userId, email) !== undefined;
    });
    if (hasChannel || !app.mailer.isConfigured || !app.limits.take(`mail-account:${userId}`, MAILS).allowed) return;
    const work: Promise<void> = sendMail(app, {
      email,
      mail: toAccountMail({ title, text, site: app.config.publicUrl }),
    })
      .catch((error) => app.log.error("account.mail", { user_id: userId, error }))
      .finally(() => app.background.delete(work));
    app.background.add(work);
  } catch (error) {
    app.log.error("account.tell", { user_id: userId, change, error });
  }
}

/** A channel that tells the account's own address already. */
const OWN_CHANNEL = `SELECT 1 FROM channels
  WHERE user_id = ? AND kind = 'email' AND lower(target) = ? AND is_active AND wants_alerts AND confirmed_at IS NOT NULL`;

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

/** Nothing in it is anybody's text: who opened the account may have given a stranger's address. */
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
