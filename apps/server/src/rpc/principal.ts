/** The authenticated caller and their kind of credential. */
export type Principal =
  | {
      kind: "session";
      userId: number;
      sessionId: string;
      via: "cookie" | "bearer";
      isAdmin: boolean;
      /** True if two-factor authentication is on and this session has not confirmed the user's identity recently. */
      mustReauthenticate: boolean;
    }
  | { kind: "apiToken"; userId: number; tokenId: number };

/** Where a request came from, as shown to the user. */
export interface Origin {
  /** IPv6 addresses are given as their /64 network. */
  address: string;
  userAgent: string | null;
}
