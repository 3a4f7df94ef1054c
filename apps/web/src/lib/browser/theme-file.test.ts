import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { LANGUAGES } from "@orwatch/messages/languages";
import { expect, test } from "vitest";
import { pickLanguage } from "../i18n/catalogs.ts";

const FILE = readFileSync(new URL("../../../public/theme.js", import.meta.url), "utf8");

const FILES = JSON.stringify({ files: ["assets/a.js", "assets/b.js"], pages: { login: [1], dashboard: [0, 1] } });

class Sheet {
  text = "";
  replaceSync(text: string) {
    this.text = text;
  }
}

interface Browser {
  path?: string;
  stored?: Record<string, string>;
  languages?: string[];
  isDark?: boolean;
  /** Storage is blocked. */
  isBlocked?: boolean;
}

function open({ path = "/dashboard", stored = {}, languages = [], isDark = false, isBlocked = false }: Browser) {
  const links: object[] = [];
  const document = {
    documentElement: { lang: "", dataset: {} as Record<string, string> },
    adoptedStyleSheets: [] as Sheet[],
    currentScript: { nonce: "n", dataset: { languages: LANGUAGES.map(({ tag }) => tag).join(" "), files: FILES } },
    createElement: () => ({}),
    head: { append: (link: object) => links.push(link) },
  };
  const localStorage = {
    getItem(name: string) {
      if (isBlocked) throw new Error("blocked");
      return stored[name] ?? null;
    },
  };
  return {
    addEventListener: () => {},
    CSSStyleSheet: Sheet,
    links,
    document,
    location: { pathname: path },
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

test.each([
  ["/login", '[data-start="account"], [data-start="it login"]'],
  ["/", '[data-start="app"], [data-start="it dashboard"]'],
  ["/forgot-password", '[data-start="account"], [data-start="it forgot-password"]'],
  ["/two-factor", '[data-start="account"], [data-start="it two-factor"]'],
  ["/share", '[data-start="share"], [data-start="it share"]'],
  ["/alerts", '[data-start="app"], [data-start="it alerts"]'],
  ["/keys/2", '[data-start="app"], [data-start="it "]'],
  ['/keys"], body', '[data-start="app"], [data-start="it "]'],
])("before the app has loaded, %s shows its frame and its title in the language of the page", (path, shown) => {
  const before = open({ path, languages: ["it"] });
  runInNewContext(FILE, { ...before, window: {} });
  expect(before.document.adoptedStyleSheets.map(({ text }) => text)).toEqual([`${shown} { display: revert }`]);
});

test.each([
  ["/", ["/assets/a.js", "/assets/b.js"]],
  ["/login", ["/assets/b.js"]],
  ["/keys/2", []],
])("%s loads its files together with those of the app", (path, files) => {
  const before = open({ path });
  runInNewContext(FILE, { ...before, window: {} });
  expect(before.links).toEqual(files.map((href) => ({ rel: "modulepreload", fetchPriority: "low", href })));
});
