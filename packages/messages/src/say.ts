import { CATALOGS } from "./compiled/all.js";
import { createFormat, type FormatOptions } from "./format.ts";
import type { Language } from "./languages.ts";
import type { AnyMessage, Message } from "./message.ts";
import { renderMessage } from "./render.ts";

type Texts = (typeof CATALOGS)["en"];
/** Texts that take no part in the union, such as what stands under an email; they are called with their arguments. */
export const textsIn = (language: Language): Texts => CATALOGS[language];

/** Renders messages where every catalog is at hand: the server and its commands. */
export function createSpeaker(options: FormatOptions): (message: Message | AnyMessage) => string {
  const catalog = CATALOGS[options.language];
  const format = createFormat(options);
  return (message) => renderMessage(message, { catalog, format });
}
