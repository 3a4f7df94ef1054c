import type { JWTVerifyGetKey } from "jose";
import type { Configuration } from "openid-client";

/** Endpoints and keys of the provider, as it publishes them. */
export interface Provider {
  /** As in its tokens. */
  issuer: string;
  /** Client of openid-client. */
  client: Configuration;
  /** Algorithms of its signatures. */
  algorithms: string[];
  /** Its public keys, fetched when a signature names an unknown one. */
  keys: JWTVerifyGetKey;
}

/** State of the provider in memory. All times are of the monotonic clock. */
export interface OidcMemory {
  /** What was discovered, and when. */
  known: { provider: Provider; at: number } | null;
  /** A discovery that is under way, shared by all who wait for it. */
  pending: Promise<Provider> | null;
  /** When the last discovery failed. */
  failedAt: number | null;
}

export const createOidcMemory = (): OidcMemory => ({ known: null, pending: null, failedAt: null });
