import type { Language } from "@orwatch/messages/languages";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { recordEvent } from "../../audit/service.ts";
import { mailboxOf } from "../../notifications/mail/mailer.ts";
import { storedInstant } from "../../platform/clock.ts";
import { secondsLeft } from "../../platform/rate-limit.ts";
import { tooManyRequests } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { notifyOwner } from "../notify-owner.ts";
import { rejectCommonPassword, requirePasswordLogin, storePassword } from "../passwords/password.ts";
import { countUse, createToken, endOfLink, getSiteForLinks, hashToken, linkUnusable, toAddress } from "./link.ts";
import { sendWithRetries, toLinkMail } from "./mail.ts";

/** Requests per client. */
const REQUESTS = { requests: 5, windowS: 60 };
/** Emails per mailbox. Further requests get the same response, but send none. */
const MAILS = { requests: 3, windowS: 3600 };
/** After the response, so that its time says nothing about the address. */
const LATER_MS = 20;

/**
 * Sends a link to a new password, if the address belongs to a user. Looks for the user only after the response, which is always the same.
 * @throws FORBIDDEN if this server sends no links or has no passwords, TOO_MANY_REQUESTS
 */
export function requestPasswordReset(app: App, input: { email: string; language: Language; origin: Origin }) {
  requirePasswordLogin(app);
  const site = getSiteForLinks(app);
  const result = app.limits.take(`password-reset:${input.origin.address}`, REQUESTS);
  if (!result.allowed) throw tooManyRequests(message("too_many_attempts", { seconds: secondsLeft(result) }));
  const work: Promise<void> = new Promise<void>((resolve) => setTimeout(resolve, LATER_MS))
    .then(() => sendReset(app, { ...input, site }))
    .catch((error) => app.log.error("account.reset", { error }))
    .finally(() => app.background.delete(work));
  app.background.add(work);
  return { message: "If a user has this address, an email with a link is on its way." };
}

async function sendReset(
  app: App,
  { email, language, origin, site }: { email: string; language: Language; origin: Origin; site: string },
): Promise<void> {
  const user = await app.db.prisma.user.findUnique({ where: { email } });
  if (!user?.isActive || !app.limits.take(`mail-reset:${mailboxOf(email)}`, MAILS).allowed) return;
  const token = createToken();
  const reset = { tokenHash: hashToken(token), expiresAt: endOfLink(app) };
  await app.db.prisma.passwordReset.upsert({
    where: { userId: user.id },
    create: { userId: user.id, ...reset },
    update: reset,
  });
  await recordEvent(app, {
    userId: user.id,
    message: message("event_password_reset_requested", {}),
    actor: "anonymous",
    origin,
    fold: origin.address,
  });
  const link = toAddress(site, "reset-password", token);
  await sendWithRetries(app, { to: email, mail: toLinkMail({ kind: "reset", link, site, language, email }) });
}

/**
 * Sets a new password with the token of a link, and ends all sessions. Two-factor authentication stays on.
 * @throws BAD_REQUEST if the link was used or has expired, or the password is common, TOO_MANY_REQUESTS
 */
export async function resetPasswordByEmail(app: App, input: { token: string; new_password: string; origin: Origin }) {
  requirePasswordLogin(app);
  const { origin } = input;
  const attempt = countUse(app, origin);
  const now = app.clock.now();
  const tokenHash = hashToken(input.token);
  const reset = await app.db.prisma.passwordReset.findFirst({
    where: { tokenHash, expiresAt: { gt: now }, user: { isActive: true } },
    include: { user: true },
  });
  if (!reset) throw linkUnusable();
  attempt.succeeded();
  const { id: userId, email } = reset.user;
  await rejectCommonPassword({ password: input.new_password, email, field: "new_password" });
  // Used up before the password is hashed, so that of two simultaneous requests one succeeds.
  const isTaken = await app.db.write(
    (connection) =>
      Number(
        connection
          .prepare("DELETE FROM password_resets WHERE token_hash = ? AND expires_at > ?")
          .run(tokenHash, storedInstant(now)).changes,
      ) === 1,
  );
  if (!isTaken) throw linkUnusable();
  await storePassword(app, { userId, password: input.new_password, keepSessionId: null });
  await recordEvent(app, { userId, message: message("event_password_reset_by_email", {}), origin });
  await notifyOwner(app, { userId, email, change: "password_reset", origin });
  return { message: "Password changed. All sessions were ended. Log in with the new password." };
}
