/** The site a passkey belongs to, as the browser sees it. */
export interface RelyingParty {
  /** Host name: the RP ID. */
  host: string;
  origin: string;
}

/** What a challenge may be used for. */
export type Ceremony = "create" | "use";

/** A random text that an authenticator signs, which works once. */
export interface Challenge {
  ceremony: Ceremony;
  site: RelyingParty;
  /** The user who may answer it; `null`: whoever has a passkey. */
  userId: number | null;
  /** Name of the user at the authenticator, for a new passkey. */
  userHandle: string | null;
  /** By the monotonic clock. */
  endsAt: number;
}

/** Open challenges, oldest first. */
export type PasskeyMemory = Map<string, Challenge>;

export const createPasskeyMemory = (): PasskeyMemory => new Map();
