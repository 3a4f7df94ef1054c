import type { Message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import { type Assessment, type ItemContent, type KeyFacts, LASTING, type Level } from "./define.ts";

export const NOT_MEASURED: Omit<ItemContent, "message"> = { threshold: null, value: null, unit: null, window: null };

export const keyParams = ({ id, name }: Pick<KeyFacts, "id" | "name">) => ({ key_id: id, key: name });

/** Keys that are turned off are ignored by all rules but those about spend. */
export const activeKeys = (keys: KeyFacts[]): KeyFacts[] => keys.filter(({ isActive }) => isActive);

export const subjectsOfActiveKeys = (keys: KeyFacts[]): string[] => activeKeys(keys).map(({ id }) => `key:${id}`);

/** A state of a key that lasts until it changes. @param since distinguishes one occurrence from the next */
export const lastingState = (key: KeyFacts, level: Level, since: Date | null): Assessment => ({
  subject: `key:${key.id}`,
  key,
  period: LASTING,
  window: `${LASTING}/${since?.toISOString() ?? "none"}`,
  levels: [level],
});

/** Status and sync errors of a key are stored messages. */
export const causeOf = (stored: string | null): Message | null => (stored === null ? null : parseStoredMessage(stored));
