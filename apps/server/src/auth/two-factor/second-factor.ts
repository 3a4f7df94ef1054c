import { createHash, randomBytes } from "node:crypto";
import type { User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { base32 } from "oslo/encoding";
import type { App } from "../../app.ts";
import { recordEvent, recordLater } from "../../audit/service.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { countCodeCheck, countWrongCode } from "../attempts.ts";
import { notifyOwner } from "../notify-owner.ts";
import { confirmPassword, findOwner } from "../passwords/password.ts";
import { type KnownClient, keepClient } from "../sessions/known-clients.ts";
import { endOtherSessions } from "../sessions/session.ts";
import { createTotpSecret, findStep, toUri } from "./totp.ts";

/** How long a new secret waits for its first code. */
const PENDING_MS = 15 * 60_000;
const RECOVERY_CODES = 10;
/** 120 random bits: enough for a fast hash (ASVS 5.0, 6.5.2 requires 112). */
const RECOVERY_BYTES = 15;

/** Binds the ciphertext of the secret to its user and to this purpose. */
const bindingOf = (userId: number) => ({ ownerId: userId, keyHash: "second-factor" });

/** Codes are typed by hand: spaces, dashes and case are ignored. */
const normalizeCode = (code: string) => code.replace(/[\s-]/g, "").toLowerCase();

const hashRecoveryCode = (userId: number, code: string) =>
  createHash("sha256")
    .update(`${userId}:${normalizeCode(code)}`)
    .digest("hex");

const createRecoveryCode = () =>
  base32
    .encode(randomBytes(RECOVERY_BYTES), { includePadding: false })
    .toLowerCase()
    .replace(/(.{6})(?=.)/g, "$1-");

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
 * Requires a code if the user has two-factor authentication. A wrong code throws `status`, so that a signed-in user stays signed in.
 * @throws UNAUTHORIZED as SECOND_FACTOR_REQUIRED if there is no code, TOO_MANY_REQUESTS
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
  // A recovery code cannot be guessed, so it also works when the limit of wrong codes is reached.
  const isGuessable = /^\d{6}$/.test(normalizeCode(code));
  const attempt = isGuessable ? countCodeCheck(app, user, { address: origin.address, sessionId, known }) : null;
  if (!(await useSecondFactor(app, { user, code, origin }))) {
    app.log.warn("auth.failed", { address: origin.address, user_id: user.id, what: "code" });
    recordLater(app, {
      userId: user.id,
      message: message("event_second_factor_failed", {}),
      actor: input.actor,
      origin,
      fold: origin.address,
    });
    if (countWrongCode(app, user))
      await notifyOwner(app, { userId: user.id, email: user.email, change: "second_factor_failing", origin });
    throw new AppError(input.status, message("two_factor_code_used", {}));
  }
  attempt?.succeeded();
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
 * @throws BAD_REQUEST if the password is wrong, CONFLICT if two-factor authentication is on
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

/** Replaces the recovery codes. @throws CONFLICT if two-factor authentication is off */
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

/** Turns off two-factor authentication. @throws CONFLICT if it is off */
export async function disableSecondFactor(app: App, input: { userId: number } & Browser) {
  const { userId, origin } = input;
  const { email } = await findOwner(app, input);
  if (!(await clearSecondFactor(app, userId))) throw isOff();
  await keepClient(app, { ...input, address: origin.address });
  await recordEvent(app, { userId, message: message("event_second_factor_disabled", {}), origin });
  await notifyOwner(app, { userId, email, change: "second_factor_disabled", origin });
  return { message: "Two-factor authentication is off." };
}

/** Deletes the secret, recovery codes and known clients. Returns `false` if two-factor authentication was off. */
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
