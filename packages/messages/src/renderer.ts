import { CATALOGS } from "./compiled/all.js";
import forecastTexts from "./compiled/en/web/forecast.js";
import { createFormat, type FormatOptions } from "./format.ts";
import type { Language } from "./languages.ts";
import type { AnyMessage, Message } from "./message.ts";
import { parseStoredMessage } from "./parse.ts";
import { renderMessage } from "./render.ts";

type Texts = (typeof CATALOGS)["en"];
/** Texts that are not messages, such as the footer of an email. Called with their arguments. */
export const textsIn = (language: Language): Texts => CATALOGS[language];

/** Renders messages in the server and its commands, which have all catalogs. */
export function createRenderer(options: FormatOptions): (message: Message | AnyMessage) => string {
  const catalog = CATALOGS[options.language];
  const format = createFormat(options);
  return (message) => renderMessage(message, { catalog, format });
}

/** Dates always include the year, because API responses are stored and compared. */
const render = createRenderer({ language: "en", now: new Date(0) });

/** A message in English, for the text fields of the API. */
export const toEnglish = (message: AnyMessage): string => render(message);

/** How a forecast is computed, in English, for the API. The web app shows the same text. */
export const forecastMethod: string = forecastTexts.method;

/** A stored message as returned by the API: English text, and the message for clients that render it themselves. */
export function readStored(stored: string | null): { text: string | null; message: AnyMessage | null } {
  if (stored === null) return { text: null, message: null };
  const message = parseStoredMessage(stored);
  return { text: toEnglish(message), message };
}
