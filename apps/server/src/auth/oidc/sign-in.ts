import type { User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { loginFold, recordEvent } from "../../audit/service.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { countPasswordCheck } from "../attempts.ts";
import type { UsedCredential } from "../passkeys/schema.ts";
import { hasPassword, verifyPassword } from "../passwords/password.ts";
import { confirmSession, openSession } from "../service.ts";
import { findKnownClient, rememberClient } from "../sessions/known-clients.ts";
import { hasPasskey, hasSecondFactor } from "../two-factor/factors.ts";
import { requireSecondFactor } from "../two-factor/second-factor.ts";
import { pendingCookie } from "./flow-cookies.ts";
import { connectIdentity, findIdentity, type Person } from "./identities.ts";
import { stateInvalid } from "./provider.ts";
import { followTeamRole } from "./team-role.ts";

interface Browser {
  origin: Origin;
  cookies: string;
  addCookie: (cookie: string) => void;
}

/** Begins a session of a user who has signed in through the provider. @throws UNAUTHORIZED if the user changed meanwhile */
export async function beginSession(app: App, input: Browser & { user: User; person: Person }): Promise<void> {
  const { user, person, origin, addCookie } = input;
  const identity = await findIdentity(app, person);
  if (identity?.userId !== user.id) throw stateInvalid();
  const { cookie } = await openSession(app, {
    user,
    origin,
    hadSecondFactor: hasSecondFactor(app, user),
    identity: { id: identity.id, providerSession: person.providerSession },
  });
  addCookie(cookie);
  const now = app.clock.now();
  await app.db.prisma.identity.updateMany({
    where: { id: identity.id },
    data: { email: person.email, lastUsedAt: now },
  });
  await app.db.prisma.user.updateMany({ where: { id: user.id }, data: { lastLoginAt: now } });
  await recordEvent(app, {
    userId: user.id,
    message: message("event_logged_in_with_provider", { name: person.email }),
    origin,
    fold: loginFold(origin),
  });
  await rememberClient(app, { ...input, address: origin.address });
}

/** What a person must still enter after the provider has identified them; `null` if nothing. */
export function describePending(app: App, cookies: string) {
  const pending = pendingCookie.read(app, cookies);
  if (pending === null || app.config.oidc === null) return null;
  const { purpose, needs, email, redirect, userId } = pending;
  return { purpose, needs, email, redirect, name: app.config.oidc.name, has_passkeys: hasPasskey(app, userId) };
}

/**
 * Finishes a sign-in that needs the password of the user with the same address, a second factor, or both.
 * @throws BAD_REQUEST if the sign-in has expired or the password or code is wrong, SECOND_FACTOR_REQUIRED, FORBIDDEN, TOO_MANY_REQUESTS
 */
export async function finishSignIn(
  app: App,
  input: Browser & {
    password?: string | undefined;
    code?: string | undefined;
    passkey?: UsedCredential | undefined;
    session: { userId: number; sessionId: string } | null;
  },
): Promise<void> {
  const { origin, cookies, addCookie, code, passkey, session } = input;
  const pending = pendingCookie.read(app, cookies);
  if (pending === null) throw stateInvalid();
  const user = await app.db.prisma.user.findUnique({ where: { id: pending.userId } });
  if (user === null) throw stateInvalid();
  const known = findKnownClient(app, { cookies, userId: user.id, address: origin.address });
  if (pending.needs === "password") await checkPassword(app, { user, password: input.password ?? "", origin, known });
  const isConfirming = pending.purpose === "confirm";
  if (isConfirming && session?.userId !== user.id) throw new AppError("UNAUTHORIZED", message("session_expired", {}));
  await requireSecondFactor(app, {
    user,
    code,
    passkey,
    origin,
    known,
    ...(session && isConfirming ? { sessionId: session.sessionId } : {}),
    actor: isConfirming ? "owner" : "anonymous",
    status: "BAD_REQUEST",
  });
  if (!user.isActive) throw new AppError("FORBIDDEN", message("user_turned_off", {}));
  if (isConfirming && session) await confirmSession(app, { ...session, origin });
  else {
    if (pending.needs === "password") {
      await connectIdentity(app, { user, person: pending, origin });
      await followTeamRole(app, { userId: user.id, claimed: pending.claimedRole });
    }
    await beginSession(app, { ...input, user, person: pending });
  }
  addCookie(pendingCookie.clear(app));
}

/** @throws BAD_REQUEST, CONFLICT if the user has no password, TOO_MANY_REQUESTS */
async function checkPassword(
  app: App,
  input: { user: User; password: string; origin: Origin; known: ReturnType<typeof findKnownClient> },
): Promise<void> {
  const { user, password, origin, known } = input;
  if (!hasPassword(user)) throw new AppError("CONFLICT", message("oidc_email_taken", {}));
  const attempt = countPasswordCheck(app, { account: user.email, address: origin.address, known });
  if (!(await verifyPassword(user.passwordHash, password))) {
    app.log.warn("auth.failed", { address: origin.address, user_id: user.id, what: "password" });
    await recordEvent(app, {
      userId: user.id,
      message: message("event_log_in_failed", {}),
      actor: "anonymous",
      origin,
      fold: origin.address,
    });
    throw new AppError("BAD_REQUEST", message("password_wrong", {}));
  }
  attempt.succeeded();
}
