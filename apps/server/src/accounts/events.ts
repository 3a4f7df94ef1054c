import type { Connection } from "@orwatch/db";
import type { Message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { storedInstant } from "../platform/clock.ts";

/** Something that happened in an account at OpenRouter. */
export interface AccountEvent {
  /** `null` if the event is about the account. */
  keyHash: string | null;
  message: Message;
}

/** Adds an event to the history of an account, inside the caller's transaction. */
export function recordEvents(
  connection: Connection,
  { accountId, at, events }: { accountId: number; at: Date; events: readonly AccountEvent[] },
): void {
  if (events.length === 0) return;
  const insert = connection.prepare(
    "INSERT INTO account_events (account_id, at, key_hash, message) VALUES (?, ?, ?, ?)",
  );
  for (const { keyHash, message } of events) insert.run(accountId, storedInstant(at), keyHash, storeMessage(message));
}
