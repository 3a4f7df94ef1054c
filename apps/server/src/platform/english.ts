import type { AnyMessage } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import { createSpeaker } from "@orwatch/messages/say";

/** Dates always include the year, because API responses are stored and compared. */
const render = createSpeaker({ language: "en", now: new Date(0) });

/** A message in English, for the text fields of the API. */
export const toEnglish = (message: AnyMessage): string => render(message);

/** A stored message as returned by the API: English text, and the message for clients that render it themselves. */
export function readStored(stored: string | null): { text: string | null; message: AnyMessage | null } {
  if (stored === null) return { text: null, message: null };
  const message = parseStoredMessage(stored);
  return { text: toEnglish(message), message };
}
