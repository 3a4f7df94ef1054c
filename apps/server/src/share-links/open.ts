import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordLater } from "../audit/service.ts";
import { verifyPassword } from "../auth/passwords/password.ts";
import { storedInstant } from "../platform/clock.ts";
import { type Limit, secondsLeft } from "../platform/rate-limit.ts";
import { AppError, tooManyRequests } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";
import { readContent } from "./shared-page.ts";
import { hashShareToken, readScope, SELECT_USABLE, type ShareLinkRow } from "./stored.ts";

/** Requests for shared pages from one address. */
const VIEWS: Limit = { requests: 60, windowS: 60 };
/** Passwords tried for one share link from one address, and from all of them. */
const PASSWORDS: Limit = { requests: 5, windowS: 60 };
const ALL_PASSWORDS: Limit = { requests: 100, windowS: 3600 };

/** @throws TOO_MANY_REQUESTS */
function take(app: App, bucket: string, limit: Limit): void {
  const result = app.limits.take(bucket, limit);
  if (!result.allowed) throw tooManyRequests(message("too_many_requests", { seconds: secondsLeft(result) }));
}

/**
 * What a share link shows. Unknown, revoked and expired links give the same error.
 * @throws NOT_FOUND, FORBIDDEN if the password is missing or wrong, TOO_MANY_REQUESTS
 */
export async function openShare(app: App, input: { token: string; password?: string | undefined; origin: Origin }) {
  const { token, password, origin } = input;
  take(app, `share:${origin.address}`, VIEWS);
  const now = storedInstant(app.clock.now());
  const link = app.db.reader
    .prepare<object, ShareLinkRow>(`${SELECT_USABLE} AND l.token_hash = :hash`)
    .get({ hash: hashShareToken(token), now });
  const scope = link ? readScope(link.scope) : null;
  if (!link || !scope) throw new AppError("NOT_FOUND", message("share_link_not_found", {}));
  if (link.password_hash !== null)
    await checkPassword(app, { link: { ...link, password_hash: link.password_hash }, password, origin });
  noteView(app, link, now);
  return {
    name: link.name,
    expires_at: new Date(link.expires_at).toISOString(),
    content: readContent(app, { teamId: link.team_id, scope }),
  };
}

async function checkPassword(
  app: App,
  input: { link: { id: number; password_hash: string }; password: string | undefined; origin: Origin },
): Promise<void> {
  const { link, password, origin } = input;
  if (password === undefined) throw new AppError("FORBIDDEN", message("share_password_required", {}));
  const own = `share-password:${link.id}:${origin.address}`;
  take(app, own, PASSWORDS);
  take(app, `share-passwords:${link.id}`, ALL_PASSWORDS);
  if (!(await verifyPassword(link.password_hash, password)))
    throw new AppError("FORBIDDEN", message("share_password_wrong", {}));
  app.limits.refund(own);
  app.limits.refund(`share-passwords:${link.id}`);
}

/** Counts the view without making the visitor wait, and records the first of a day in the log of the creator. */
function noteView(app: App, link: ShareLinkRow, now: string): void {
  const writing: Promise<void> = app.db
    .write((connection) => {
      connection.prepare("UPDATE share_links SET views = views + 1, last_viewed_at = ? WHERE id = ?").run(now, link.id);
    })
    .catch((error) => app.log.error("share_links.view", { share_link_id: link.id, error }))
    .finally(() => app.background.delete(writing));
  app.background.add(writing);
  recordLater(app, {
    userId: link.user_id,
    message: message("event_share_link_viewed", { share_link_id: link.id, name: link.name }),
    actor: "anonymous",
    fold: String(link.id),
    foldBy: "day",
  });
}
