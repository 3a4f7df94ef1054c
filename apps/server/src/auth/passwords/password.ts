import type { User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { recordLater } from "../../audit/service.ts";
import { storedInstant } from "../../platform/clock.ts";
import { AppError, invalidRequest, requireSound } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { guardPasswordCheck } from "../attempts.ts";
import { endOtherSessions } from "../sessions/session.ts";
import { isCommonPassword } from "./common-passwords.ts";
import { argon2 } from "./hashing.ts";

export const hashPassword = (password: string): Promise<string> => argon2.hash(password);

const HASH = /^\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$[\w+/]{22,}\$[\w+/]{43,}$/;

/** A hash as `hashPassword` makes them, of random bytes that no one kept. */
const DECOY = "$argon2id$v=19$m=19456,t=2,p=1$LjpFMpNXXVZcC1gRAqnN9w$NcGBUH6tfS38kvNHasv6rS9HOlcWNfPixWhTmAvWIRg";

/**
 * True when the password is the user's. Takes the same time when there is no such user.
 * @throws SERVICE_UNAVAILABLE when the stored hash is none: what was stored has been damaged, and no password would be right
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  if (passwordHash !== null) {
    if (HASH.test(passwordHash)) return argon2.verify(passwordHash, password);
    throw new AppError("SERVICE_UNAVAILABLE", message("password_damaged", {}));
  }
  await argon2.verify(DECOY, password);
  return false;
}

/** @throws BAD_REQUEST at `field` when everyone who tries passwords would try this one */
export async function refuseCommon(input: { password: string; email: string; field: string }): Promise<void> {
  if (!(await isCommonPassword(input.password, input.email))) return;
  throw invalidRequest([{ path: input.field, reason: message("field_password_common", {}) }]);
}

/** @throws NOT_FOUND */
export async function findOwner(app: App, input: { userId: number }): Promise<User> {
  const user = await app.db.prisma.user.findUnique({ where: { id: input.userId } });
  if (!user) throw new AppError("NOT_FOUND", message("user_deleted", {}));
  return user;
}

/** The user, once the password has been found right. @throws BAD_REQUEST, NOT_FOUND, TOO_MANY_REQUESTS */
export async function confirmPassword(
  app: App,
  input: { userId: number; sessionId: string; password: string; origin: Origin },
): Promise<User> {
  const user = await findOwner(app, input);
  const { sessionId, origin } = input;
  const attempt = guardPasswordCheck(app, { account: user.email, address: origin.address, sessionId });
  if (!(await verifyPassword(user.passwordHash, input.password))) {
    requireSound(app);
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

/** What a check of a password is worth once that has been replaced, as it may be while others wait for their turn to be hashed. */
export const outdated = () => new AppError("BAD_REQUEST", message("password_changed_meanwhile", {}));

/**
 * Stores a new password, ends every session but one and forgets the known clients.
 * @param input.insteadOf the hash that was found right; another one meanwhile stays
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
    connection.prepare("DELETE FROM known_clients WHERE user_id = ?").run(userId);
    return true;
  });
  if (!isStored) throw outdated();
  await endOtherSessions(app, input);
}
