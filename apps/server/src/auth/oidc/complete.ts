import type { User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { IDToken } from "openid-client";
import type { App } from "../../app.ts";
import { AppError } from "../../rpc/app-error.ts";
import type { Origin } from "../../rpc/principal.ts";
import { confirmSession } from "../service.ts";
import { hasSecondFactor } from "../two-factor/factors.ts";
import { type Claims, isDomainAllowed, isEmailVerified, readEmail } from "./claims.ts";
import { type Flow, HOME, type PendingSignIn } from "./flow-cookies.ts";
import { connectIdentity, findIdentity, type Person } from "./identities.ts";
import {
  explain,
  getProvider,
  isNoResponse,
  redirectUriOf,
  requireOidc,
  stateInvalid,
  unreachable,
} from "./provider.ts";
import { registerPerson } from "./register-person.ts";
import { beginSession } from "./sign-in.ts";
import { type ClaimedRole, followTeamRole, readClaimedRole } from "./team-role.ts";

/** How a visit to the provider ended. */
export type Completed =
  /** Continue at this path of the app. */
  | { kind: "done"; redirect: string }
  /** The person must also enter a password or a code. */
  | { kind: "pending"; pending: PendingSignIn };

interface Visit {
  flow: Flow;
  /** The query with which the provider sent the browser back. */
  query: string;
  /** The session of the browser, if it has one. */
  session: { userId: number; sessionId: string } | null;
  origin: Origin;
  cookies: string;
  addCookie: (cookie: string) => void;
}

/**
 * Completes a visit to the provider that began in this browser: exchanges the code, checks the tokens, and signs in, connects or confirms.
 * @throws AppError with the reason for the person
 */
export async function completeFlow(app: App, visit: Visit): Promise<Completed> {
  const { flow, origin } = visit;
  // Each state works once, also for someone who has copied both the URL and the cookie.
  if (!app.limits.take(`oidc-state:${flow.state}`, { requests: 1, windowS: 3600 }).allowed) throw stateInvalid();
  const { person, claimedRole } = await identify(app, visit);
  app.log.info("oidc.identified", { purpose: flow.purpose, address: origin.address });
  if (flow.purpose === "login") return signIn(app, { ...visit, person, claimedRole });
  const { session } = visit;
  if (session === null || session.userId !== flow.userId)
    throw new AppError("UNAUTHORIZED", message("session_expired", {}));
  if (flow.purpose === "connect") {
    const user = await app.db.prisma.user.findUniqueOrThrow({ where: { id: session.userId } });
    await connectIdentity(app, { user, person, origin });
    await followTeamRole(app, { userId: user.id, claimed: claimedRole });
    return { kind: "done", redirect: flow.redirect };
  }
  const identity = await findIdentity(app, person);
  if (identity?.userId !== session.userId) throw new AppError("FORBIDDEN", message("oidc_other_person", {}));
  if (hasSecondFactor(app, identity.user))
    return pendingOf({ ...visit, person, claimedRole }, { user: identity.user, needs: "code" });
  await confirmSession(app, { ...session, origin });
  return { kind: "done", redirect: flow.redirect };
}

interface Identified {
  person: Person;
  claimedRole: ClaimedRole;
}

/**
 * The person whom the provider has identified.
 * @throws BAD_GATEWAY if the provider does not respond, BAD_REQUEST if what it sent is not accepted, FORBIDDEN if the person's address is not
 */
async function identify(app: App, { flow, query, origin }: Visit): Promise<Identified> {
  const config = requireOidc(app);
  const { client } = await getProvider(app);
  const { authorizationCodeGrant, fetchUserInfo } = await import("openid-client");
  let token: IDToken;
  let claims: Claims;
  try {
    const tokens = await authorizationCodeGrant(client, new URL(`${redirectUriOf(app)}?${query}`), {
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      pkceCodeVerifier: flow.verifier,
      idTokenExpected: true,
      // The sign-in must be newer than the visit: the provider could ignore prompt=login.
      ...(flow.purpose === "confirm" ? { maxAge: Math.ceil((app.clock.now().getTime() - flow.startedAt) / 1000) } : {}),
    });
    token = tokens.claims() as IDToken;
    claims = { ...token };
    const isMissing =
      claims.email === undefined || (config.roleClaim !== null && claims[config.roleClaim] === undefined);
    if (isMissing && client.serverMetadata().userinfo_endpoint)
      claims = { ...(await fetchUserInfo(client, tokens.access_token, token.sub)), ...claims };
  } catch (error) {
    throw explainFailure(app, error, origin);
  }
  const email = readEmail(claims);
  if (email === null) throw new AppError("FORBIDDEN", message("oidc_email_missing", {}));
  if (!isEmailVerified(claims, config)) throw new AppError("FORBIDDEN", message("oidc_email_unverified", {}));
  if (!isDomainAllowed(email, config.allowedDomains))
    throw new AppError("FORBIDDEN", message("oidc_domain_refused", {}));
  const providerSession = typeof token.sid === "string" ? token.sid : null;
  return {
    person: { issuer: token.iss, subject: token.sub, email, providerSession },
    claimedRole: readClaimedRole(app, claims),
  };
}

/** The log says what exactly was wrong. The person can do nothing about it but start again. */
function explainFailure(app: App, error: unknown, origin: Origin): AppError {
  const why = explain(error);
  const { error: code, name } = error as { error?: unknown; name?: string };
  const isDenied = name === "AuthorizationResponseError" && code === "access_denied";
  app.log.warn("oidc.failed", { address: origin.address, why });
  if (isDenied) return new AppError("FORBIDDEN", message("oidc_denied", {}), { cause: error });
  if (isNoResponse(error)) return unreachable(error);
  return new AppError("BAD_REQUEST", message("oidc_response_refused", {}), { cause: error });
}

/** Signs in a known person, registers a new one, or asks for the password of the user with the same address. */
async function signIn(app: App, visit: Visit & Identified): Promise<Completed> {
  const { person, claimedRole, flow, origin } = visit;
  const known = await findIdentity(app, person);
  let user = known?.user ?? null;
  let { redirect } = flow;
  if (user === null) {
    // The address alone does not prove that it is the same person.
    const namesake = await app.db.prisma.user.findUnique({ where: { email: person.email } });
    if (namesake) return pendingOf(visit, { user: namesake, needs: "password" });
    const registered = await registerPerson(app, { ...flow, person, origin });
    user = registered.user;
    // The page of the invitation has nothing left to do.
    if (registered.joined) redirect = HOME;
  }
  if (!user.isActive) throw new AppError("FORBIDDEN", message("user_turned_off", {}));
  await followTeamRole(app, { userId: user.id, claimed: claimedRole });
  if (hasSecondFactor(app, user)) return pendingOf(visit, { user, needs: "code" });
  await beginSession(app, { ...visit, user, person });
  return { kind: "done", redirect };
}

const pendingOf = (
  { flow, person, claimedRole }: Visit & Identified,
  { user, needs }: { user: User; needs: PendingSignIn["needs"] },
): Completed => ({
  kind: "pending",
  pending: {
    ...person,
    claimedRole,
    purpose: flow.purpose === "confirm" ? "confirm" : "login",
    needs,
    userId: user.id,
    redirect: flow.redirect,
    startedAt: flow.startedAt,
  },
});
