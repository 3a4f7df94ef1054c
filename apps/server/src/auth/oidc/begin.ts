import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { secondsLeft } from "../../platform/rate-limit.ts";
import { AppError, tooManyRequests } from "../../rpc/app-error.ts";
import type { Origin, Principal } from "../../rpc/principal.ts";
import { checkSetupCode } from "../setup/setup-code.ts";
import { flowCookie, HOME, type Purpose } from "./flow-cookies.ts";
import { getProvider, redirectUriOf, requireOidc } from "./provider.ts";

/** Visits to the provider per address. */
const BEGINNINGS = { requests: 30, windowS: 60 };

/** A path of this app, and no address of another site. */
const isOwnPath = (path: string): boolean => /^\/(?![/\\])[^\t\r\n]*$/.test(path);

/**
 * Begins a visit to the provider. Returns its URL; what belongs to this visit is in a cookie.
 * @throws BAD_GATEWAY if the provider does not respond, UNAUTHORIZED without the session that `connect` and `confirm` need, REAUTHENTICATE,
 * FORBIDDEN if a first user needs the set-up code, TOO_MANY_REQUESTS
 */
export async function beginFlow(
  app: App,
  input: {
    purpose: Purpose;
    redirect?: string | undefined;
    setup_code?: string | undefined;
    invitation?: string | undefined;
    principal: Principal | null;
    isLocal: boolean;
    origin: Origin;
    addCookie: (cookie: string) => void;
  },
): Promise<{ url: string }> {
  const { purpose, redirect = HOME, principal, origin } = input;
  const config = requireOidc(app);
  const tries = app.limits.take(`oidc-begin:${origin.address}`, BEGINNINGS);
  if (!tries.allowed) throw tooManyRequests(message("too_many_requests", { seconds: secondsLeft(tries) }));
  if (purpose !== "login" && principal?.kind !== "session")
    throw new AppError("UNAUTHORIZED", message("session_expired", {}));
  // Otherwise a stolen session could add its own way to sign in.
  if (purpose === "connect" && principal?.kind === "session" && principal.mustReauthenticate)
    throw new AppError("REAUTHENTICATE", message("confirmation_required", {}));
  const setup = purpose === "login" ? checkSetupCode(app, { ...input, code: input.setup_code }) : null;
  const [{ client }, openid] = await Promise.all([getProvider(app), import("openid-client")]);
  const flow = {
    purpose,
    state: openid.randomState(),
    nonce: openid.randomNonce(),
    verifier: openid.randomPKCECodeVerifier(),
    redirect: isOwnPath(redirect) ? redirect : HOME,
    userId: principal?.kind === "session" && purpose !== "login" ? principal.userId : null,
    setup,
    invitation: input.invitation ?? null,
    startedAt: app.clock.now().getTime(),
  };
  const url = openid.buildAuthorizationUrl(client, {
    redirect_uri: redirectUriOf(app),
    scope: config.scopes.join(" "),
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: "S256",
    // Asks for a new sign-in even if the person has a session at the provider.
    ...(purpose === "confirm" ? { prompt: "login", max_age: "0" } : {}),
  });
  input.addCookie(flowCookie.write(app, flow));
  return { url: url.href };
}
