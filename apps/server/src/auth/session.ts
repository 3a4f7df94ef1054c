import { createHash, randomInt } from "node:crypto";
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from "lucia";
import type { App } from "../app.ts";

declare module "lucia" {
  interface Register {
    Lucia: Lucia;
    UserId: number;
  }
}

/** Only this is stored: whoever reads the database cannot log in with it. */
const hashOf = (sessionId: string) => createHash("sha256").update(sessionId).digest("hex");

const MAX_PUBLIC_ID = 2 ** 31 - 1;

interface SessionRow {
  user_id: number;
  expires_at: string;
}

function createAdapter({ db, clock }: Pick<App, "db" | "clock">): Adapter {
  // An account that is switched off has no sessions, whatever is stored.
  const find = db.reader.prepare<[string], SessionRow>(
    "SELECT s.user_id, s.expires_at FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ? AND u.is_active",
  );
  return {
    async getSessionAndUser(sessionId): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const row = find.get(hashOf(sessionId));
      if (!row) return [null, null];
      const userId = row.user_id;
      return [
        { id: sessionId, userId, expiresAt: new Date(row.expires_at), attributes: {} },
        { id: userId, attributes: {} },
      ];
    },
    async getUserSessions(userId) {
      const rows = await db.prisma.session.findMany({ where: { userId } });
      return rows.map(({ id, expiresAt }) => ({ id, userId, expiresAt, attributes: {} }));
    },
    async setSession({ id, userId, expiresAt }) {
      await db.prisma.session.create({
        data: { id: hashOf(id), publicId: randomInt(1, MAX_PUBLIC_ID), userId, expiresAt, lastUsedAt: clock.now() },
      });
    },
    async updateSessionExpiration(sessionId, expiresAt) {
      await db.prisma.session.updateMany({ where: { id: hashOf(sessionId) }, data: { expiresAt } });
    },
    async deleteSession(sessionId) {
      await db.prisma.session.deleteMany({ where: { id: hashOf(sessionId) } });
    },
    async deleteUserSessions(userId) {
      await db.prisma.session.deleteMany({ where: { userId } });
    },
    async deleteExpiredSessions() {
      await db.prisma.session.deleteMany({ where: { expiresAt: { lte: new Date() } } });
    },
  };
}

const instances = new WeakMap<App, Lucia>();

function luciaOf(app: App): Lucia {
  let lucia = instances.get(app);
  if (!lucia) {
    lucia = new Lucia(createAdapter(app), {
      sessionExpiresIn: new TimeSpan(app.config.sessionHours, "h"),
      sessionCookie: {
        name: app.config.isHttps ? "__Host-orwatch_session" : "orwatch_session",
        attributes: { sameSite: "lax", secure: app.config.isHttps, path: "/" },
      },
    });
    instances.set(app, lucia);
  }
  return lucia;
}

/** A new session; `cookie` is the Set-Cookie value that carries it. */
export async function createSession(app: App, userId: number): Promise<{ sessionId: string; cookie: string }> {
  const lucia = luciaOf(app);
  const session = await lucia.createSession(userId, {});
  return { sessionId: session.id, cookie: lucia.createSessionCookie(session.id).serialize() };
}

/** The owner of a live session, and the cookie to renew when its life was just prolonged; `null` for a dead one. */
export async function findSession(
  app: App,
  sessionId: string,
): Promise<{ userId: number; renewedCookie: string | null } | null> {
  const lucia = luciaOf(app);
  const { session } = await lucia.validateSession(sessionId);
  if (!session) return null;
  return {
    userId: session.userId,
    renewedCookie: session.fresh ? lucia.createSessionCookie(session.id).serialize() : null,
  };
}

export const endSession = (app: App, sessionId: string): Promise<void> => luciaOf(app).invalidateSession(sessionId);

/** Ends every session of the user but one. */
export async function endOtherSessions(
  app: App,
  options: { userId: number; keepSessionId: string | null },
): Promise<void> {
  const { userId, keepSessionId } = options;
  await app.db.prisma.session.deleteMany({
    where: { userId, ...(keepSessionId === null ? {} : { NOT: { id: hashOf(keepSessionId) } }) },
  });
}

/** Set-Cookie value that removes the session from the browser. */
export const blankCookie = (app: App): string => luciaOf(app).createBlankSessionCookie().serialize();

/** Session id in a Cookie header, if there is one. */
export const readSessionCookie = (app: App, header: string): string | null => luciaOf(app).readSessionCookie(header);
