import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test, vi } from "vitest";

const FILE = readFileSync(new URL("../../public/theme.js", import.meta.url), "utf8");
const STYLES = readFileSync(new URL("../styles.css", import.meta.url), "utf8");

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
    currentScript: { nonce: "n" },
  };
  const localStorage = {
    getItem(name: string) {
      if (isBlocked) throw new Error("blocked");
      return stored[name] ?? null;
    },
  };
  return { document, localStorage, navigator: { languages }, matchMedia: () => ({ matches: isDark }) };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

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
])("before the first paint the language is the one that the app will speak: %o", async (browser) => {
  const before = open(browser);
  runInNewContext(FILE, { ...before, window: {} });
  const app = open(browser);
  for (const [name, value] of Object.entries(app)) vi.stubGlobal(name, value);
  const { loadLanguage } = await import("./language.ts");
  await loadLanguage();
  expect(before.document.documentElement.lang).toBe(app.document.documentElement.lang);
  expect(before.document.documentElement.lang).not.toBe("");
});

test.each([
  [{}, "light"],
  [{ isDark: true }, "dark"],
  [{ isDark: true, isBlocked: true }, "dark"],
  [{ isDark: true, stored: { "orwatch.theme": "light" } }, "light"],
  [{ stored: { "orwatch.theme": "dark" } }, "dark"],
])("before the first paint the theme is chosen: %o gives %s", (browser, theme) => {
  const before = open(browser);
  runInNewContext(FILE, { ...before, window: {} });
  expect(before.document.documentElement.dataset.theme).toBe(theme);
});

test("for each language there is a rule that shows what was sent in it", async () => {
  const { LANGUAGES } = await import("./language.ts");
  for (const { tag } of LANGUAGES) {
    expect(STYLES).toContain(`:root[lang="${tag}"] #root > [lang="${tag}"]`);
    expect(FILE).toContain(`tag === "${tag}"`);
  }
});
