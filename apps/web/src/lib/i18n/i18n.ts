import { createFormat, type Format } from "@orwatch/messages/format";
import type { I18nState, Texts } from "@orwatch/messages/i18n";
import type { Language } from "@orwatch/messages/languages";
import type { AnyMessage } from "@orwatch/messages/message";
import { renderMessage } from "@orwatch/messages/render";
import { use, useMemo, useSyncExternalStore } from "react";
import { serverNow } from "../format/clock.ts";
import { chooseLanguage, i18n, loadTexts, type TextPart } from "./catalogs.ts";
import { timeZone, useTimeZone } from "./time-zone.ts";

/**
 * A part of the loaded catalogs. Components render again only if it changes: texts that another part of the app loads would otherwise render
 * the whole page again, at once.
 */
const useI18n = <T>(select: (state: I18nState) => T): T =>
  useSyncExternalStore(
    i18n.subscribe,
    () => select(i18n.getState()),
    () => select(i18n.getState()),
  );

export { LANGUAGES } from "@orwatch/messages/languages";
/**
 * The texts of the app in the language of the page, from `packages/messages/catalogs/LANGUAGE`: texts of the app in `web/`,
 * with one file per part, and the messages of the server beside it.
 *
 *     const t = useTexts("keys");
 *     <h1>{t.keys.title}</h1> <p>{t.keys.count({ count })}</p> <Button>{t.common.close}</Button>
 *
 *     const format = useFormat();
 *     <p>{format.money(cost)}</p>
 *
 * The server sends messages as `{ code, params }`. A component renders them with `useSay`, a callback (such as one
 * that announces a result) with `say`:
 *
 *     const say = useSay();
 *     {key.status_message && <p>{say(key.status_message)}</p>}
 *
 *     onSuccess: (delivery) => announce(say(delivery.error))
 *
 * Errors of the API go through `messageOf` and `describeIssue` of `errors.ts`, which do the same with their `reason` and `params`.
 */
export { chooseLanguage, i18n, loadTexts };
export const useLanguage = (): Language => useI18n(({ language }) => language);

/** Texts by part, such as `TextsOf<"keys">`, with those that every page uses. */
export type TextsOf<P extends TextPart> = Pick<Texts, P | "common">;

/** Texts of the given parts. Suspends until they are loaded, unless a loader has loaded them. */
export function useTexts<P extends TextPart>(...parts: P[]): TextsOf<P> {
  // The texts of a loaded part change with the language only.
  const language = useI18n((state) => (isLoaded(state, parts) ? state.language : null));
  if (language === null) use(pending(parts));
  return currentTexts();
}

const isLoaded = ({ texts }: I18nState, parts: readonly TextPart[]): boolean =>
  texts.common !== undefined && parts.every((part) => texts[part] !== undefined);

const loading = new Map<string, Promise<void>>();

/** One promise per set of parts. */
function pending(parts: readonly TextPart[]): Promise<void> {
  const name = parts.join();
  const known = loading.get(name) ?? loadTexts(...parts);
  loading.set(name, known);
  known.catch(() => loading.delete(name));
  return known;
}

/** Texts of loaded parts, outside components. */
export const currentTexts = (): Texts => i18n.getState().texts as Texts;

const now = () => new Date(serverNow());

/** Numbers, money, dates and instants in the language and the time zone of the page. */
export const currentFormat = (): Format =>
  createFormat({ language: i18n.getState().language, now, timeZone: timeZone() });

export function useFormat(): Format {
  const language = useLanguage();
  const zone = useTimeZone();
  return useMemo(() => createFormat({ language, now, timeZone: zone }), [language, zone]);
}

/** What a function outside components needs to render texts. `useWords` returns it. */
export interface Words<P extends TextPart> {
  t: TextsOf<P>;
  format: Format;
  say: (message: AnyMessage) => string;
}

export function useWords<P extends TextPart>(...parts: P[]): Words<P> {
  const [t, format, say] = [useTexts(...parts), useFormat(), useSay()];
  return useMemo(() => ({ t, format, say }), [t, format, say]);
}

/** Loads all messages of the server: they are small and can contain each other. Pages that show messages wait for it. */
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
 * Renders a message of the server. An unknown code of a newer version becomes a neutral sentence. Empty until the messages are
 * loaded, which this starts.
 */
export function say(message: AnyMessage): string {
  if (areMessagesLoaded()) return renderMessage(message, { catalog: i18n.getState().catalog, format: currentFormat() });
  loadMessages().catch(() => {});
  return "";
}

/** The same, but `null` for an unknown code and until the messages are loaded. */
export function sayKnown(message: AnyMessage): string | null {
  const said = say(message);
  return said !== "" && Object.hasOwn(i18n.getState().catalog, message.code) ? said : null;
}

/** `say` for components, which render again when the messages are loaded or the language or time zone changes. */
export function useSay(): (message: AnyMessage) => string {
  const catalog = useI18n((state) => state.catalog);
  const language = useLanguage();
  const zone = useTimeZone();
  // A new function after each change, so that memoized values are updated.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `say` reads them
  return useMemo(() => (message) => say(message), [catalog, language, zone]);
}
