import type { Lucia } from "lucia";
import type { Origin } from "../../rpc/principal.ts";

declare module "lucia" {
  interface Register {
    Lucia: Lucia<SessionAttributes>;
    UserId: number;
    DatabaseSessionAttributes: SessionAttributes;
  }
}

/** What lucia knows of a session beside its owner and end. */
export interface SessionAttributes {
  isAdmin: boolean;
  hasSecondFactor: boolean;
  createdAt: Date;
  lastUsedAt: Date;
  reauthenticatedAt: Date | null;
  origin: Origin | null;
}

/** What is known of sessions beside the database, for as long as the process lives. */
export interface SessionMemory {
  /** Made when the first session is looked up. */
  lucia: Lucia<SessionAttributes> | null;
  /** Hashes of the sessions whose use is being written down. */
  usesUnderWay: Set<string>;
}

export const createSessionMemory = (): SessionMemory => ({ lucia: null, usesUnderWay: new Set() });
