import type { AnyMessage, Message } from "./message.ts";
import { message } from "./message.ts";
import { messageSchema } from "./schema/index.ts";

/** Maximum nesting. Deeper messages are the result of an error. */
const MAX_DEPTH = 4;

/**
 * Parses a stored message. Unknown codes become `unknown_message`, also within other messages, so that a notification of a
 * newer version does not break a list.
 */
export function parseMessage(stored: unknown, depth = 0): Message {
  const parsed = messageSchema.safeParse(stored);
  if (!parsed.success || depth > MAX_DEPTH) return message("unknown_message", {});
  const params = Object.fromEntries(
    Object.entries(parsed.data.params).map(([name, value]) => [name, parseValue(value, depth + 1)]),
  );
  return { code: parsed.data.code, params } as Message;
}

function parseValue(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return value.map((one) => (isMessage(one) ? parseMessage(one, depth) : one));
  return isMessage(value) ? parseMessage(value, depth) : value;
}

/** How a message is stored. */
export const storeMessage = (message: Message): string => JSON.stringify(message);

/** Parses a message stored as JSON. Any other text is from an earlier version and is kept unchanged. */
export function parseStoredMessage(text: string): Message {
  try {
    const value: unknown = JSON.parse(text);
    if (isMessage(value)) return parseMessage(value);
  } catch {
    // Not JSON.
  }
  return message("legacy_text", { text });
}

export const isMessage = (value: unknown): value is AnyMessage =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as AnyMessage).code === "string" &&
  typeof (value as AnyMessage).params === "object" &&
  (value as AnyMessage).params !== null;
