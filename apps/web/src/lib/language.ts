import type { Texts } from "./text/all.ts";

/** Each in its own words. English is part of the code; every other one is a chunk of its own. */
export const LANGUAGES = [
  { tag: "en", name: "English" },
  { tag: "it", name: "Italiano" },
] as const;
export type Language = (typeof LANGUAGES)[number]["tag"];

const LOADERS: Record<Exclude<Language, "en">, () => Promise<{ texts: Texts }>> = {
  it: () => import("./text/it/texts.ts"),
};

const STORAGE_KEY = "orwatch.language";

const toLanguage = (tag: string | null): Language | undefined =>
  LANGUAGES.find((language) => language.tag === tag?.slice(0, 2).toLowerCase())?.tag;

/** What was chosen here before, or else the first language of the browser that there is. */
function readLanguage(): Language {
  if (typeof document === "undefined") return "en";
  try {
    const chosen = toLanguage(localStorage.getItem(STORAGE_KEY));
    if (chosen) return chosen;
  } catch {
    // Storage is blocked: the browser's wish decides.
  }
  return navigator.languages.map(toLanguage).find(Boolean) ?? "en";
}

let current: Language = "en";
let texts: Texts | null = null;

/** Must be done before any module that holds texts is imported: they take theirs once. Falls back to English. */
export async function loadLanguage(): Promise<void> {
  const language = readLanguage();
  if (language !== "en") {
    try {
      ({ texts } = await LOADERS[language]());
      current = language;
    } catch {
      // Without its file a page in English is better than none.
    }
  }
  document.documentElement.lang = current;
}

export const currentLanguage = (): Language => current;

/** False where the browser keeps nothing. */
export function storeLanguage(language: Language): boolean {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    return false;
  }
  return true;
}

/** The texts of a page in the language of this visit; `english` is what it is translated from. */
export const translated = <P extends keyof Texts>(page: P, english: Texts[P]): Texts[P] => texts?.[page] ?? english;

/** A sentence of the server in the language of this visit, as far as it is known there. */
export const fromServer = (sentence: string): string =>
  (texts?.fromServer ?? []).reduce((said, [english, words]) => said.replace(english, words), sentence);
