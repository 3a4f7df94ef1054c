import { createI18n, type Texts } from "@orwatch/messages/i18n";
import type { Language } from "@orwatch/messages/languages";
import { currentLanguage } from "./language.ts";

/** The catalogs that are loaded, in the language of the page. Components use them by `i18n.ts`; without React, as it is needed before it. */
export const i18n = createI18n({ language: currentLanguage() });

export type TextPart = keyof Texts;

/** Loads what a page or a dialog is about to show. */
export const loadTexts = (...parts: TextPart[]): Promise<void> =>
  i18n.load("web/common", ...parts.map((part) => `web/${part}` as const));

/** What pages show, by the first part of their address. */
const PAGE_TEXTS: Record<string, TextPart[]> = {
  login: ["account"],
  register: ["account"],
  unsubscribe: ["unsubscribe"],
  "": ["usage"],
  dashboard: ["usage"],
  stats: ["usage", "stats"],
  keys: ["usage", "keys"],
  alerts: ["usage", "alerts", "channels", "forecast"],
  tokens: ["tokens"],
  jobs: ["jobs"],
  profile: ["profile", "account"],
  users: ["users"],
};

/** Loads the texts of the page at an address. */
export const loadPageTexts = (pathname: string): Promise<void> =>
  loadTexts(...(PAGE_TEXTS[pathname.split("/")[1] ?? ""] ?? []));

export async function changeLanguage(language: Language): Promise<void> {
  await i18n.setLanguage(language);
  document.documentElement.lang = language;
}
