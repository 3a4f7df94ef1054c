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

/**
 * Adds events to the history of an account, inside the caller's transaction.
 * @param input.areNotified whether they are changes that `notifyKeyChanges` notifies the team of, if it wants to know. The first listing is no change.
 */
export function recordEvents(
  connection: Connection,
  input: { accountId: number; at: Date; events: readonly AccountEvent[]; areNotified?: boolean },
): void {
  const { accountId, at, events, areNotified = false } = input;
  if (events.length === 0) return;
  const insert = connection.prepare(INSERT);
  for (const { keyHash, message } of events)
    insert.run({
      accountId,
      at: storedInstant(at),
      keyHash,
      message: storeMessage(message),
      areNotified: areNotified ? 1 : 0,
    });
}

const INSERT = `INSERT INTO account_events (account_id, at, key_hash, message, is_pending)
  SELECT id, :at, :keyHash, :message, :areNotified AND notifies_changes AND last_listed_at IS NOT NULL
  FROM openrouter_accounts WHERE id = :accountId`;
