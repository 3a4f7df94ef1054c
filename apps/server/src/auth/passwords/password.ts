import type { User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { recordLater } from "../../audit/service.ts";
import { storedInstant } from "../../platform/clock.ts";
import { AppError, invalidRequest, requireIntactDatabase } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { countPasswordCheck } from "../attempts.ts";
import { endOtherSessions, isIdentityConfirmed } from "../sessions/session.ts";
import { isCommonPassword } from "./common-passwords.ts";
import { argon2 } from "./hashing.ts";

export const hashPassword = (password: string): Promise<string> => argon2.hash(password);

/** Stored for users without a password. No password has this hash. */
export const NO_PASSWORD = "none";

export const hasPassword = ({ passwordHash }: Pick<User, "passwordHash">): boolean => passwordHash !== NO_PASSWORD;

/** Whether a user signs in and confirms their identity with a password. */
export const usesPassword = (app: Pick<App, "config">, user: Pick<User, "passwordHash">): boolean =>
  app.config.passwordLogin && hasPassword(user);

/** @throws FORBIDDEN if this server has no passwords (PASSWORD_LOGIN=false) */
export function requirePasswordLogin(app: Pick<App, "config">): void {
  if (!app.config.passwordLogin) throw new AppError("FORBIDDEN", message("password_login_off", {}));
}

const HASH = /^\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$[\w+/]{22,}\$[\w+/]{43,}$/;

/** Hash of discarded random bytes, checked if there is no such user. */
const DECOY = "$argon2id$v=19$m=19456,t=2,p=1$LjpFMpNXXVZcC1gRAqnN9w$NcGBUH6tfS38kvNHasv6rS9HOlcWNfPixWhTmAvWIRg";

/**
 * True if the password is correct. Takes the same time if there is no such user, or if the user has no password.
 * @throws SERVICE_UNAVAILABLE if the stored hash is damaged, so that no password would be correct
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  if (passwordHash !== null && passwordHash !== NO_PASSWORD) {
    if (HASH.test(passwordHash)) return argon2.verify(passwordHash, password);
    throw new AppError("SERVICE_UNAVAILABLE", message("password_damaged", {}));
  }
  await argon2.verify(DECOY, password);
  return false;
}

/** @throws BAD_REQUEST at `field` if the password is common */
export async function rejectCommonPassword(input: { password: string; email: string; field: string }): Promise<void> {
  if (!(await isCommonPassword(input.password, input.email))) return;
  throw invalidRequest([{ path: input.field, reason: message("field_password_common", {}) }]);
}

/** @throws NOT_FOUND */
export async function findOwner(app: App, input: { userId: number }): Promise<User> {
  const user = await app.db.prisma.user.findUnique({ where: { id: input.userId } });
  if (!user) throw new AppError("NOT_FOUND", message("user_deleted", {}));
  return user;
}

/** Returns the user if the password is correct. @throws BAD_REQUEST, NOT_FOUND, TOO_MANY_REQUESTS */
export async function confirmPassword(
  app: App,
  input: { userId: number; sessionId: string; password: string; origin: Origin },
): Promise<User> {
  requirePasswordLogin(app);
  const user = await findOwner(app, input);
  const { sessionId, origin } = input;
  const attempt = countPasswordCheck(app, { account: user.email, address: origin.address, sessionId });
  if (!(await verifyPassword(user.passwordHash, input.password))) {
    requireIntactDatabase(app);
    recordLater(app, {
      userId: user.id,
      message: message("event_password_check_failed", {}),
      origin,
      fold: origin.address,
    });
    throw new AppError("BAD_REQUEST", message("password_wrong", {}));
  }
  attempt.succeeded();
  return user;
}

/**
 * Returns the user if the password is correct. A user without one must have confirmed their identity in another way, in this session and
 * recently.
 * @throws BAD_REQUEST (at `field` if the password is missing), REAUTHENTICATE, NOT_FOUND, TOO_MANY_REQUESTS
 */
export async function confirmOwner(
  app: App,
  input: { userId: number; sessionId: string; password?: string | undefined; field: string; origin: Origin },
): Promise<User> {
  const { password, field, sessionId } = input;
  const user = await findOwner(app, input);
  if (usesPassword(app, user)) {
    if (password === undefined) throw invalidRequest([{ path: field, reason: message("field_missing", {}) }]);
    return confirmPassword(app, { ...input, password });
  }
  if (!(await isIdentityConfirmed(app, sessionId)))
    throw new AppError("REAUTHENTICATE", message("new_sign_in_required", {}));
  return user;
}

/** Error if the password was changed between the check and its use, because hashing is queued. */
export const passwordChanged = () => new AppError("BAD_REQUEST", message("password_changed_meanwhile", {}));

/**
 * Stores a new password, ends every session but one, and forgets the known clients and the links that were sent by email.
 * @param input.insteadOf the hash that was checked; if it has been replaced meanwhile, nothing is stored
 * @throws BAD_REQUEST
 */
export async function storePassword(
  app: App,
  input: { userId: number; password: string; keepSessionId: string | null; insteadOf?: string },
): Promise<void> {
  const passwordHash = await hashPassword(input.password);
  const { userId, insteadOf = null } = input;
  const now = storedInstant(app.clock.now());
  const isStored = await app.db.write((connection) => {
    const { changes } = connection
      .prepare(
        `UPDATE users SET password_hash = @passwordHash, updated_at = @now
         WHERE id = @userId AND (@insteadOf IS NULL OR password_hash = @insteadOf)`,
      )
      .run({ userId, passwordHash, insteadOf, now });
    if (Number(changes) === 0) return false;
    for (const table of ["known_clients", "password_resets", "email_changes"])
      connection.prepare(`DELETE FROM ${table} WHERE user_id = ?`).run(userId);
    return true;
  });
  if (!isStored) throw passwordChanged();
  await endOtherSessions(app, input);
}
