import { createHash, randomBytes } from "node:crypto";
import type { Role } from "@orwatch/domain/permissions";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { isWithin, storedInstant } from "../platform/clock.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";

export const TOKEN_PREFIX = "or_api_";

/** `or_api_` and 48 random bytes in base64url: 71 characters. */
export const createTokenSecret = (): string => TOKEN_PREFIX + randomBytes(48).toString("base64url");

export const isTokenShaped = (text: string): boolean => /^or_api_[\w-]{64}$/.test(text);

/** SHA-256 (hex) of the whole token. With 384 random bits, a fast hash is enough. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/**
 * Creates an API token, which is returned only once.
 * @throws CONFLICT if the user has MAX_API_TOKENS_PER_USER active tokens of the team
 */
export async function issueToken(app: App, input: { userId: number; teamId: number; name: string; origin: Origin }) {
  const token = createTokenSecret();
  const { userId, teamId, name } = input;
  const created = await app.db.prisma.$transaction(async (tx) => {
    const active = await tx.apiToken.count({ where: { teamId, userId, isActive: true } });
    if (active >= app.config.maxApiTokensPerUser)
      throw new AppError("CONFLICT", message("api_token_limit_reached", { limit: app.config.maxApiTokensPerUser }));
    return tx.apiToken.create({ data: { teamId, userId, name, tokenHash: hashToken(token) } });
  });
  await recordEvent(app, {
    userId,
    teamId,
    message: message("event_api_token_issued", { api_token_id: created.id, name }),
    origin: input.origin,
  });
  return { id: created.id, name, token, created_at: created.createdAt.toISOString() };
}

/** Active tokens of the team, newest first. */
export async function listTokens(app: App, input: { teamId: number }) {
  const tokens = await app.db.prisma.apiToken.findMany({
    where: { teamId: input.teamId, isActive: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return tokens.map((token) => ({
    id: token.id,
    name: token.name,
    created_at: token.createdAt.toISOString(),
    last_used_at: token.lastUsedAt?.toISOString() ?? null,
    is_active: token.isActive,
  }));
}

/** @throws NOT_FOUND if it is not an active token of the team */
export async function revokeToken(
  app: App,
  input: { userId: number; teamId: number; id: number; origin: Origin },
): Promise<void> {
  const { userId, teamId, origin } = input;
  const [revoked] = await app.db.prisma.apiToken.updateManyAndReturn({
    where: { id: input.id, teamId, isActive: true },
    data: { isActive: false },
  });
  if (!revoked) throw new AppError("NOT_FOUND", message("api_token_not_found", {}));
  const params = { api_token_id: revoked.id, name: revoked.name };
  await recordEvent(app, { userId, teamId, message: message("event_api_token_revoked", params), origin });
}

interface TokenRow {
  id: number;
  team_id: number;
  user_id: number;
  role: Role;
  last_used_at: string | null;
  data_version: number;
}

/** A token works while the user who issued it is a member of the team. */
const ISSUER = "JOIN users u ON u.id = t.user_id JOIN memberships m ON m.team_id = t.team_id AND m.user_id = t.user_id";

// Lookups are fast and not cached, so that a revoked token is rejected from the next request on.
const findToken = (app: App, hash: string): TokenRow | undefined =>
  app.db.reader
    .prepare<[string], TokenRow>(
      `SELECT t.id, t.team_id, t.user_id, m.role, t.last_used_at, o.data_version FROM api_tokens t ${ISSUER}
       JOIN teams o ON o.id = t.team_id WHERE t.token_hash = ? AND t.is_active AND u.is_active`,
    )
    .get(hash);

/** The use of a token is saved at most once in this time. */
const LAST_USED_STEP_MS = 60_000;
const MAX_NOTED = 10_000;

/** Issuer and team of a token, and the version of the team's data; `null` if the token is invalid or revoked, or its issuer deactivated. */
export function authenticateToken(
  app: App,
  token: string,
): { userId: number; teamId: number; role: Role; tokenId: number; dataVersion: number } | null {
  if (!isTokenShaped(token)) return null;
  const row = findToken(app, hashToken(token));
  if (!row) return null;
  saveUse(app, row);
  const { user_id: userId, team_id: teamId, role } = row;
  return { userId, teamId, role, tokenId: row.id, dataVersion: row.data_version };
}

/** Whether a token is still valid. */
export const isTokenLive = (app: App, tokenId: number): boolean =>
  app.db.reader
    .prepare(`SELECT 1 FROM api_tokens t ${ISSUER} WHERE t.id = ? AND t.is_active AND u.is_active`)
    .get(tokenId) !== undefined;

function saveUse(app: App, row: TokenRow): void {
  const { tokenUses: noted } = app.memory;
  const now = app.clock.now();
  const before = noted.get(row.id) ?? (row.last_used_at === null ? null : new Date(row.last_used_at));
  if (isWithin(before, LAST_USED_STEP_MS, now)) return;
  noted.delete(row.id);
  noted.set(row.id, now);
  for (const oldest of noted.keys()) {
    if (noted.size <= MAX_NOTED) break;
    noted.delete(oldest);
  }
  // In the text format of Prisma, but a hundred times faster, so that reads do not wait for it.
  const instant = storedInstant(now);
  const writing = app.db
    .write((connection) =>
      connection.prepare("UPDATE api_tokens SET last_used_at = ? WHERE id = ?").run(instant, row.id),
    )
    .then(() => {})
    .catch((error) => app.log.error("tokens.last_used", { error }))
    .finally(() => app.background.delete(writing));
  app.background.add(writing);
}
