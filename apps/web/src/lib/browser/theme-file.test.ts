import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { LANGUAGES } from "@orwatch/messages/languages";
import { expect, test } from "vitest";
import { pickLanguage } from "../i18n/catalogs.ts";

const FILE = readFileSync(new URL("../../../public/theme.js", import.meta.url), "utf8");

interface Browser {
  stored?: Record<string, string>;
  languages?: string[];
  isDark?: boolean;
  /** Storage is blocked. */
  isBlocked?: boolean;
}

function open({ stored = {}, languages = [], isDark = false, isBlocked = false }: Browser) {
  const document = {
    documentElement: { lang: "", dataset: {} as Record<string, string> },
    currentScript: { nonce: "n", dataset: { languages: LANGUAGES.map(({ tag }) => tag).join(" ") } },
  };
  const localStorage = {
    getItem(name: string) {
      if (isBlocked) throw new Error("blocked");
      return stored[name] ?? null;
    },
  };
  return {
    addEventListener: () => {},
    document,
    localStorage,
    navigator: { languages },
    matchMedia: () => ({ matches: isDark }),
  };
}

test.each<Browser>([
  {},
  { languages: ["it-IT", "en"] },
  { languages: ["de", "fr", "IT"] },
  { languages: ["de"] },
  { languages: ["en-US", "it"] },
  { languages: ["it"], stored: { "orwatch.language": "en" } },
  { languages: ["en"], stored: { "orwatch.language": "it" } },
  { languages: ["it"], stored: { "orwatch.language": "klingon" } },
  { languages: ["it"], isBlocked: true },
])("the page has the language of the app before the first paint: %o", (browser) => {
  const before = open(browser);
  runInNewContext(FILE, { ...before, window: {} });
  const { stored = {}, languages = [], isBlocked } = browser;
  const chosen = isBlocked ? null : (stored["orwatch.language"] ?? null);
  expect(before.document.documentElement.lang).toBe(pickLanguage(chosen, languages));
});

test.each([
  [{}, "light"],
  [{ isDark: true }, "dark"],
  [{ isDark: true, isBlocked: true }, "dark"],
  [{ isDark: true, stored: { "orwatch.theme": "light" } }, "light"],
  [{ stored: { "orwatch.theme": "dark" } }, "dark"],
])("before the first paint %o gives the theme %s", (browser, theme) => {
  const before = open(browser);
  runInNewContext(FILE, { ...before, window: {} });
  expect(before.document.documentElement.dataset.theme).toBe(theme);
});
