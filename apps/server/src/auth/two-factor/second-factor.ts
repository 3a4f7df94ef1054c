import { createHash, randomBytes } from "node:crypto";
import type { User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { base32 } from "oslo/encoding";
import type { App } from "../../app.ts";
import { recordEvent, recordLater } from "../../audit/service.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { guardCodeCheck, noteWrongCode } from "../attempts.ts";
import { notifyOwner } from "../notify-owner.ts";
import { confirmPassword, findOwner } from "../passwords/password.ts";
import { type KnownClient, keepClient } from "../sessions/known-clients.ts";
import { endOtherSessions } from "../sessions/session.ts";
import { createTotpSecret, findStep, toUri } from "./totp.ts";

/** How long a secret waits for its first code. */
const PENDING_MS = 15 * 60_000;
const RECOVERY_CODES = 10;
/** 120 random bits: enough for a fast hash (ASVS 5.0, 6.5.2 asks for 112). */
const RECOVERY_BYTES = 15;

/** A ciphertext of the second factor opens for its own user only, and for no key of theirs. */
export const bindingOf = (userId: number) => ({ userId, keyHash: "second-factor" });

/** Codes are typed from paper and screens: spaces, dashes and case do not count. */
const bare = (code: string) => code.replace(/[\s-]/g, "").toLowerCase();

const hashRecoveryCode = (userId: number, code: string) =>
  createHash("sha256")
    .update(`${userId}:${bare(code)}`)
    .digest("hex");

const createRecoveryCode = () =>
  base32
    .encode(randomBytes(RECOVERY_BYTES), { includePadding: false })
    .toLowerCase()
    .replace(/(.{6})(?=.)/g, "$1-");

/**
 * True when `code` is a code of the authenticator that was not used yet, or an unused recovery code; either is used up by this.
 * Of two calls with the same code at once one gets `true`.
 */
async function useSecondFactor(app: App, input: { user: User; code: string; origin: Origin }): Promise<boolean> {
  const { user, origin } = input;
  const code = bare(input.code);
  const secret = user.totpSecret === null ? null : app.cipher.open(user.totpSecret, bindingOf(user.id));
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
 * Asks for the second factor of an account that has one. A wrong code gives `status`: who is logged in stays so.
 * @throws UNAUTHORIZED as SECOND_FACTOR_REQUIRED when there is no code, TOO_MANY_REQUESTS
 */
export async function requireSecondFactor(
  app: App,
  input: {
    user: User;
    code: string | undefined;
    origin: Origin;
    sessionId?: string;
    known?: KnownClient;
    actor: "owner" | "anonymous";
    status: "UNAUTHORIZED" | "BAD_REQUEST";
  },
): Promise<void> {
  const { user, code, origin, sessionId, known } = input;
  if (user.totpSecret === null) return;
  if (code === undefined) throw new AppError("SECOND_FACTOR_REQUIRED", message("two_factor_code_required", {}));
  // A recovery code has too many bits to be guessed: it works while others use up the tries of the authenticator's.
  const isGuessable = /^\d{6}$/.test(bare(code));
  const attempt = isGuessable ? guardCodeCheck(app, user, { address: origin.address, sessionId, known }) : null;
  if (!(await useSecondFactor(app, { user, code, origin }))) {
    app.log.warn("auth.failed", { address: origin.address, user_id: user.id, what: "code" });
    recordLater(app, {
      userId: user.id,
      message: message("event_second_factor_failed", {}),
      actor: input.actor,
      origin,
      fold: origin.address,
    });
    if (noteWrongCode(app, user))
      await notifyOwner(app, { userId: user.id, email: user.email, change: "second_factor_failing", origin });
    throw new AppError(input.status, message("two_factor_code_used", {}));
  }
  attempt?.succeeded();
}

/** Whose browser it is, so that it goes on being known. */
export interface Browser {
  origin: Origin;
  cookies: string;
  addCookie: ((cookie: string) => void) | undefined;
}

const isOn = () => new AppError("CONFLICT", message("two_factor_already_on", {}));
const isOff = () => new AppError("CONFLICT", message("two_factor_not_on", {}));

/**
 * Makes a secret for an authenticator, which counts once its first code has come.
 * @throws BAD_REQUEST when the password is wrong, CONFLICT when a second factor is on
 */
export async function beginSecondFactor(
  app: App,
  input: { userId: number; sessionId: string; password: string; origin: Origin },
) {
  const user = await confirmPassword(app, input);
  const secret = createTotpSecret();
  const expiresAt = new Date(app.clock.now().getTime() + PENDING_MS);
  const { count } = await app.db.prisma.user.updateMany({
    where: { id: user.id, totpSecret: null },
    data: { totpPending: app.cipher.seal(secret, bindingOf(user.id)), totpPendingUntil: expiresAt },
  });
  if (count === 0) throw isOn();
  return { secret, uri: toUri({ email: user.email, secret }), expires_at: expiresAt.toISOString() };
}

/**
 * Switches the second factor on with a correct code, ends every other session and answers with the recovery codes.
 * @throws BAD_REQUEST when the code is wrong or there is no secret waiting, CONFLICT when a second factor is on, TOO_MANY_REQUESTS
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
  const secret = isWaiting ? app.cipher.open(user.totpPending as string, bindingOf(userId)) : null;
  if (secret === null) throw new AppError("BAD_REQUEST", message("two_factor_setup_expired", {}));
  // Whoever holds a session of the owner's could guess until it fits, and have the recovery codes.
  const { sessionId } = input;
  const attempt = guardCodeCheck(app, user, { address: origin.address, sessionId });
  const step = await findStep({ secret, code: bare(input.code), lastStep: 0, now });
  if (step === null) throw new AppError("BAD_REQUEST", message("two_factor_code_wrong", {}));
  attempt.succeeded();
  const codes = createRecoveryCodes();
  const changed = await app.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: userId, totpSecret: null, totpPending: user.totpPending },
      data: {
        totpSecret: user.totpPending,
        totpEnabledAt: now,
        totpLastStep: step,
        totpPending: null,
        totpPendingUntil: null,
      },
    });
    if (count === 0) return false;
    await tx.knownClient.deleteMany({ where: { userId } });
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await tx.recoveryCode.createMany({ data: toRows(userId, codes) });
    return true;
  });
  if (!changed) throw isOn();
  await endOtherSessions(app, { userId, keepSessionId: input.sessionId });
  await keepClient(app, { ...input, address: origin.address });
  await recordEvent(app, { userId, message: message("event_second_factor_enabled", {}), origin });
  await notifyOwner(app, { userId, email: user.email, change: "second_factor_enabled", origin });
  return { recovery_codes: codes };
}

const createRecoveryCodes = () => Array.from({ length: RECOVERY_CODES }, createRecoveryCode);

const toRows = (userId: number, codes: string[]) =>
  codes.map((code) => ({ userId, codeHash: hashRecoveryCode(userId, code) }));

/** New recovery codes in place of the old. @throws CONFLICT when no second factor is on */
export async function renewRecoveryCodes(app: App, input: { userId: number; origin: Origin }) {
  const { userId, origin } = input;
  const { totpSecret, email } = await findOwner(app, input);
  if (totpSecret === null) throw isOff();
  const codes = createRecoveryCodes();
  await app.db.prisma.$transaction([
    app.db.prisma.recoveryCode.deleteMany({ where: { userId } }),
    app.db.prisma.recoveryCode.createMany({ data: toRows(userId, codes) }),
  ]);
  await recordEvent(app, { userId, message: message("event_recovery_codes_renewed", {}), origin });
  await notifyOwner(app, { userId, email, change: "recovery_codes_renewed", origin });
  return { recovery_codes: codes };
}

/** Switches the second factor off. @throws CONFLICT when it is not on */
export async function disableSecondFactor(app: App, input: { userId: number } & Browser) {
  const { userId, origin } = input;
  const { email } = await findOwner(app, input);
  if (!(await clearSecondFactor(app, userId))) throw isOff();
  await keepClient(app, { ...input, address: origin.address });
  await recordEvent(app, { userId, message: message("event_second_factor_disabled", {}), origin });
  await notifyOwner(app, { userId, email, change: "second_factor_disabled", origin });
  return { message: "The second factor is off: the password alone opens this account." };
}

/** Forgets secret, recovery codes and known clients; `false` when there was no second factor. */
export async function clearSecondFactor(app: App, userId: number): Promise<boolean> {
  const [{ count }] = await app.db.prisma.$transaction([
    app.db.prisma.user.updateMany({
      where: { id: userId, NOT: { totpSecret: null } },
      data: { totpSecret: null, totpEnabledAt: null, totpPending: null, totpPendingUntil: null },
    }),
    app.db.prisma.recoveryCode.deleteMany({ where: { userId } }),
    app.db.prisma.knownClient.deleteMany({ where: { userId } }),
  ]);
  return count === 1;
}
