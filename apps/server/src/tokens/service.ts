import { createHash, randomBytes } from "node:crypto";
import { type Role, SCOPE_NAMES, type Scope } from "@orwatch/domain/permissions";
import { type Message, message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { isWithin, storedInstant } from "../platform/clock.ts";
import { AppError, invalidRequest } from "../rpc/app-error.ts";
import type { Origin, Principal } from "../rpc/principal.ts";
import { formatInstant } from "../rpc/wire.ts";

export const TOKEN_PREFIX = "or_api_";

/** `or_api_` and 48 random bytes in base64url: 71 characters. */
export const createTokenSecret = (): string => TOKEN_PREFIX + randomBytes(48).toString("base64url");

export const isTokenShaped = (text: string): boolean => /^or_api_[\w-]{64}$/.test(text);

/** SHA-256 (hex) of the whole token. With 384 random bits, a fast hash is enough. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Scopes as they are stored: their names, separated by spaces. */
const storeScopes = (scopes: readonly Scope[]): string =>
  SCOPE_NAMES.filter((scope) => scopes.includes(scope)).join(" ");
const readScopes = (stored: string): Scope[] => stored.split(" ") as Scope[];

/**
 * Creates an API token, which is returned only once.
 * @throws BAD_REQUEST if it would have expired already
 * @throws CONFLICT if the user has MAX_API_TOKENS_PER_USER active tokens of the team
 */
export async function issueToken(
  app: App,
  input: { userId: number; teamId: number; name: string; scopes: Scope[]; expires_at: string | null; origin: Origin },
) {
  const token = createTokenSecret();
  const { userId, teamId, name } = input;
  const now = app.clock.now();
  const expiresAt = input.expires_at === null ? null : new Date(input.expires_at);
  if (expiresAt && expiresAt <= now)
    throw invalidRequest([{ path: "expires_at", reason: message("field_not_in_future", {}) }]);
  const created = await app.db.prisma.$transaction(async (tx) => {
    const isAccepted = { isActive: true, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
    const active = await tx.apiToken.count({ where: { teamId, userId, ...isAccepted } });
    if (active >= app.config.maxApiTokensPerUser)
      throw new AppError("CONFLICT", message("api_token_limit_reached", { limit: app.config.maxApiTokensPerUser }));
    return tx.apiToken.create({
      data: { teamId, userId, name, tokenHash: hashToken(token), scopes: storeScopes(input.scopes), expiresAt },
    });
  });
  const { id } = created;
  const scopes = readScopes(created.scopes);
  const expires_at = formatInstant(expiresAt);
  await recordEvent(app, {
    userId,
    teamId,
    message: message("event_api_token_issued", { api_token_id: id, name, scopes, expires_at }),
    origin: input.origin,
  });
  return { id, name, token, scopes, created_at: created.createdAt.toISOString(), expires_at };
}

/** Tokens of the team that are not revoked, newest first. */
export async function listTokens(app: App, input: { teamId: number }) {
  const tokens = await app.db.prisma.apiToken.findMany({
    where: { teamId: input.teamId, isActive: true },
    include: { issuer: { include: { user: { select: { email: true } } } } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return tokens.map((token) => ({
    id: token.id,
    name: token.name,
    scopes: readScopes(token.scopes),
    created_at: token.createdAt.toISOString(),
    expires_at: formatInstant(token.expiresAt),
    last_used_at: formatInstant(token.lastUsedAt),
    created_by: { user_id: token.userId, email: token.issuer.user.email },
    is_active: !isExpired(app, token.expiresAt),
  }));
}

const isExpired = (app: App, expiresAt: Date | string | null): boolean =>
  expiresAt !== null && new Date(expiresAt) <= app.clock.now();

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
  name: string;
  scopes: string;
  expires_at: string | null;
  last_used_at: string | null;
  data_version: number;
}

/** A token works while the user who issued it is a member of the team. */
const ISSUER = "JOIN users u ON u.id = t.user_id JOIN memberships m ON m.team_id = t.team_id AND m.user_id = t.user_id";

// Lookups are fast and not cached, so that a revoked token is rejected from the next request on.
const findToken = (app: App, hash: string): TokenRow | undefined =>
  app.db.reader
    .prepare<[string], TokenRow>(
      `SELECT t.id, t.team_id, t.user_id, m.role, t.name, t.scopes, t.expires_at, t.last_used_at, o.data_version
       FROM api_tokens t ${ISSUER} JOIN teams o ON o.id = t.team_id WHERE t.token_hash = ? AND t.is_active AND u.is_active`,
    )
    .get(hash);

/** The use of a token is saved at most once in this time. */
const LAST_USED_STEP_MS = 60_000;
const MAX_NOTED = 10_000;

export const TOKEN_UNKNOWN = message("api_token_unknown", {});

type TokenIdentity =
  | { principal: null; authError: Message }
  | { principal: Extract<Principal, { kind: "apiToken" }>; authError: null; dataVersion: number };

/** The token with its issuer and team, and the version of the team's data. Rejects it if it is revoked or expired, or its issuer deactivated. */
export function authenticateToken(app: App, token: string): TokenIdentity {
  const row = isTokenShaped(token) ? findToken(app, hashToken(token)) : undefined;
  if (!row) return { principal: null, authError: TOKEN_UNKNOWN };
  if (row.expires_at !== null && isExpired(app, row.expires_at)) {
    const expires_at = new Date(row.expires_at).toISOString();
    return { principal: null, authError: message("api_token_expired", { expires_at }) };
  }
  saveUse(app, row);
  const { user_id: userId, team_id: teamId, role, id: tokenId, name } = row;
  return {
    principal: { kind: "apiToken", userId, teamId, role, tokenId, name, scopes: readScopes(row.scopes) },
    authError: null,
    dataVersion: row.data_version,
  };
}

/** Whether a token is still valid. */
export const isTokenLive = (app: App, tokenId: number): boolean =>
  app.db.reader
    .prepare(
      `SELECT 1 FROM api_tokens t ${ISSUER}
       WHERE t.id = ? AND t.is_active AND u.is_active AND (t.expires_at IS NULL OR t.expires_at > ?)`,
    )
    .get(tokenId, storedInstant(app.clock.now())) !== undefined;

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
