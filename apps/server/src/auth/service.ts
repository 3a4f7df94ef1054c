import { Prisma, type User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { loginFold, recordEvent, recordLater } from "../audit/service.ts";
import { AppError, requireIntactDatabase } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";
import { getUsableInvitation } from "../teams/stored-invitations.ts";
import { removeTeamsOf } from "../teams/teams-of-deleted.ts";
import { toOutput } from "./account.ts";
import { countPasswordCheck, countRegistration } from "./attempts.ts";
import { createUser, recordCreated } from "./create-user.ts";
import { notifyOwner } from "./notify-owner.ts";
import type { UsedCredential } from "./passkeys/schema.ts";
import { usePasskey } from "./passkeys/use-passkey.ts";
import {
  confirmOwner,
  confirmPassword,
  hashPassword,
  passwordChanged,
  rejectCommonPassword,
  requirePasswordLogin,
  storePassword,
  verifyPassword,
} from "./passwords/password.ts";
import { findKnownClient, keepClient, rememberClient } from "./sessions/known-clients.ts";
import type { SessionIdentity } from "./sessions/memory.ts";
import { blankCookie, confirmIdentity, createSession, endOf, endSession } from "./sessions/session.ts";
import { checkSetupCode, findSetupCode } from "./setup/setup-code.ts";
import { hasSecondFactor } from "./two-factor/factors.ts";
import { type Browser, clearSecondFactor, requireSecondFactor } from "./two-factor/second-factor.ts";

const hasCode = (error: unknown, code: string) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === code;

/**
 * Registers a user. The first user becomes administrator; from another machine, this requires the set-up code. With an invitation, the
 * user is a member of its team, which is their default.
 * @throws FORBIDDEN if registration is closed, the invitation is for another address, or the set-up code is missing or wrong, NOT_FOUND if
 * the invitation cannot be accepted, CONFLICT if the address is in use or there is no room in the team, TOO_MANY_REQUESTS
 */
export async function register(
  app: App,
  input: {
    email: string;
    password: string;
    invitation?: string | undefined;
    setup_code?: string | undefined;
    isLocal: boolean;
    origin: Origin;
  },
) {
  requirePasswordLogin(app);
  const { email, invitation: token, origin } = input;
  if (token === undefined && !app.config.allowRegistration)
    throw new AppError("FORBIDDEN", message("registration_closed", {}));
  countRegistration(app, origin);
  if (token !== undefined) await getUsableInvitation(app.db.prisma, { token, email, now: app.clock.now() });
  const setup = checkSetupCode(app, { ...input, code: input.setup_code });
  await rejectCommonPassword({ password: input.password, email, field: "password" });
  const passwordHash = await hashPassword(input.password);
  try {
    const created = await app.db.prisma.$transaction((tx) =>
      createUser(tx, { email, passwordHash, setup, invitation: token ?? null, now: app.clock.now() }),
    );
    await recordCreated(app, { ...created, setup, origin });
    return toOutput(created.user);
  } catch (error) {
    if (!hasCode(error, "P2002")) throw error;
    throw new AppError("CONFLICT", message("email_taken", {}));
  }
}

interface Credentials {
  email: string;
  password: string;
  code?: string | undefined;
  passkey?: UsedCredential | undefined;
  origin: Origin;
  /** The Cookie header, if the client is a browser. */
  cookies?: string;
}

/** A user who has proven their identity, and what must still be the same when their session is created. */
interface Authenticated {
  user: User;
  hadSecondFactor: boolean;
  /** The passkey that was used instead of a password. */
  passkeyId?: number;
  /** The identity that was used instead of a password. */
  identity?: SessionIdentity;
}

async function authenticate(app: App, input: Credentials): Promise<Authenticated> {
  requirePasswordLogin(app);
  const { email, origin, cookies = "" } = input;
  const user = await app.db.prisma.user.findUnique({ where: { email } });
  const known = findKnownClient(app, { cookies, userId: user?.id ?? null, address: origin.address });
  const attempt = countPasswordCheck(app, { account: email, address: origin.address, known });
  const matches = await verifyPassword(user?.passwordHash ?? null, input.password);
  if (!user || !matches) {
    requireIntactDatabase(app);
    app.log.warn("auth.failed", { address: origin.address, user_id: user?.id ?? null, what: "password" });
    if (user)
      recordLater(app, {
        userId: user.id,
        message: message("event_log_in_failed", {}),
        actor: "anonymous",
        origin,
        fold: origin.address,
      });
    throw new AppError("UNAUTHORIZED", message("credentials_invalid", {}));
  }
  const hadSecondFactor = hasSecondFactor(app, user);
  // The web app asks for the second factor in a second step, so this is not counted as a failure.
  if (hadSecondFactor && input.code === undefined) attempt.succeeded();
  await requireSecondFactor(app, {
    user,
    code: input.code,
    passkey: input.passkey,
    origin,
    known,
    actor: "anonymous",
    status: "UNAUTHORIZED",
  });
  if (input.code !== undefined || !hadSecondFactor) attempt.succeeded();
  await noteLogin(app, { user, origin });
  return { user, hadSecondFactor };
}

/** @throws FORBIDDEN if the user is deactivated */
async function noteLogin(app: App, { user, origin }: { user: User; origin: Origin }): Promise<void> {
  if (!user.isActive) throw new AppError("FORBIDDEN", message("user_turned_off", {}));
  await app.db.prisma.user.updateMany({ where: { id: user.id }, data: { lastLoginAt: app.clock.now() } });
  await recordEvent(app, { userId: user.id, message: message("event_logged_in", {}), origin, fold: loginFold(origin) });
}

/**
 * Creates a session for an authenticated user. Fails if the password, two-factor authentication or the user has changed meanwhile,
 * because that change has ended all sessions.
 * @throws UNAUTHORIZED
 */
export async function openSession(app: App, input: Authenticated & { origin: Origin }) {
  const { user, origin, hadSecondFactor, passkeyId, identity } = input;
  const session = await createSession(app, { userId: user.id, origin, identity }).catch((error) => {
    if (!hasCode(error, "P2003")) throw error;
    return null;
  });
  const now = await app.db.prisma.user.findUnique({ where: { id: user.id } });
  const keepsPasskey =
    passkeyId === undefined || (await app.db.prisma.passkey.count({ where: { id: passkeyId } })) === 1;
  const isSame =
    now?.isActive &&
    keepsPasskey &&
    now.passwordHash === user.passwordHash &&
    hasSecondFactor(app, now) === hadSecondFactor;
  if (session && isSame) return session;
  if (session) await endSession(app, session.sessionId);
  throw new AppError("UNAUTHORIZED", message("user_changed_during_login", {}));
}

/**
 * Creates a session for a client of the REST API.
 * @throws UNAUTHORIZED if the address or password is wrong (without saying which) or a code is required, FORBIDDEN if the user is deactivated,
 * TOO_MANY_REQUESTS
 */
export async function logIn(app: App, input: Credentials) {
  const authenticated = await authenticate(app, input);
  const { sessionId } = await openSession(app, { ...authenticated, origin: input.origin });
  await rememberClient(app, { user: authenticated.user, address: input.origin.address });
  const now = app.clock.now();
  const lifeMs = endOf(app, { createdAt: now, now }).getTime() - now.getTime();
  return { access_token: sessionId, token_type: "bearer" as const, expires_in: lifeMs / 1000 };
}

interface SignInBrowser {
  origin: Origin;
  cookies: string;
  addCookie: (cookie: string) => void;
}

/** Like `logIn`, with the session in a cookie. Marks the browser as known. */
export const signIn = async (app: App, input: Credentials & SignInBrowser) =>
  keepSession(app, { ...input, ...(await authenticate(app, input)) });

/**
 * Signs in with a passkey instead of password and code.
 * @throws UNAUTHORIZED if the passkey is unknown or wrong, FORBIDDEN if the user is deactivated, TOO_MANY_REQUESTS
 */
export async function signInWithPasskey(app: App, input: { credential: UsedCredential } & SignInBrowser) {
  const { credential, origin } = input;
  const { user, passkey } = await usePasskey(app, {
    credential,
    userId: null,
    origin,
    actor: "anonymous",
    status: "UNAUTHORIZED",
  });
  await noteLogin(app, { user, origin });
  return keepSession(app, { ...input, user, hadSecondFactor: true, passkeyId: passkey.id });
}

/** Creates the session of a browser, in a cookie. */
async function keepSession(app: App, input: Authenticated & SignInBrowser) {
  const { user } = input;
  const { cookie } = await openSession(app, input);
  input.addCookie(cookie);
  await rememberClient(app, {
    user,
    address: input.origin.address,
    cookies: input.cookies,
    addCookie: input.addCookie,
  });
  return toOutput(user);
}

/** Ends the session on the server and in the browser. */
export async function logOut(
  app: App,
  input: { userId: number; sessionId: string; origin: Origin; addCookie: (cookie: string) => void },
) {
  const { userId, origin } = input;
  await endSession(app, input.sessionId);
  await recordEvent(app, { userId, message: message("event_logged_out", {}), origin, fold: loginFold(origin) });
  input.addCookie(blankCookie(app));
  return { message: "Logged out." };
}

/**
 * Confirms the identity of the user for ten minutes, in this session.
 * @throws BAD_REQUEST if either is wrong, UNAUTHORIZED as SECOND_FACTOR_REQUIRED if the code is missing, TOO_MANY_REQUESTS
 */
export async function reauthenticate(
  app: App,
  input: { userId: number; sessionId: string; password: string; code?: string | undefined; origin: Origin },
) {
  const { origin } = input;
  const user = await confirmPassword(app, input);
  const { code, sessionId } = input;
  await requireSecondFactor(app, { user, code, origin, sessionId, actor: "owner", status: "BAD_REQUEST" });
  return confirmSession(app, input);
}

/** Like `reauthenticate`, with a passkey instead of password and code. @throws BAD_REQUEST if it is wrong, TOO_MANY_REQUESTS */
export async function confirmWithPasskey(
  app: App,
  input: { userId: number; sessionId: string; credential: UsedCredential; origin: Origin },
) {
  const { credential, userId, origin } = input;
  await usePasskey(app, { credential, userId, origin, actor: "owner", status: "BAD_REQUEST" });
  return confirmSession(app, input);
}

/** Notes that the user of a session has just confirmed their identity. */
export async function confirmSession(app: App, input: { userId: number; sessionId: string; origin: Origin }) {
  const { userId, origin } = input;
  const until = await confirmIdentity(app, input.sessionId);
  await recordEvent(app, { userId, message: message("event_reauthenticated", {}), origin, fold: loginFold(origin) });
  return { confirmed_until: until.toISOString() };
}

/**
 * Changes the password, or sets the first one of a user without a password, and ends every other session.
 * @throws BAD_REQUEST if the current password is missing or wrong or the new one is common, FORBIDDEN, REAUTHENTICATE
 */
export async function changePassword(
  app: App,
  input: {
    userId: number;
    sessionId: string;
    current_password?: string | undefined;
    new_password: string;
  } & Browser,
) {
  const { userId, origin } = input;
  requirePasswordLogin(app);
  const { email, passwordHash } = await confirmOwner(app, {
    ...input,
    password: input.current_password,
    field: "current_password",
  });
  await rejectCommonPassword({ password: input.new_password, email, field: "new_password" });
  await storePassword(app, {
    userId,
    password: input.new_password,
    keepSessionId: input.sessionId,
    insteadOf: passwordHash,
  });
  await keepClient(app, { ...input, address: origin.address });
  await recordEvent(app, { userId, message: message("event_password_changed", {}), origin });
  await notifyOwner(app, { userId, email, change: "password_changed", origin });
  return { message: "Password changed. All other sessions were ended." };
}

/**
 * For the command line: sets a new password, ends all sessions and forgets the known browsers. By default, two-factor authentication
 * and API tokens are kept.
 * @returns `null` if there is no such user
 */
export async function resetPassword(
  app: App,
  input: { email: string; password: string; removeSecondFactor: boolean; revokeApiTokens?: boolean },
): Promise<{ hasSecondFactor: boolean; apiTokens: number; revoked: number } | null> {
  const user = await app.db.prisma.user.findUnique({ where: { email: input.email } });
  if (!user) return null;
  await storePassword(app, { userId: user.id, password: input.password, keepSessionId: null });
  await recordEvent(app, { userId: user.id, message: message("event_password_reset", {}), actor: "operator" });
  await notifyOwner(app, { userId: user.id, email: user.email, change: "password_reset", origin: null });
  if (input.removeSecondFactor && (await clearSecondFactor(app, user.id))) {
    await recordEvent(app, {
      userId: user.id,
      message: message("event_second_factor_disabled", {}),
      actor: "operator",
    });
    await notifyOwner(app, { userId: user.id, email: user.email, change: "second_factor_disabled", origin: null });
  }
  const active = { userId: user.id, isActive: true };
  const revoked = input.revokeApiTokens
    ? await app.db.prisma.apiToken.updateManyAndReturn({ where: active, data: { isActive: false } })
    : [];
  for (const { id, name } of revoked) {
    const revocation = message("event_api_token_revoked", { api_token_id: id, name });
    await recordEvent(app, { userId: user.id, message: revocation, actor: "operator" });
  }
  return {
    hasSecondFactor: hasSecondFactor(app, user) && !input.removeSecondFactor,
    apiTokens: await app.db.prisma.apiToken.count({ where: active }),
    revoked: revoked.length,
  };
}

/**
 * Deletes the user, and the teams of which they are the only member with all their data.
 * @throws BAD_REQUEST if the password is wrong, CONFLICT if teams with other members would have no owner and are not to be deleted
 */
export async function deleteAccount(
  app: App,
  input: {
    userId: number;
    sessionId: string;
    password?: string | undefined;
    delete_teams?: boolean | undefined;
    origin: Origin;
    addCookie: (cookie: string) => void;
  },
): Promise<void> {
  const user = await confirmOwner(app, { ...input, field: "password" });
  const isDeleted = await app.db.write((connection) => {
    const same = "FROM users WHERE id = ? AND password_hash = ?";
    if (!connection.prepare(`SELECT 1 ${same}`).get(user.id, user.passwordHash)) return false;
    removeTeamsOf(connection, { userId: user.id, includesShared: input.delete_teams === true });
    connection.prepare(`DELETE ${same}`).run(user.id, user.passwordHash);
    return true;
  });
  if (!isDeleted) throw passwordChanged();
  const setupCode = findSetupCode(app);
  if (setupCode !== null)
    app.log.warn("setup.required", { message: `No user exists any more. Set-up code: ${setupCode}` });
  input.addCookie(blankCookie(app));
  const { id: userId, email, createdAt: openedAt } = user;
  await notifyOwner(app, { userId, email, change: "account_deleted", origin: input.origin, openedAt });
}
