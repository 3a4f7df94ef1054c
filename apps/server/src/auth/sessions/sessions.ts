import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { parseDevice } from "../../audit/device.ts";
import { recordEvent } from "../../audit/service.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { blankCookie, endOtherSessions, hashOf } from "./session.ts";

/** Maximum number of sessions in a response. */
const MAX_LISTED = 200;
const HOUR_MS = 3_600_000;

/** The valid sessions of a user, most recently used first. */
export async function listSessions(app: App, input: { userId: number; sessionId: string }) {
  const now = app.clock.now();
  const begun = new Date(now.getTime() - app.config.sessionAbsoluteHours * HOUR_MS);
  const rows = await app.db.prisma.session.findMany({
    where: { userId: input.userId, expiresAt: { gt: now }, createdAt: { gt: begun } },
    orderBy: [{ lastUsedAt: "desc" }, { publicId: "asc" }],
    take: MAX_LISTED,
  });
  const current = hashOf(input.sessionId);
  return rows.map((row) => ({
    id: row.publicId,
    is_current: row.id === current,
    created_at: row.createdAt.toISOString(),
    last_used_at: row.lastUsedAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    address: row.address,
    device: parseDevice(row.userAgent),
  }));
}

/** Ends a session of the user. @throws NOT_FOUND */
export async function endOne(app: App, input: { userId: number; id: number; origin: Origin }): Promise<void> {
  const { count } = await app.db.prisma.session.deleteMany({ where: { userId: input.userId, publicId: input.id } });
  if (count === 0) throw new AppError("NOT_FOUND", message("session_not_found", {}));
  await recordEvent(app, { userId: input.userId, message: message("event_session_ended", {}), origin: input.origin });
}

/** Ends all sessions of the user except the current one. */
export async function endOthers(app: App, input: { userId: number; sessionId: string; origin: Origin }) {
  const ended = await endOtherSessions(app, { userId: input.userId, keepSessionId: input.sessionId });
  await recordEvent(app, {
    userId: input.userId,
    message: message("event_sessions_ended", { ended }),
    origin: input.origin,
  });
  return { ended };
}

/** Ends all sessions of the user, including the current one. */
export async function endAll(
  app: App,
  input: { userId: number; origin: Origin; addCookie: (cookie: string) => void },
): Promise<void> {
  const ended = await endOtherSessions(app, { userId: input.userId, keepSessionId: null });
  await recordEvent(app, {
    userId: input.userId,
    message: message("event_sessions_ended", { ended }),
    origin: input.origin,
  });
  input.addCookie(blankCookie(app));
}
