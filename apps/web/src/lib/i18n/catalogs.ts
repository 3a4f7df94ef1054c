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

/** The chosen language, or the first supported language of the browser. */
export const pickLanguage = (chosen: string | null, preferred: readonly string[]): Language =>
  [chosen ?? "", ...preferred].map(toLanguage).find((language) => language !== null) ?? "en";

/** The loaded catalogs. Components use them through `i18n.ts`. */
export const i18n = createI18n({
  language: typeof document === "undefined" ? "en" : pickLanguage(readChoice(), navigator.languages),
});

/** Changes the language of the page and stores the choice if the browser allows it. */
export async function chooseLanguage(language: Language): Promise<void> {
  await i18n.setLanguage(language);
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}

/** Updates the `lang` of the document. */
export function watchLanguage(): void {
  const apply = () => {
    document.documentElement.lang = i18n.getState().language;
  };
  apply();
  i18n.subscribe(apply);
}

export type TextPart = keyof Texts;

/** Loads the texts of a page or dialog. */
export const loadTexts = (...parts: TextPart[]): Promise<void> =>
  i18n.load("web/common", ...parts.map((part) => `web/${part}` as const));
