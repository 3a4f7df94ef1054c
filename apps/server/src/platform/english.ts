import type { AnyMessage } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import { createSpeaker } from "@orwatch/messages/say";

/** Dates show their year always: API responses are kept and compared. */
const render = createSpeaker({ language: "en", now: new Date(0) });

/** A message in English, for the text fields of the API. */
export const toEnglish = (message: AnyMessage): string => render(message);

/** A stored message as the API shows it: English text, and the message for clients in another language. */
export function readStored(stored: string | null): { text: string | null; message: AnyMessage | null } {
  if (stored === null) return { text: null, message: null };
  const message = parseStoredMessage(stored);
  return { text: toEnglish(message), message };
}
