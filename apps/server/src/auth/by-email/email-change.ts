import { randomUUID } from "node:crypto";
import type { Connection } from "@orwatch/db";
import type { Language } from "@orwatch/messages/languages";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { recordEvent } from "../../audit/service.ts";
import { mailboxOf } from "../../notifications/mail/mailer.ts";
import { storedInstant } from "../../platform/clock.ts";
import { type Limit, secondsLeft } from "../../platform/rate-limit.ts";
import { AppError, invalidRequest, tooManyRequests } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { notifyOwner } from "../notify-owner.ts";
import { findOwner } from "../passwords/password.ts";
import { countUse, createToken, endOfLink, getSiteForLinks, hashToken, linkUnusable, toAddress } from "./link.ts";
import { toLinkMail } from "./mail.ts";

/** Requests per user, and emails per new mailbox for all users together. */
const REQUESTS = { requests: 5, windowS: 3600 };

function count(app: App, bucket: string, limit: Limit): void {
  const result = app.limits.take(bucket, limit);
  if (!result.allowed) throw tooManyRequests(message("too_many_requests", { seconds: secondsLeft(result) }));
}

/**
 * Sends a link to the old address and one to the new address. The address changes when both have been used. Whether another user has the new
 * address is not disclosed here: only whoever reads its emails learns it.
 * @throws BAD_REQUEST if it is the present address, FORBIDDEN if this server sends no links, BAD_GATEWAY if the mail server does not accept
 * an email, TOO_MANY_REQUESTS
 */
export async function requestEmailChange(
  app: App,
  input: { userId: number; email: string; language: Language; origin: Origin },
) {
  const site = getSiteForLinks(app);
  const { userId, email: newEmail, language, origin } = input;
  const { email } = await findOwner(app, input);
  if (newEmail === email) throw invalidRequest([{ path: "email", reason: message("field_email_unchanged", {}) }]);
  count(app, `email-change:${userId}`, REQUESTS);
  count(app, `mail-email-change:${mailboxOf(newEmail)}`, REQUESTS);
  const [oldToken, newToken] = [createToken(), createToken()];
  const change = {
    newEmail,
    oldTokenHash: hashToken(oldToken),
    newTokenHash: hashToken(newToken),
    oldConfirmedAt: null,
    newConfirmedAt: null,
    expiresAt: endOfLink(app),
  };
  await app.db.prisma.emailChange.upsert({ where: { userId }, create: { userId, ...change }, update: change });
  const common = { site, language, email, newEmail };
  for (const { to, kind, token } of [
    { to: newEmail, kind: "new", token: newToken },
    { to: email, kind: "old", token: oldToken },
  ] as const) {
    const mail = toLinkMail({ ...common, kind, link: toAddress(site, "confirm-email", token) });
    const sent = await app.mailer.send({ to, messageId: randomUUID(), mail });
    if (sent.ok) continue;
    await app.db.prisma.emailChange.deleteMany({ where: { userId, newTokenHash: change.newTokenHash } });
    throw new AppError("BAD_GATEWAY", message("email_link_not_sent", { cause: sent.error }));
  }
  await recordEvent(app, { userId, message: message("event_email_change_requested", { email: newEmail }), origin });
  return { pending_email: newEmail };
}

/** Links in emails that were sent stop working. */
export async function cancelEmailChange(app: App, { userId }: { userId: number }): Promise<void> {
  await app.db.prisma.emailChange.deleteMany({ where: { userId } });
}

/** The new address that waits for its confirmation; `null` if there is none. */
export async function findPendingEmail(app: App, { userId }: { userId: number }): Promise<string | null> {
  const change = await app.db.prisma.emailChange.findUnique({ where: { userId } });
  return change !== null && change.expiresAt > app.clock.now() ? change.newEmail : null;
}

type Confirmed =
  | { state: "waiting"; waitsFor: "old" | "new" }
  | { state: "taken" }
  | { state: "changed"; userId: number; before: string; after: string };

/**
 * Confirms one of the two addresses with the token of its link, and changes the address once both are confirmed.
 * @throws BAD_REQUEST if the link was used, replaced or has expired, CONFLICT if another user has the address, TOO_MANY_REQUESTS
 */
export async function confirmEmailChange(app: App, input: { token: string; origin: Origin }) {
  const { origin } = input;
  const attempt = countUse(app, origin);
  const now = storedInstant(app.clock.now());
  const done = await app.db.write((connection) => confirmOne(connection, { hash: hashToken(input.token), now }));
  if (done === null) throw linkUnusable();
  attempt.succeeded();
  if (done.state === "taken") throw new AppError("CONFLICT", message("email_taken", {}));
  if (done.state === "waiting") return { is_changed: false, waits_for: done.waitsFor };
  const { userId, before, after } = done;
  await recordEvent(app, { userId, message: message("event_email_changed", { email: after, before }), origin });
  // To the old address: whoever reads it should know even if they did not confirm it.
  await notifyOwner(app, { userId, email: before, change: "email_changed", origin });
  return { is_changed: true, waits_for: null };
}

interface ChangeRow {
  user_id: number;
  new_email: string;
  is_old: number;
  old_confirmed_at: string | null;
  new_confirmed_at: string | null;
  before: string;
}

function confirmOne(connection: Connection, { hash, now }: { hash: string; now: string }): Confirmed | null {
  const row = connection
    .prepare(
      `SELECT c.user_id, c.new_email, c.old_token_hash = @hash AS is_old, c.old_confirmed_at, c.new_confirmed_at, u.email AS before
       FROM email_changes c JOIN users u ON u.id = c.user_id AND u.is_active
       WHERE @hash IN (c.old_token_hash, c.new_token_hash) AND c.expires_at > @now`,
    )
    .get({ hash, now }) as ChangeRow | undefined;
  if (!row) return null;
  const userId = Number(row.user_id);
  const isOld = Number(row.is_old) === 1;
  // Each link works once.
  if ((isOld ? row.old_confirmed_at : row.new_confirmed_at) !== null) return null;
  connection
    .prepare(`UPDATE email_changes SET ${isOld ? "old" : "new"}_confirmed_at = ? WHERE user_id = ?`)
    .run(now, userId);
  if ((isOld ? row.new_confirmed_at : row.old_confirmed_at) === null)
    return { state: "waiting", waitsFor: isOld ? "new" : "old" };
  connection.prepare("DELETE FROM email_changes WHERE user_id = ?").run(userId);
  const { new_email: after, before } = row;
  if (connection.prepare("SELECT 1 FROM users WHERE email = ?").get(after) !== undefined) return { state: "taken" };
  connection.prepare("UPDATE users SET email = ?, updated_at = ? WHERE id = ?").run(after, now, userId);
  connection.prepare("DELETE FROM password_resets WHERE user_id = ?").run(userId);
  // Unless the user has renamed it, their personal team is named after the address.
  connection.prepare("UPDATE teams SET name = ? WHERE personal_user_id = ? AND name = ?").run(after, userId, before);
  return { state: "changed", userId, before, after };
}
