import type { Lucia } from "lucia";
import type { Origin } from "../../rpc/principal.ts";

declare module "lucia" {
  interface Register {
    Lucia: Lucia<SessionAttributes>;
    UserId: number;
    DatabaseSessionAttributes: SessionAttributes;
  }
}

/** Additional attributes of a session in lucia. */
export interface SessionAttributes {
  isAdmin: boolean;
  hasSecondFactor: boolean;
  createdAt: Date;
  lastUsedAt: Date;
  reauthenticatedAt: Date | null;
  origin: Origin | null;
  /** Only when the session is created. */
  identity: SessionIdentity | null;
}

/** The identity that a session is signed in with. */
export interface SessionIdentity {
  id: number;
  /** The provider's ID of its own session; `null` if it does not say. */
  providerSession: string | null;
}

/** State of sessions in memory. */
export interface SessionMemory {
  /** Created when the first session is looked up. */
  lucia: Lucia<SessionAttributes> | null;
  /** Hashes of the sessions whose use is being saved. */
  pendingUses: Set<string>;
}

export const createSessionMemory = (): SessionMemory => ({ lucia: null, pendingUses: new Set() });
