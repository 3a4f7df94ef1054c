import type { IncomingMessage, ServerResponse } from "node:http";
import { type Message, message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { findSession, isSessionLive, readSessionCookie, type SessionOwner } from "../auth/sessions/session.ts";
import { findDefaultMembership, findMembership } from "../memberships/membership.ts";
import { lacksSecondFactor } from "../memberships/second-factor.ts";
import { withoutInvisible } from "../platform/invisible-characters.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin, Principal } from "../rpc/principal.ts";
import type { Context } from "../rpc/procedures.ts";
import { authenticateToken, isTokenLive, TOKEN_PREFIX, TOKEN_UNKNOWN } from "../tokens/service.ts";

/** What is known about a request before a procedure runs. */
export interface Arrival {
  requestId: string;
  address: string;
  userAgent: string | null;
  /** Whether it comes from this machine without a proxy. */
  isLocal: boolean;
  /** Pattern of the path, from a fixed set, for the metrics. Set by the handler. */
  route?: string;
  /** Set by the REST adapter before the procedure is known. */
  identity?: Identity;
  /** ID of the team that the query names, also set by the REST adapter. */
  team?: number | null;
}

/** The credential of a request. `authError` says why it was rejected. */
interface Identity {
  principal: Principal | null;
  authError: Message | null;
  /** Whether the request names a team that the principal is not in. `principal` then has the team of requests that name none. */
  isForeignTeam?: boolean;
  /** teams.data_version, if it was read with the credential. */
  dataVersion?: number;
}

const ANONYMOUS: Identity = { principal: null, authError: null };
const SESSION_EXPIRED = message("session_expired", {});
const OTHER_USER = message("other_user_logged_in", {});
/** The web app sends the ID of the page's user, because another user may have logged in meanwhile in another tab. */
const ACCOUNT_HEADER = "x-orwatch-account";
/** Team of a request over /trpc. */
const TEAM_HEADER = "x-team-id";

/** Creates the context of a request with its credential and user. */
export async function createContext(
  app: App,
  input: { req: IncomingMessage; res: ServerResponse; transport: "trpc" | "rest"; arrival: Arrival },
): Promise<Context> {
  const { req, res, transport, arrival } = input;
  const {
    principal,
    authError,
    isForeignTeam = false,
  } = arrival.identity ?? (await identify(app, { req, res, transport, arrival, team: readTeamHeader(req) }));
  return {
    app,
    requestId: arrival.requestId,
    origin: originOf(arrival),
    isLocal: arrival.isLocal,
    site: readSite(app, req),
    transport,
    principal,
    authError,
    isForeignTeam,
    isStillValid: () => principal !== null && isStillValid(app, principal),
    cookies: transport === "trpc" ? (req.headers.cookie ?? "") : "",
    setHeader: (name, value) => void res.setHeader(name, value),
    addCookie: (cookie) => void res.appendHeader("Set-Cookie", cookie),
  };
}

/** @throws FORBIDDEN if a page of another site sent a change with the visitor's cookie */
export async function identify(
  app: App,
  input: {
    req: IncomingMessage;
    res: ServerResponse;
    transport: "trpc" | "rest";
    arrival: Arrival;
    /** ID of the team that the request names; `null` if it names none. */
    team: number | null;
    /** Credential that the path takes. An unknown one is reported as one of these. */
    expects?: "session" | "apiToken";
  },
): Promise<Identity> {
  const { req, res, transport, arrival, team, expects } = input;
  const bearer = readBearer(req);
  if (bearer?.startsWith(TOKEN_PREFIX)) {
    const token = authenticateToken(app, bearer);
    return { ...token, isForeignTeam: team !== null && team !== token.principal?.teamId };
  }
  if (transport === "trpc") {
    if (req.method !== "GET") requireSameOrigin(app, req);
    return identifyByCookie(app, { req, res, arrival, team });
  }
  if (!bearer) return ANONYMOUS;
  const session = await findSession(app, { sessionId: bearer, origin: originOf(arrival) });
  if (!session) return { principal: null, authError: expects === "apiToken" ? TOKEN_UNKNOWN : SESSION_EXPIRED };
  return identifyInTeam(app, team, { owner: session.owner, sessionId: bearer, via: "bearer" });
}

type Session = Extract<Principal, { kind: "session" }>;

/** The session with the team that the request is about: the one it names, or else the default of the user. */
function identifyInTeam(
  app: App,
  team: number | null,
  { owner, ...session }: { owner: SessionOwner } & Pick<Session, "sessionId" | "via">,
): Identity {
  const { hasSecondFactor, ...user } = owner;
  const { userId } = user;
  const named = team === null ? null : findMembership(app, { userId, teamId: team });
  const membership = named ?? findDefaultMembership(app, userId);
  if (!membership) return { principal: null, authError: SESSION_EXPIRED };
  const isForeignTeam = team !== null && named === null;
  const secondFactorRequiredBy = hasSecondFactor ? null : findRequiredBy(app, { userId, teamId: membership.teamId });
  return {
    principal: { kind: "session", ...user, ...session, ...membership, secondFactorRequiredBy },
    authError: null,
    isForeignTeam,
  };
}

/** Who requires two-factor authentication of a user who has none. */
function findRequiredBy(app: App, input: { userId: number; teamId: number }): Session["secondFactorRequiredBy"] {
  if (app.config.requireSecondFactor) return "server";
  return lacksSecondFactor(app.db.reader, input) ? "team" : null;
}

/** No team has the ID 0. */
function readTeamHeader({ headers }: IncomingMessage): number | null {
  const { [TEAM_HEADER]: text } = headers;
  if (text === undefined) return null;
  return /^\d{1,15}$/.test(String(text)) ? Number(text) : 0;
}

/** Whether the credential of a request is still valid, and its user still in the team. Both may end during the request. */
export const isStillValid = (app: App, principal: Principal): boolean =>
  principal.kind === "session"
    ? isSessionLive(app, principal.sessionId) && findMembership(app, principal) !== null
    : isTokenLive(app, principal.tokenId);

/** The session of the cookie. Extended if due. */
export async function identifyByCookie(
  app: App,
  { req, res, arrival, team }: { req: IncomingMessage; res: ServerResponse; arrival: Arrival; team: number | null },
): Promise<Identity> {
  const sessionId = readSessionCookie(app, req.headers.cookie ?? "");
  if (!sessionId) return ANONYMOUS;
  const session = await findSession(app, { sessionId, origin: originOf(arrival) });
  if (!session) return { principal: null, authError: SESSION_EXPIRED };
  const { [ACCOUNT_HEADER]: account } = req.headers;
  if (account !== undefined && account !== String(session.owner.userId))
    return { principal: null, authError: OTHER_USER };
  if (session.renewedCookie) res.appendHeader("Set-Cookie", session.renewedCookie);
  return identifyInTeam(app, team, { owner: session.owner, sessionId, via: "cookie" });
}

const originOf = ({ address, userAgent }: Arrival): Origin => ({ address, userAgent });

/** The credential of an Authorization: Bearer header; `null` if there is none. */
export function readBearer(req: IncomingMessage): string | null {
  // Node decodes headers as Latin-1, clients encode them as UTF-8.
  const header = withoutInvisible(Buffer.from(req.headers.authorization ?? "", "latin1").toString("utf8"));
  const match = /^Bearer ([^\s]+)$/i.exec(header);
  return match?.[1] ?? null;
}

/** Rejects cross-site requests by the headers of the browser: pages of other sites must not act with the visitor's cookie. */
function requireSameOrigin(app: App, req: IncomingMessage): void {
  const site = req.headers["sec-fetch-site"];
  const { origin } = req.headers;
  const isForeignSite = site !== undefined && site !== "same-origin" && site !== "none";
  const isForeignOrigin = origin !== undefined && !isOwnOrigin(app, origin, req.headers.host);
  if (!isForeignSite && !isForeignOrigin) {
    warnAboutPublicUrl(app, origin);
    return;
  }
  const shown = {
    origin: origin?.slice(0, MAX_SHOWN) ?? null,
    host: req.headers.host?.slice(0, MAX_SHOWN) ?? null,
    public_url: app.config.publicUrl,
  };
  app.log.warn("request.cross_site", { ...shown, sec_fetch_site: site?.slice(0, MAX_SHOWN) ?? null });
  throw new AppError("FORBIDDEN", message("cross_site_request", shown));
}

const MAX_SHOWN = 200;

/** Logs one warning if the site is used over https but PUBLIC_URL is not https: cookies are not Secure, and HSTS is not sent. */
function warnAboutPublicUrl(app: App, origin: string | undefined): void {
  if (app.config.isHttps || !origin?.startsWith("https://") || app.memory.warned.has("public_url")) return;
  app.memory.warned.add("public_url");
  const message = `People use ${origin.slice(0, MAX_SHOWN)}, but PUBLIC_URL is ${app.config.publicUrl ?? "not set"}: set it to that address, for Secure cookies and HSTS.`;
  app.log.warn("public_url.forgotten", { origin: origin.slice(0, MAX_SHOWN), message });
}

/** Origin of the site as the client uses it. */
function readSite(app: App, req: IncomingMessage): string {
  const { origin, host } = req.headers;
  if (origin !== undefined && isOwnOrigin(app, origin, host)) return new URL(origin).origin;
  return app.config.publicUrl ?? `http://${host}`;
}

/** With https, a page loaded over http must not be trusted even if it has the same host, because it may have been tampered with. */
export function isOwnOrigin(app: App, origin: string, host: string | undefined): boolean {
  const { publicUrl, isHttps } = app.config;
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return true;
  try {
    const { protocol, host: said } = new URL(origin);
    return said === host && (protocol === "https:" || !isHttps);
  } catch {
    return false;
  }
}
