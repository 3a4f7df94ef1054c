import { message } from "@orwatch/messages/message";
import type { JWTPayload } from "jose";
import type { App } from "../../app.ts";
import { recordEvent } from "../../audit/service.ts";
import { CLOCK_TOLERANCE_S, explain, getProvider, requireOidc } from "./provider.ts";

const EVENT = "http://schemas.openid.net/event/backchannel-logout";
/** Older tokens are rejected, even if they have not expired: what they say may have changed. */
const MAX_AGE_S = 300;

/** What a provider says in a logout token: who, or which of its sessions. */
interface Logout {
  issuer: string;
  subject: string | null;
  providerSession: string | null;
}

/**
 * Ends the sessions that a logout token names, which the provider sends when a person signs out there or is blocked.
 * @returns `false` if the token is not accepted or the keys of the provider cannot be read; the log says why
 */
export async function logOutByProvider(app: App, input: { token: string; address: string }): Promise<boolean> {
  const logout = await readLogoutToken(app, input.token).catch((error) => {
    app.log.warn("oidc.logout_refused", { address: input.address, why: explain(error) });
    return null;
  });
  if (logout === null) return false;
  const ended = await endSessions(app, logout);
  for (const [userId, count] of ended)
    await recordEvent(app, { userId, message: message("event_provider_logout", { ended: count }), actor: "server" });
  app.log.info("oidc.logout", { users: ended.size });
  return true;
}

/** Checks a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6). @throws Error that says what is wrong */
async function readLogoutToken(app: App, token: string): Promise<Logout> {
  const { clientId } = requireOidc(app);
  const { issuer, keys, algorithms } = await getProvider(app);
  const { jwtVerify } = await import("jose");
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer,
    audience: clientId,
    algorithms,
    clockTolerance: CLOCK_TOLERANCE_S,
    maxTokenAge: MAX_AGE_S,
    requiredClaims: ["iat", "jti", "events"],
  });
  if (protectedHeader.typ !== undefined && !/^(application\/)?(logout\+)?jwt$/i.test(protectedHeader.typ))
    throw new Error(`the type ${protectedHeader.typ} is not that of a logout token`);
  if (!isLogoutEvent(payload)) throw new Error("it has no logout event");
  // An ID token has a nonce and could be sent here by someone else.
  if (payload.nonce !== undefined) throw new Error("it has a nonce");
  const subject = typeof payload.sub === "string" ? payload.sub : null;
  const providerSession = typeof payload.sid === "string" ? payload.sid : null;
  if (subject === null && providerSession === null) throw new Error("it names neither a person nor a session");
  const isNew = app.limits.take(`oidc-jti:${payload.jti}`, { requests: 1, windowS: 2 * MAX_AGE_S }).allowed;
  if (!isNew) throw new Error("it was already used");
  return { issuer, subject, providerSession };
}

function isLogoutEvent({ events }: JWTPayload): boolean {
  if (typeof events !== "object" || events === null) return false;
  const event = (events as Record<string, unknown>)[EVENT];
  return typeof event === "object" && event !== null;
}

/** Ends the sessions that were signed in with the identity. Returns their number by user. */
function endSessions(app: App, { issuer, subject, providerSession }: Logout): Promise<Map<number, number>> {
  return app.db.write((connection) => {
    const rows = connection
      .prepare(
        `DELETE FROM sessions WHERE identity_id IN
           (SELECT id FROM identities WHERE issuer = @issuer AND (@subject IS NULL OR subject = @subject))
         AND (@providerSession IS NULL OR provider_session = @providerSession) RETURNING user_id`,
      )
      .pluck()
      .all({ issuer, subject, providerSession }) as (number | bigint)[];
    const ended = new Map<number, number>();
    for (const id of rows.map(Number)) ended.set(id, (ended.get(id) ?? 0) + 1);
    return ended;
  });
}
