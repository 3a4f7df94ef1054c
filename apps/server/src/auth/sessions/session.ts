import { createHash, randomInt } from "node:crypto";
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from "lucia";
import type { App } from "../../app.ts";
import { HAS_SECOND_FACTOR } from "../../memberships/second-factor.ts";
import { isWithin } from "../../platform/clock.ts";
import type { Origin } from "../../rpc/principal.ts";
import type { SessionAttributes, SessionIdentity } from "./memory.ts";

/** The use of a session is saved at most once in this time. */
const LAST_USED_STEP_MS = 5 * 60_000;
/** How long a confirmed identity is valid. */
export const REAUTHENTICATED_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;
/** Maximum number of sessions per user. A further login ends the least recently used session. */
const MAX_SESSIONS = 100;
const MAX_PUBLIC_ID = 2 ** 31 - 1;

/** Only the hash is stored, so that the database contains no usable session IDs. */
export const hashOf = (sessionId: string) => createHash("sha256").update(sessionId).digest("hex");

interface SessionRow {
  user_id: number;
  expires_at: string;
  created_at: string;
  last_used_at: string;
  reauthenticated_at: string | null;
  is_admin: number;
  has_second_factor: number;
}

/** When a session that is used at `now` expires if it is not used again. */
export function endOf(app: Pick<App, "config">, input: { createdAt: Date; now: Date }): Date {
  const idle = input.now.getTime() + app.config.sessionHours * HOUR_MS;
  return new Date(Math.min(idle, input.createdAt.getTime() + app.config.sessionAbsoluteHours * HOUR_MS));
}

// A deactivated user has no valid sessions.
const FIND = `SELECT s.user_id, s.expires_at, s.created_at, s.last_used_at, s.reauthenticated_at, u.is_admin,
    ${HAS_SECOND_FACTOR} AS has_second_factor
  FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ? AND u.is_active`;

function createAdapter(app: App): Adapter {
  const { db, clock } = app;
  // lucia compares with the system clock, the server uses app.clock: expiry times are shifted by the difference.
  const toMachine = (instant: Date) => new Date(instant.getTime() + Date.now() - clock.now().getTime());
  return {
    async getSessionAndUser(sessionId): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const row = db.reader.prepare<[string], SessionRow>(FIND).get(hashOf(sessionId));
      if (!row) return [null, null];
      const userId = row.user_id;
      const end = new Date(
        Math.min(Date.parse(row.expires_at), Date.parse(row.created_at) + app.config.sessionAbsoluteHours * HOUR_MS),
      );
      const attributes: SessionAttributes = {
        isAdmin: row.is_admin === 1,
        hasSecondFactor: row.has_second_factor === 1,
        reauthenticatedAt: row.reauthenticated_at === null ? null : new Date(row.reauthenticated_at),
        createdAt: new Date(row.created_at),
        lastUsedAt: new Date(row.last_used_at),
        origin: null,
        identity: null,
      };
      return [
        { id: sessionId, userId, expiresAt: toMachine(end), attributes },
        { id: userId, attributes: {} },
      ];
    },
    async setSession({ id, userId, attributes }) {
      const now = clock.now();
      await db.prisma.$executeRaw`DELETE FROM sessions WHERE user_id = ${userId} AND id NOT IN
        (SELECT id FROM sessions WHERE user_id = ${userId} ORDER BY last_used_at DESC, rowid DESC LIMIT ${MAX_SESSIONS - 1})`;
      await db.prisma.session.create({
        data: {
          id: hashOf(id),
          publicId: randomInt(1, MAX_PUBLIC_ID),
          userId,
          createdAt: now,
          lastUsedAt: now,
          expiresAt: endOf(app, { createdAt: now, now }),
          address: attributes.origin?.address ?? null,
          userAgent: attributes.origin?.userAgent ?? null,
          identityId: attributes.identity?.id ?? null,
          providerSession: attributes.identity?.providerSession ?? null,
        },
      });
    },
    async deleteSession(sessionId) {
      await db.prisma.session.deleteMany({ where: { id: hashOf(sessionId) } });
    },
    // Sessions are extended by `extendSession`, and ended or cleaned up by our own statements.
    updateSessionExpiration: async () => {},
    getUserSessions: async () => [],
    deleteUserSessions: async () => {},
    deleteExpiredSessions: async () => {},
  };
}

function luciaOf(app: App): Lucia<SessionAttributes> {
  const { sessions } = app.memory;
  sessions.lucia ??= createLucia(app);
  return sessions.lucia;
}

const createLucia = (app: App): Lucia<SessionAttributes> =>
  new Lucia(createAdapter(app), {
    sessionExpiresIn: new TimeSpan(app.config.sessionHours, "h"),
    getSessionAttributes: (attributes) => attributes,
    sessionCookie: {
      name: app.config.isHttps ? "__Host-orwatch_session" : "orwatch_session",
      attributes: { sameSite: "lax", secure: app.config.isHttps, path: "/" },
    },
  });

