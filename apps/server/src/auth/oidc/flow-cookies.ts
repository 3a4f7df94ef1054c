import { parseCookies, serializeCookie } from "oslo/cookie";
import type { App } from "../../app.ts";
import type { SetupWay } from "../setup/setup-code.ts";
import type { ClaimedRole } from "./team-role.ts";

/** Where a visit ends by default. */
export const HOME = "/dashboard";

/** What a person is doing at the provider: signing in, connecting it to their user, or confirming their identity. */
export type Purpose = "login" | "connect" | "confirm";

/** A visit to the provider that has begun in this browser. */
export interface Flow {
  purpose: Purpose;
  state: string;
  nonce: string;
  /** Code verifier of PKCE. */
  verifier: string;
  /** Path of this app to continue at. */
  redirect: string;
  /** The user who connects or confirms. */
  userId: number | null;
  /** How a first user was permitted to register. */
  setup: SetupWay | null;
  /** Token of an invitation, which admits a new person. */
  invitation: string | null;
  /** Milliseconds since 1970. */
  startedAt: number;
}

/** A person whom the provider has identified and who must also enter something here. */
export interface PendingSignIn {
  purpose: "login" | "confirm";
  /** `password`: the address belongs to a user whose password connects it. `code`: the user has two-factor authentication. */
  needs: "password" | "code";
  userId: number;
  issuer: string;
  subject: string;
  email: string;
  providerSession: string | null;
  claimedRole: ClaimedRole;
  redirect: string;
  startedAt: number;
}

const LIFE_MS = 10 * 60_000;

/**
 * A value in an encrypted cookie, so that the server keeps nothing for visitors who may never come back. It lives for ten minutes. SameSite=Lax,
 * because the provider sends people back with a link.
 */
function createCookie<T extends { startedAt: number }>(name: string) {
  const nameOf = ({ config }: Pick<App, "config">) => (config.isHttps ? `__Host-orwatch_${name}` : `orwatch_${name}`);
  // No user has this ID.
  const binding = { ownerId: 0, keyHash: name };
  const serialize = (app: Pick<App, "config">, value: string, maxAge: number) =>
    serializeCookie(nameOf(app), value, {
      httpOnly: true,
      sameSite: "lax",
      secure: app.config.isHttps,
      path: "/",
      maxAge,
    });
  return {
    /** The value in a Cookie header; `null` if there is none, or if it is forged or too old. */
    read(app: Pick<App, "config" | "cipher" | "clock">, cookies: string): T | null {
      const envelope = parseCookies(cookies).get(nameOf(app));
      const text = envelope ? app.cipher.decrypt(envelope, binding) : null;
      if (text === null) return null;
      const value = JSON.parse(text) as T;
      const age = app.clock.now().getTime() - value.startedAt;
      return age >= 0 && age < LIFE_MS ? value : null;
    },
    /** Set-Cookie value. */
    write: (app: Pick<App, "config" | "cipher">, value: T): string =>
      serialize(app, app.cipher.encrypt(JSON.stringify(value), binding), LIFE_MS / 1000),
    /** Set-Cookie value that removes it. */
    clear: (app: Pick<App, "config">): string => serialize(app, "", 0),
  };
}

export const flowCookie = createCookie<Flow>("oidc");
export const pendingCookie = createCookie<PendingSignIn>("oidc_pending");
