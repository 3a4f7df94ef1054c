import { CATALOGS } from "./compiled/all.js";
import { createFormat, type FormatOptions } from "./format.ts";
import type { Language } from "./languages.ts";
import type { AnyMessage, Message } from "./message.ts";
import { renderMessage } from "./render.ts";

type Texts = (typeof CATALOGS)["en"];
/** Texts that are not messages, such as the footer of an email. Called with their arguments. */
export const textsIn = (language: Language): Texts => CATALOGS[language];

/** Renders messages in the server and its commands, which have all catalogs. */
export function createSpeaker(options: FormatOptions): (message: Message | AnyMessage) => string {
  const catalog = CATALOGS[options.language];
  const format = createFormat(options);
  return (message) => renderMessage(message, { catalog, format });
}
