/** Who is asking, and by which credential. */
export type Principal =
  | {
      kind: "session";
      userId: number;
      sessionId: string;
      via: "cookie" | "bearer";
      isAdmin: boolean;
      /** The account has a second factor, and this session has not given it again lately. */
      mustReauthenticate: boolean;
    }
  | { kind: "apiToken"; userId: number; tokenId: number };

/** Where a request came from, as the account's owner sees it. */
export interface Origin {
  /** An IPv6 address stands for its /64. */
  address: string;
  userAgent: string | null;
}
