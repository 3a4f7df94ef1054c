import { Prisma, type User } from "@orwatch/db";
import { TRPCError } from "@trpc/server";
import { Argon2id } from "oslo/password";
import type { App } from "../app.ts";
import { forgetSuccess, guardPasswordCheck, guardRegistration, rememberSuccess } from "./attempts.ts";
import { blankCookie, createSession, endOtherSessions, endSession } from "./session.ts";

const argon2 = new Argon2id();

const toOutput = (user: User) => ({
  id: user.id,
  email: user.email,
  created_at: user.createdAt.toISOString(),
  is_active: user.isActive,
});

const hasCode = (error: unknown, code: string) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === code;

/**
 * Opens an account.
 * @throws FORBIDDEN when registration is closed, CONFLICT when the address is taken, TOO_MANY_REQUESTS
 */
export async function register(app: App, input: { email: string; password: string; address: string }) {
  if (!app.config.allowRegistration)
    throw new TRPCError({
      code: "FORBIDDEN",
      message: "Registration is closed on this server; ask its administrator.",
    });
  guardRegistration(app, input);
  const passwordHash = await argon2.hash(input.password);
  try {
    return toOutput(await app.db.prisma.user.create({ data: { email: input.email, passwordHash } }));
  } catch (error) {
    if (!hasCode(error, "P2002")) throw error;
    throw new TRPCError({ code: "CONFLICT", message: "This e-mail address already has an account; log in instead." });
  }
}

let decoy: Promise<string> | null = null;

/** True when the password is the user's. Takes the same time when there is no such user, or no readable hash of theirs. */
async function verify(passwordHash: string | null, password: string): Promise<boolean> {
  if (passwordHash !== null) {
    const matches = await argon2.verify(passwordHash, password).catch(() => null);
    if (matches !== null) return matches;
  }
  decoy ??= argon2.hash("a password that nobody has");
  await argon2.verify(await decoy, password);
  return false;
}

async function authenticate(app: App, input: { email: string; password: string; address: string }): Promise<User> {
  const attempt = guardPasswordCheck(app, { account: input.email, address: input.address });
  const user = await app.db.prisma.user.findUnique({ where: { email: input.email } });
  const matches = await verify(user?.passwordHash ?? null, input.password);
  if (!user || !matches || !user.isActive)
    throw new TRPCError({ code: "UNAUTHORIZED", message: "E-mail address or password is wrong." });
  attempt.succeeded();
  rememberSuccess(app, { account: input.email, address: input.address });
  return user;
}

/**
 * A session for clients of the REST API.
 * @throws UNAUTHORIZED when address or password is wrong (never which), TOO_MANY_REQUESTS
 */
export async function logIn(app: App, input: { email: string; password: string; address: string }) {
  const user = await authenticate(app, input);
  const { sessionId } = await createSession(app, user.id);
  return { access_token: sessionId, token_type: "bearer" as const, expires_in: app.config.sessionHours * 3600 };
}

/** As `logIn`, with the session in a cookie. */
export async function signIn(
  app: App,
  input: { email: string; password: string; address: string; addCookie: (cookie: string) => void },
) {
  const user = await authenticate(app, input);
  const { cookie } = await createSession(app, user.id);
  input.addCookie(cookie);
  return toOutput(user);
}

/** Ends the session on the server and in the browser. */
export async function logOut(app: App, input: { sessionId: string; addCookie: (cookie: string) => void }) {
  await endSession(app, input.sessionId);
  input.addCookie(blankCookie(app));
  return { message: "Logged out." };
}

export async function getUser(app: App, input: { userId: number }) {
  const user = await app.db.prisma.user.findUnique({ where: { id: input.userId } });
  if (!user) throw new TRPCError({ code: "NOT_FOUND", message: "This account no longer exists." });
  return toOutput(user);
}

async function confirmPassword(app: App, input: { userId: number; password: string; address: string }): Promise<User> {
  const user = await app.db.prisma.user.findUnique({ where: { id: input.userId } });
  if (!user) throw new TRPCError({ code: "NOT_FOUND", message: "This account no longer exists." });
  const attempt = guardPasswordCheck(app, { account: user.email, address: input.address });
  if (!(await verify(user.passwordHash, input.password)))
    throw new TRPCError({ code: "BAD_REQUEST", message: "The password is wrong; nothing was changed." });
  attempt.succeeded();
  return user;
}

/**
 * Changes the password and ends every other session.
 * @throws BAD_REQUEST when the current password is wrong
 */
export async function changePassword(
  app: App,
  input: { userId: number; sessionId: string; current_password: string; new_password: string; address: string },
) {
  await confirmPassword(app, { userId: input.userId, password: input.current_password, address: input.address });
  await storePassword(app, { userId: input.userId, password: input.new_password, keepSessionId: input.sessionId });
  return { message: "Password changed. Every other session has ended." };
}

async function storePassword(app: App, input: { userId: number; password: string; keepSessionId: string | null }) {
  const passwordHash = await argon2.hash(input.password);
  await app.db.prisma.user.update({ where: { id: input.userId }, data: { passwordHash } });
  await endOtherSessions(app, input);
}

/** For the command line: sets a password for who forgot theirs and ends all sessions. `false`: no such account. */
export async function resetPassword(app: App, input: { email: string; password: string }): Promise<boolean> {
  const user = await app.db.prisma.user.findUnique({ where: { email: input.email } });
  if (!user) return false;
  await storePassword(app, { userId: user.id, password: input.password, keepSessionId: null });
  return true;
}

/** Deletes the account and all that is its own. @throws BAD_REQUEST when the password is wrong */
export async function deleteAccount(
  app: App,
  input: { userId: number; password: string; address: string; addCookie: (cookie: string) => void },
): Promise<void> {
  const user = await confirmPassword(app, input);
  await app.db.prisma.user.deleteMany({ where: { id: input.userId } });
  input.addCookie(blankCookie(app));
  forgetSuccess(app, { account: user.email });
}

export const getSettings = (app: App) => ({
  allow_registration: app.config.allowRegistration,
  sync_interval_minutes: app.config.syncIntervalMinutes,
  max_api_keys_per_user: app.config.maxApiKeysPerUser,
  max_api_tokens_per_user: app.config.maxApiTokensPerUser,
  rate_limit_requests: app.config.rateLimitRequests,
  rate_limit_window_s: app.config.rateLimitWindowS,
});
