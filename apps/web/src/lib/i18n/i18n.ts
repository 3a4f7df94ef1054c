import { createFormat, type Format } from "@orwatch/messages/format";
import type { I18nState, Texts } from "@orwatch/messages/i18n";
import type { Language } from "@orwatch/messages/languages";
import type { AnyMessage } from "@orwatch/messages/message";
import { renderMessage } from "@orwatch/messages/render";
import { use, useMemo, useSyncExternalStore } from "react";
import { serverNow } from "../format/clock.ts";
import { chooseLanguage, i18n, loadTexts, type TextPart } from "./catalogs.ts";
import { timeZone, useTimeZone } from "./time-zone.ts";

const useI18n = (): I18nState => useSyncExternalStore(i18n.subscribe, i18n.getState, i18n.getState);

export { LANGUAGES } from "@orwatch/messages/languages";
/**
 * The texts of the app in the language of the page. They are in `packages/messages/catalogs/LANGUAGE`: what the app itself says in `web/`,
 * one file for each part of it, and the messages of the server beside that.
 *
 *     const t = useTexts("keys");
 *     <h1>{t.keys.title}</h1> <p>{t.keys.count({ count })}</p> <Button>{t.common.close}</Button>
 *
 *     const format = useFormat();
 *     <p>{format.money(cost)}</p>
 *
 * The server sends what it has to say as messages, `{ code, params }`. A component renders them with `useSay`, a callback (such as one
 * that announces a result) with `say`:
 *
 *     const say = useSay();
 *     {key.status_message && <p>{say(key.status_message)}</p>}
 *
 *     onSuccess: (delivery) => announce(say(delivery.error))
 *
 * Errors of the API go through `messageOf` and `sayIssue` of `errors.ts`, which do the same with their `reason` and `params`.
 */
export { chooseLanguage, i18n, loadTexts };
export const useLanguage = (): Language => useI18n().language;

/** Texts by part, such as `TextsOf<"keys">`, with those that every page uses. */
export type TextsOf<P extends TextPart> = Pick<Texts, P | "common">;

/** Texts of the parts named. Suspends until they are loaded, where no loader has done that before. */
export function useTexts<P extends TextPart>(...parts: P[]): TextsOf<P> {
  const { texts } = useI18n();
  if (texts.common === undefined || parts.some((part) => texts[part] === undefined)) use(pending(parts));
  return texts as TextsOf<P>;
}

const loading = new Map<string, Promise<void>>();

/** One promise for each set of parts, however often it is asked for. */
function pending(parts: readonly TextPart[]): Promise<void> {
  const name = parts.join();
  const known = loading.get(name) ?? loadTexts(...parts);
  loading.set(name, known);
  known.catch(() => loading.delete(name));
  return known;
}

/** Texts outside components, of the parts that are loaded. */
export const currentTexts = (): Texts => i18n.getState().texts as Texts;

const now = () => new Date(serverNow());

/** Numbers, money, dates and instants in the language and the time zone of the page. */
export const currentFormat = (): Format =>
  createFormat({ language: i18n.getState().language, now, timeZone: timeZone() });

export function useFormat(): Format {
  const { language } = useI18n();
  const zone = useTimeZone();
  return useMemo(() => createFormat({ language, now, timeZone: zone }), [language, zone]);
}

/** What a function outside components needs to put something in words; `useWords` has it all. */
export interface Words<P extends TextPart> {
  t: TextsOf<P>;
  format: Format;
  say: (message: AnyMessage) => string;
}

export function useWords<P extends TextPart>(...parts: P[]): Words<P> {
  const [t, format, say] = [useTexts(...parts), useFormat(), useSay()];
  return useMemo(() => ({ t, format, say }), [t, format, say]);
}

/** Loads every message that the server can send: they are small, and each may contain others. Pages that show some wait for it. */
export const loadMessages = (): Promise<void> =>
  i18n.load(
    "common",
    "errors",
    "issues",
    "keys",
    "accounts",
    "alerts",
    "deliveries",
    "account",
    "audit",
    "jobs",
    "digest",
  );

const areMessagesLoaded = (): boolean => Object.hasOwn(i18n.getState().catalog, "unknown_message");

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
  const state = useI18n();
  const zone = useTimeZone();
  // A new function after each change, so that what is memoized by it changes too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `say` reads them
  return useMemo(() => (message) => say(message), [state, zone]);
}