/** Creates a session. `cookie` is its Set-Cookie value. */
export async function createSession(
  app: App,
  input: { userId: number; origin: Origin; identity?: SessionIdentity | undefined },
): Promise<{ sessionId: string; cookie: string }> {
  const lucia = luciaOf(app);
  const now = app.clock.now();
  const { id } = await lucia.createSession(input.userId, {
    isAdmin: false,
    hasSecondFactor: false,
    createdAt: now,
    lastUsedAt: now,
    reauthenticatedAt: null,
    origin: input.origin,
    identity: input.identity ?? null,
  });
  return { sessionId: id, cookie: lucia.createSessionCookie(id).serialize() };
}

/** The user of a session. */
export interface SessionOwner {
  userId: number;
  isAdmin: boolean;
  isConfirmed: boolean;
  mustReauthenticate: boolean;
  hasSecondFactor: boolean;
}

interface FoundSession {
  owner: SessionOwner;
  /** Set if the session was just extended. */
  renewedCookie: string | null;
}

/** The user of a valid session; `null` if it is not valid. Its use is saved every few minutes. */
export async function findSession(
  app: App,
  input: { sessionId: string; origin: Origin },
): Promise<FoundSession | null> {
  const lucia = luciaOf(app);
  const { session } = await lucia.validateSession(input.sessionId);
  if (!session) return null;
  const now = app.clock.now();
  const { reauthenticatedAt } = session;
  const isFresh = isWithin(reauthenticatedAt, REAUTHENTICATED_MS, now);
  const isNoted = isWithin(session.lastUsedAt, LAST_USED_STEP_MS, now);
  if (!isNoted) extendSession(app, { ...input, createdAt: session.createdAt, now });
  return {
    owner: {
      userId: session.userId,
      isAdmin: session.isAdmin,
      isConfirmed: isFresh,
      mustReauthenticate: session.hasSecondFactor && !isFresh,
      hasSecondFactor: session.hasSecondFactor,
    },
    renewedCookie: isNoted ? null : lucia.createSessionCookie(session.id).serialize(),
  };
}

/** Notes that the user of a session has just confirmed their identity. Returns until when this is valid. */
export async function confirmIdentity(app: App, sessionId: string): Promise<Date> {
  const now = app.clock.now();
  await app.db.prisma.session.updateMany({ where: { id: hashOf(sessionId) }, data: { reauthenticatedAt: now } });
  return new Date(now.getTime() + REAUTHENTICATED_MS);
}

/** Whether the user of a session has confirmed their identity recently. */
export async function isIdentityConfirmed(app: App, sessionId: string): Promise<boolean> {
  const session = await app.db.prisma.session.findUnique({ where: { id: hashOf(sessionId) } });
  return isWithin(session?.reauthenticatedAt ?? null, REAUTHENTICATED_MS, app.clock.now());
}

/** Whether a session is still valid. Does not extend it. */
export function isSessionLive(app: App, sessionId: string): boolean {
  const row = app.db.reader
    .prepare<[string], Pick<SessionRow, "expires_at" | "created_at">>(
      "SELECT s.expires_at, s.created_at FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ? AND u.is_active",
    )
    .get(hashOf(sessionId));
  if (!row) return false;
  const longest = Date.parse(row.created_at) + app.config.sessionAbsoluteHours * HOUR_MS;
  return app.clock.now().getTime() < Math.min(Date.parse(row.expires_at), longest);
}

/** Extends the session in the background, so that reads do not wait for the write. */
function extendSession(app: App, input: { sessionId: string; origin: Origin; createdAt: Date; now: Date }): void {
  const { pendingUses: underWay } = app.memory.sessions;
  const id = hashOf(input.sessionId);
  if (underWay.has(id)) return;
  underWay.add(id);
  const { now, origin } = input;
  const writing: Promise<void> = app.db.prisma.session
    .updateMany({
      where: { id },
      data: {
        lastUsedAt: now,
        expiresAt: endOf(app, input),
        address: origin.address,
        userAgent: origin.userAgent,
      },
    })
    .then(() => {})
    .catch((error) => app.log.error("sessions.last_used", { error }))
    .finally(() => {
      underWay.delete(id);
      app.background.delete(writing);
    });
  app.background.add(writing);
}

export const endSession = (app: App, sessionId: string): Promise<void> => luciaOf(app).invalidateSession(sessionId);

/** Ends all other sessions of the user and returns their number. */
export async function endOtherSessions(
  app: App,
  options: { userId: number; keepSessionId: string | null },
): Promise<number> {
  const { userId, keepSessionId } = options;
  const { count } = await app.db.prisma.session.deleteMany({
    where: { userId, ...(keepSessionId === null ? {} : { NOT: { id: hashOf(keepSessionId) } }) },
  });
  return count;
}

/** Set-Cookie value that removes the session from the browser. */
export const blankCookie = (app: App): string => luciaOf(app).createBlankSessionCookie().serialize();

/** Session id in a Cookie header, if there is one. */
export const readSessionCookie = (app: App, header: string): string | null => luciaOf(app).readSessionCookie(header);
