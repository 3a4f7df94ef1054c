import { createFormat, type Format } from "@orwatch/messages/format";
import { createI18n } from "@orwatch/messages/i18n";
import type { AnyMessage } from "@orwatch/messages/message";
import { renderMessage } from "@orwatch/messages/render";
import { useMemo, useSyncExternalStore } from "react";
import { serverNow } from "./clock.ts";
import { currentLanguage } from "./language.ts";
import { timeZone, useTimeZone } from "./time-zone.ts";

/**
 * The texts of the app in the language of the page.
 *
 * The server sends what it has to say as messages, `{ code, params }`. A component renders them with `useSay`, a callback (such as one
 * that announces a result) with `say`:
 *
 *     const say = useSay();
 *     {key.status_message && <p>{say(key.status_message)}</p>}
 *
 *     onSuccess: (delivery) => announce(say(delivery.error))
 *
 * Errors of the API go through `messageOf` and `fieldErrorsOf` of `errors.ts`, which do the same with their `reason` and `params`.
 */
export const i18n = createI18n({ language: currentLanguage() });

/** Loads every message that the server can send: they are small, and each may contain others. Pages behind the log-in wait for it. */
export const loadMessages = (): Promise<void> =>
  i18n.load("common", "errors", "issues", "keys", "alerts", "deliveries", "account", "audit", "jobs", "digest");

const areMessagesLoaded = (): boolean => Object.hasOwn(i18n.getState().catalog, "unknown_message");

/** Numbers, money, dates and instants in the language and the time zone of the page. */
export const currentFormat = (): Format =>
  createFormat({ language: i18n.getState().language, now: new Date(serverNow()), timeZone: timeZone() });

/**
 * A message of the server in words; a code that only a newer version knows becomes a neutral sentence. Empty until the messages are
 * loaded, which it starts.
 */
export function say(message: AnyMessage): string {
  if (areMessagesLoaded()) return renderMessage(message, { catalog: i18n.getState().catalog, format: currentFormat() });
  loadMessages().catch(() => {});
  return "";
}

/** The same for a code that may be unknown here; `null` until the messages are loaded, and for an unknown code. */
export function sayKnown(message: AnyMessage): string | null {
  const said = say(message);
  return said !== "" && Object.hasOwn(i18n.getState().catalog, message.code) ? said : null;
}

/** `say` for components: they render again when the messages are loaded and when the language or the time zone changes. */
export function useSay(): (message: AnyMessage) => string {
  const state = useSyncExternalStore(i18n.subscribe, i18n.getState);
  const zone = useTimeZone();
  // A new function after each change, so that what is memoized by it changes too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `say` reads them
  return useMemo(() => (message) => say(message), [state, zone]);
}
