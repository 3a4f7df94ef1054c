import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { hashPassword } from "../auth/passwords/password.ts";
import { storedInstant } from "../platform/clock.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";
import { formatInstant } from "../rpc/wire.ts";
import type { ShareScope } from "./scope-schema.ts";
import { createShareToken, hashShareToken, readScope, SELECT_USABLE, type ShareLinkRow } from "./stored.ts";

/** Share links of a team. */
const MAX_LINKS = 50;
const DAY_MS = 86_400_000;

interface NewLink {
  name: string;
  scope: ShareScope;
  expires_in_days: number;
  password?: string | undefined;
}

/**
 * Creates a share link, whose token is returned only once. Keys of other teams match nothing.
 * @throws CONFLICT if the team has too many
 */
export async function createShareLink(app: App, input: NewLink & { userId: number; teamId: number; origin: Origin }) {
  const { userId, teamId, name, scope, origin } = input;
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
  const token = createShareToken();
  const createdAt = app.clock.now();
  const expiresAt = new Date(createdAt.getTime() + input.expires_in_days * DAY_MS);
  const id = await app.db.write((connection) => {
    const existing = connection
      .prepare(`SELECT count(*) FROM (${SELECT_USABLE} AND l.team_id = :teamId)`)
      .pluck()
      .get({ teamId, now: storedInstant(createdAt) });
    if (Number(existing) >= MAX_LINKS)
      throw new AppError("CONFLICT", message("share_link_limit_reached", { limit: MAX_LINKS }));
    const { lastInsertRowid } = connection
      .prepare(
        `INSERT INTO share_links (team_id, created_by, name, token_hash, password_hash, scope, created_at, expires_at)
         VALUES (:teamId, :userId, :name, :tokenHash, :passwordHash, :scope, :createdAt, :expiresAt)`,
      )
      .run({
        teamId,
        userId,
        name,
        tokenHash: hashShareToken(token),
        passwordHash,
        scope: JSON.stringify(scope),
        createdAt: storedInstant(createdAt),
        expiresAt: storedInstant(expiresAt),
      });
    return Number(lastInsertRowid);
  });
  await recordEvent(app, {
    userId,
    teamId,
    message: message("event_share_link_created", { share_link_id: id, name }),
    origin,
  });
  return {
    id,
    name,
    scope,
    has_password: passwordHash !== null,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt.toISOString(),
    token,
    url: `${app.config.publicUrl ?? ""}/share#${token}`,
  };
}

/** Share links of the team that work, newest first. */
export function listShareLinks(app: App, { teamId }: { teamId: number }) {
  const now = storedInstant(app.clock.now());
  const rows = app.db.reader
    .prepare<object, ShareLinkRow>(`${SELECT_USABLE} AND l.team_id = :teamId ORDER BY l.id DESC`)
    .all({ teamId, now });
  return {
    items: rows.flatMap((row) => {
      const scope = readScope(row.scope);
      return scope === null ? [] : [toListed(row, scope)];
    }),
  };
}

const toListed = (row: ShareLinkRow, scope: ShareScope) => ({
  id: row.id,
  name: row.name,
  scope,
  has_password: row.password_hash !== null,
  created_at: new Date(row.created_at).toISOString(),
  expires_at: new Date(row.expires_at).toISOString(),
  created_by: { user_id: row.user_id, email: row.email },
  views: row.views,
  last_viewed_at: formatInstant(row.last_viewed_at),
});

/** @throws NOT_FOUND if it is no share link of the team */
export async function revokeShareLink(
  app: App,
  input: { userId: number; teamId: number; id: number; origin: Origin },
): Promise<void> {
  const { userId, teamId, id, origin } = input;
  const [revoked] = await app.db.prisma.$queryRaw<
    { name: string }[]
  >`DELETE FROM share_links WHERE id = ${id} AND team_id = ${teamId} RETURNING name`;
  if (!revoked) throw new AppError("NOT_FOUND", message("share_link_not_found", {}));
  const params = { share_link_id: id, name: revoked.name };
  await recordEvent(app, { userId, teamId, message: message("event_share_link_revoked", params), origin });
}

/** Removes share links that expired and returns their number. */
export async function removeOldShareLinks(app: App): Promise<number> {
  return (await app.db.prisma.shareLink.deleteMany({ where: { expiresAt: { lte: app.clock.now() } } })).count;
}
