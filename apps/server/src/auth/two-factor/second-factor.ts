import type { Connection, User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { recordEvent, recordLater } from "../../audit/service.ts";
import { storedInstant } from "../../platform/clock.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { countCodeCheck, countWrongCode } from "../attempts.ts";
import { notifyOwner } from "../notify-owner.ts";
import type { UsedCredential } from "../passkeys/schema.ts";
import { usePasskey } from "../passkeys/use-passkey.ts";
import { confirmOwner, findOwner } from "../passwords/password.ts";
import { type KnownClient, keepClient } from "../sessions/known-clients.ts";
import { endOtherSessions } from "../sessions/session.ts";
import { hasPasskey, hasSecondFactor, rejectIfRequired } from "./factors.ts";
import {
  createRecoveryCodes,
  hashRecoveryCode,
  normalizeCode,
  removeRecoveryCodes,
  storeRecoveryCodes,
} from "./recovery-codes.ts";
import { createTotpSecret, findStep, toUri } from "./totp.ts";

/** How long a new secret waits for its first code. */
const PENDING_MS = 15 * 60_000;
/** Binds the ciphertext of the secret to its user and to this purpose. */
const bindingOf = (userId: number) => ({ ownerId: userId, keyHash: "second-factor" });

/**
 * True if `code` is an unused code of the authenticator app or an unused recovery code. It is used up by this.
 * Of two simultaneous calls with the same code, one returns `true`.
 */
async function useSecondFactor(app: App, input: { user: User; code: string; origin: Origin }): Promise<boolean> {
  const { user, origin } = input;
  const code = normalizeCode(input.code);
  const secret = user.totpSecret === null ? null : app.cipher.decrypt(user.totpSecret, bindingOf(user.id));
  const step = secret && (await findStep({ secret, code, lastStep: user.totpLastStep, now: app.clock.now() }));
  if (step) {
    const { count } = await app.db.prisma.user.updateMany({
      where: { id: user.id, totpSecret: user.totpSecret, totpLastStep: { lt: step } },
      data: { totpLastStep: step },
    });
    return count === 1;
  }
  const codeHash = hashRecoveryCode(user.id, code);
  const { count } = await app.db.prisma.recoveryCode.deleteMany({ where: { userId: user.id, codeHash } });
  if (count === 1)
    await recordEvent(app, { userId: user.id, message: message("event_recovery_code_used", {}), origin });
  return count === 1;
}

/**
 * Requires a code or passkey if the user has two-factor authentication. A wrong one throws `status`, so that a signed-in user stays
 * signed in.
 * @throws UNAUTHORIZED as SECOND_FACTOR_REQUIRED if there is neither, TOO_MANY_REQUESTS
 */
export async function requireSecondFactor(
  app: App,
  input: {
    user: User;
    code: string | undefined;
    passkey?: UsedCredential | undefined;
    origin: Origin;
    sessionId?: string;
    known?: KnownClient;
    actor: "owner" | "anonymous";
    status: "UNAUTHORIZED" | "BAD_REQUEST";
  },
): Promise<void> {
  const { user, code, passkey, origin, sessionId, known, actor, status } = input;
  if (!hasSecondFactor(app, user)) return;
  if (passkey !== undefined) {
    await usePasskey(app, { credential: passkey, userId: user.id, origin, actor, status });
    return;
  }
  if (code === undefined) throw new AppError("SECOND_FACTOR_REQUIRED", whatIsRequired(app, user));
  // A recovery code cannot be guessed, so it also works when the limit of wrong codes is reached.
  const isGuessable = /^\d{6}$/.test(normalizeCode(code));
  const attempt = isGuessable ? countCodeCheck(app, user, { address: origin.address, sessionId, known }) : null;
  if (!(await useSecondFactor(app, { user, code, origin }))) {
    app.log.warn("auth.failed", { address: origin.address, user_id: user.id, what: "code" });
    recordLater(app, {
      userId: user.id,
      message: message("event_second_factor_failed", {}),
      actor,
      origin,
      fold: origin.address,
    });
    if (countWrongCode(app, user))
      await notifyOwner(app, { userId: user.id, email: user.email, change: "second_factor_failing", origin });
    throw new AppError(status, message("two_factor_code_used", {}));
  }
  attempt?.succeeded();
}

function whatIsRequired(app: App, user: User) {
  if (user.totpSecret === null) return message("two_factor_passkey_required", {});
  return message(hasPasskey(app, user.id) ? "two_factor_code_or_passkey_required" : "two_factor_code_required", {});
}

/** The browser of the request, which stays known. */
export interface Browser {
  origin: Origin;
  cookies: string;
  addCookie: ((cookie: string) => void) | undefined;
}

const isOn = () => new AppError("CONFLICT", message("two_factor_already_on", {}));
const isOff = () => new AppError("CONFLICT", message("two_factor_not_on", {}));

/**
 * Creates a secret for an authenticator app. It is in use once its first code has been sent.
 * @throws BAD_REQUEST if the password is wrong, CONFLICT if there is an authenticator app, FORBIDDEN as REAUTHENTICATE if passkeys are on or
 * there is no password
 */
export async function beginSecondFactor(
  app: App,
  input: {
    userId: number;
    sessionId: string;
    password?: string | undefined;
    mustReauthenticate: boolean;
    origin: Origin;
  },
) {
  const user = await confirmOwner(app, { ...input, field: "password" });
  if (user.totpSecret !== null) throw isOn();
  // A password must not be enough to get around the passkeys.
  if (input.mustReauthenticate) throw new AppError("REAUTHENTICATE", message("confirmation_required", {}));
  const secret = createTotpSecret();
  const expiresAt = new Date(app.clock.now().getTime() + PENDING_MS);
  const { count } = await app.db.prisma.user.updateMany({
    where: { id: user.id, totpSecret: null },
    data: { totpPending: app.cipher.encrypt(secret, bindingOf(user.id)), totpPendingUntil: expiresAt },
  });
  if (count === 0) throw isOn();
  return { secret, uri: toUri({ email: user.email, secret }), expires_at: expiresAt.toISOString() };
}

/**
 * Turns on two-factor authentication with a correct code, ends all other sessions and returns the recovery codes.
 * @throws BAD_REQUEST if the code is wrong or no secret is pending, CONFLICT if two-factor authentication is on, TOO_MANY_REQUESTS
 */
export async function enableSecondFactor(
  app: App,
  input: { userId: number; sessionId: string; code: string } & Browser,
) {
  const { userId, origin } = input;
  const user = await findOwner(app, input);
  const now = app.clock.now();
  if (user.totpSecret !== null) throw isOn();
  const isWaiting = user.totpPending !== null && user.totpPendingUntil !== null && user.totpPendingUntil > now;
  const secret = isWaiting ? app.cipher.decrypt(user.totpPending as string, bindingOf(userId)) : null;
  if (secret === null) throw new AppError("BAD_REQUEST", message("two_factor_setup_expired", {}));
  // Otherwise someone with a stolen session could guess the code and get the recovery codes.
  const { sessionId } = input;
  const attempt = countCodeCheck(app, user, { address: origin.address, sessionId });
  const step = await findStep({ secret, code: normalizeCode(input.code), lastStep: 0, now });
  if (step === null) throw new AppError("BAD_REQUEST", message("two_factor_code_wrong", {}));
  attempt.succeeded();
  const codes = createRecoveryCodes();
  const changed = await app.db.write((connection) => {
    const { changes } = connection
      .prepare(
        `UPDATE users SET totp_secret = totp_pending, totp_enabled_at = @now, totp_last_step = @step, totp_pending = NULL,
           totp_pending_until = NULL, updated_at = @now
         WHERE id = @userId AND totp_secret IS NULL AND totp_pending = @pending`,
      )
      .run({ userId, step, pending: user.totpPending, now: storedInstant(now) });
    if (Number(changes) === 0) return false;
    connection.prepare("DELETE FROM known_clients WHERE user_id = ?").run(userId);
    storeRecoveryCodes(connection, { userId, codes });
    return true;
  });
  if (!changed) throw isOn();
  await endOtherSessions(app, { userId, keepSessionId: input.sessionId });
  await keepClient(app, { ...input, address: origin.address });
  await recordEvent(app, { userId, message: message("event_second_factor_enabled", {}), origin });
  await notifyOwner(app, { userId, email: user.email, change: "second_factor_enabled", origin });
  return { recovery_codes: codes };
}

/** Replaces the recovery codes. @throws CONFLICT if two-factor authentication is off */
export async function renewRecoveryCodes(app: App, input: { userId: number; origin: Origin }) {
  const { userId, origin } = input;
  const user = await findOwner(app, input);
  const { email } = user;
  if (!hasSecondFactor(app, user)) throw isOff();
  const codes = createRecoveryCodes();
  await app.db.write((connection) => storeRecoveryCodes(connection, { userId, codes }));
  await recordEvent(app, { userId, message: message("event_recovery_codes_renewed", {}), origin });
  await notifyOwner(app, { userId, email, change: "recovery_codes_renewed", origin });
  return { recovery_codes: codes };
}

/**
 * Removes the authenticator app. Without passkeys, this turns off two-factor authentication.
 * @throws CONFLICT if there is none, or if two-factor authentication is required
 */
export async function disableSecondFactor(app: App, input: { userId: number } & Browser) {
  const { userId, origin } = input;
  const { email } = await findOwner(app, input);
  const isRemoved = await app.db.write((connection) => {
    if (!removeAuthenticator(connection, userId)) return false;
    connection.prepare("DELETE FROM known_clients WHERE user_id = ?").run(userId);
    if (connection.prepare("SELECT 1 FROM passkeys WHERE user_id = ?").get(userId) !== undefined) return true;
    rejectIfRequired(app, connection, userId);
    removeRecoveryCodes(connection, userId);
    return true;
  });
  if (!isRemoved) throw isOff();
  const isStillOn = hasPasskey(app, userId);
  await keepClient(app, { ...input, address: origin.address });
  const event = isStillOn ? "event_authenticator_removed" : "event_second_factor_disabled";
  await recordEvent(app, { userId, message: message(event, {}), origin });
  await notifyOwner(app, {
    userId,
    email,
    change: isStillOn ? "authenticator_removed" : "second_factor_disabled",
    origin,
  });
  return {
    message: isStillOn
      ? "The authenticator app was removed. Two-factor authentication stays on with your passkeys."
      : "Two-factor authentication is off.",
  };
}

/** Returns `false` if there was none. */
const removeAuthenticator = (connection: Connection, userId: number): boolean =>
  Number(
    connection
      .prepare(
        `UPDATE users SET totp_secret = NULL, totp_enabled_at = NULL, totp_pending = NULL, totp_pending_until = NULL
         WHERE id = ? AND totp_secret IS NOT NULL`,
      )
      .run(userId).changes,
  ) === 1;

/** Deletes authenticator app, passkeys, recovery codes and known clients. Returns `false` if two-factor authentication was off. */
export const clearSecondFactor = (app: App, userId: number): Promise<boolean> =>
  app.db.write((connection) => {
    const hadAuthenticator = removeAuthenticator(connection, userId);
    const { changes } = connection.prepare("DELETE FROM passkeys WHERE user_id = ?").run(userId);
    removeRecoveryCodes(connection, userId);
    connection.prepare("DELETE FROM known_clients WHERE user_id = ?").run(userId);
    return hadAuthenticator || Number(changes) > 0;
  });
