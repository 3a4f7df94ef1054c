import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { endOtherSessions } from "../auth/sessions/session.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";

interface UserRow {
  id: number;
  email: string;
  created_at: string;
  last_login_at: string | null;
  is_active: number;
  is_admin: number;
  keys: number;
}

const toOutput = (row: UserRow) => ({
  id: row.id,
  email: row.email,
  created_at: new Date(row.created_at).toISOString(),
  last_login_at: row.last_login_at === null ? null : new Date(row.last_login_at).toISOString(),
  is_active: row.is_active === 1,
  is_admin: row.is_admin === 1,
  keys: row.keys,
});

const COLUMNS = `SELECT u.id, u.email, u.created_at, u.last_login_at, u.is_active, u.is_admin,
  (SELECT count(*) FROM api_keys k JOIN teams t ON t.id = k.team_id WHERE t.personal_user_id = u.id AND k.kind IS NOT 'residual') AS keys FROM users u`;

/** All users, oldest first. */
export function listUsers(app: App, input: { skip: number; limit: number }) {
  const rows = app.db.reader
    .prepare<[number, number], UserRow>(`${COLUMNS} ORDER BY u.id LIMIT ? OFFSET ?`)
    .all(input.limit, input.skip);
  const total = app.db.reader.prepare("SELECT count(*) FROM users").pluck().get() as number;
  return { items: rows.map(toOutput), total };
}

function getListed(app: App, id: number) {
  const row = app.db.reader.prepare<[number], UserRow>(`${COLUMNS} WHERE u.id = ?`).get(id);
  if (!row) throw new AppError("NOT_FOUND", message("user_not_found", {}));
  return toOutput(row);
}

interface Act {
  adminId: number;
  id: number;
  origin: Origin;
}

/**
 * Deactivates a user and ends their sessions, or reactivates them.
 * @throws NOT_FOUND, CONFLICT if it is the administrator who sends the request
 */
export async function updateUser(app: App, input: Act & { is_active: boolean }) {
  const { id, adminId, is_active: isActive } = input;
  if (id === adminId) throw new AppError("CONFLICT", message("own_user_not_allowed", {}));
  const before = getListed(app, id);
  if (before.is_active === isActive) return before;
  await app.db.prisma.user.updateMany({ where: { id }, data: { isActive } });
  if (!isActive) await endOtherSessions(app, { userId: id, keepSessionId: null });
  const user = { user_id: id, email: before.email };
  await recordBoth(
    app,
    input,
    isActive
      ? { user: message("event_account_switched_on", {}), admin: message("event_user_switched_on", user) }
      : { user: message("event_account_switched_off", {}), admin: message("event_user_switched_off", user) },
  );
  return { ...before, is_active: isActive };
}

/** Ends every session of a user. @throws NOT_FOUND */
export async function endSessionsOf(app: App, input: Act) {
  const { email } = getListed(app, input.id);
  const ended = await endOtherSessions(app, { userId: input.id, keepSessionId: null });
  await recordBoth(app, input, {
    user: message("event_sessions_ended", { ended }),
    admin: message("event_user_sessions_ended", { user_id: input.id, email }),
  });
  return { ended };
}

type EventMessage = Parameters<typeof recordEvent>[1]["message"];

/** Records an action of the administrator in both activity logs. The user's does not say where the administrator was. */
async function recordBoth(app: App, act: Act, of: { user: EventMessage; admin: EventMessage }): Promise<void> {
  await recordEvent(app, { userId: act.id, message: of.user, actor: "administrator" });
  if (act.id !== act.adminId) await recordEvent(app, { userId: act.adminId, message: of.admin, origin: act.origin });
}

/** For the command line. Returns `false` if there is no such user. */
export async function makeAdministrator(app: App, input: { email: string }): Promise<boolean> {
  const user = await app.db.prisma.user.findUnique({ where: { email: input.email } });
  if (!user) return false;
  await app.db.prisma.user.update({ where: { id: user.id }, data: { isAdmin: true } });
  await recordEvent(app, { userId: user.id, message: message("event_made_administrator", {}), actor: "operator" });
  return true;
}
