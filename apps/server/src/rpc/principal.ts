import type { Role, Scope } from "@orwatch/domain/permissions";

/** The authenticated caller and their kind of credential. */
export type Principal =
  | {
      kind: "session";
      userId: number;
      /** The team whose data the request is about, and the user's role in it. */
      teamId: number;
      role: Role;
      sessionId: string;
      via: "cookie" | "bearer";
      isAdmin: boolean;
      /** True if this session has confirmed the user's identity recently. */
      isConfirmed: boolean;
      /** True if two-factor authentication is on and this session has not confirmed the user's identity recently. */
      mustReauthenticate: boolean;
      /** Who requires two-factor authentication, while the user has none. */
      secondFactorRequiredBy: "server" | "team" | null;
    }
  | {
      kind: "apiToken";
      /** Who issued the token, and their current role in its team. */
      userId: number;
      teamId: number;
      role: Role;
      tokenId: number;
      name: string;
      scopes: readonly Scope[];
    };

/** Where a request came from, as shown to the user. */
export interface Origin {
  /** IPv6 addresses are given as their /64 network. */
  address: string;
  userAgent: string | null;
}
