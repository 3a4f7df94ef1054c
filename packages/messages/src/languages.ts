/** The languages of the product: a folder in `catalogs/` and a line here each. `locale` is what `Intl` formats by. */
export const LANGUAGES = [
  { tag: "en", name: "English", locale: "en-GB" },
  { tag: "it", name: "Italiano", locale: "it-IT" },
] as const;

export type Language = (typeof LANGUAGES)[number]["tag"];

export const localeOf = (language: Language): string =>
  LANGUAGES.find(({ tag }) => tag === language)?.locale ?? LANGUAGES[0].locale;

/** The language of a BCP 47 tag such as `it-CH`; `null` if not supported. */
export const toLanguage = (tag: string): Language | null =>
  LANGUAGES.find((language) => language.tag === tag.split("-")[0]?.toLowerCase())?.tag ?? null;
