import { createI18n, type Texts } from "@orwatch/messages/i18n";
import { type Language, toLanguage } from "@orwatch/messages/languages";

const STORAGE_KEY = "orwatch.language";

function readChoice(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    // Storage is blocked: the browser's languages decide.
    return null;
  }
}

/** The language that was chosen, or else the first of the browser's languages that there is. */
export const pickLanguage = (chosen: string | null, preferred: readonly string[]): Language =>
  [chosen ?? "", ...preferred].map(toLanguage).find((language) => language !== null) ?? "en";

/** The catalogs that are loaded. Components use them by `i18n.ts`. */
export const i18n = createI18n({
  language: typeof document === "undefined" ? "en" : pickLanguage(readChoice(), navigator.languages),
});

/** Changes the language of the page, and keeps the choice for later visits where the browser keeps anything. */
export async function chooseLanguage(language: Language): Promise<void> {
  await i18n.setLanguage(language);
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}

/** Keeps the `lang` of the document in step. */
export function watchLanguage(): void {
  const apply = () => {
    document.documentElement.lang = i18n.getState().language;
  };
  apply();
  i18n.subscribe(apply);
}

export type TextPart = keyof Texts;

/** Loads what a page or a dialog is about to show. */
export const loadTexts = (...parts: TextPart[]): Promise<void> =>
  i18n.load("web/common", ...parts.map((part) => `web/${part}` as const));
