import { type Message, message, type ParamsOf } from "@orwatch/messages/message";
import { createRenderer } from "@orwatch/messages/renderer";

const now = new Date("2026-03-10T12:00:00Z");

/** What a message reads like, where a test sees nothing but text, such as an email. */
export const english: (message: Message) => string = createRenderer({ language: "en", now });
export const italian: (message: Message) => string = createRenderer({ language: "it", now });

/** Subject of the email about a change of the account. */
export const subjectOf = (change: ParamsOf<"account_changed">["change"]): string =>
  `[orwatch] ${english(message("account_changed_title", { change }))}`;
