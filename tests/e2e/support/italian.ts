import { expect, type Page } from "@playwright/test";
import { LOADERS } from "../../../packages/messages/src/compiled/loaders.js";

/** Placeholder for any value within a text; occurs in no language. */
const ANY = "¤";
const pattern = (text: string) =>
  new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/¤|NaN/g, ".+")}$`);

type Write = (args: object) => string;
/** Whatever is asked of it is `ANY`. */
const anything = new Proxy({}, { get: () => ANY });

/** Every text of the catalogs that the two languages say in different words, as a pattern of the English one. */
function* differing(left: object, right: object): Generator<RegExp> {
  for (const [name, value] of Object.entries(left)) {
    const other = (right as Record<string, unknown>)[name];
    if (typeof value === "object") yield* differing(value, other as object);
    else {
      const [one, two] = [value, other].map((text) => (typeof text === "string" ? text : (text as Write)(anything)));
      if (one !== two && one !== ANY) yield pattern(one ?? "");
    }
  }
}

const parts = Object.keys(LOADERS.en).filter((part): part is `web/${string}` & keyof typeof LOADERS.en =>
  part.startsWith("web/"),
);
const catalogs = await Promise.all(
  parts.map(async (part) => [(await LOADERS.en[part]()).default, (await LOADERS.it[part]()).default] as const),
);
const ENGLISH = catalogs.flatMap(([left, right]) => [...differing(left, right)]);

/** Words that occur in nearly every English sentence and in no Italian one. */
const WORDS = /\b(the|of|and|this|that|is|are|was|were|not|with|your|you|from|for|has|have|by|will|at|on|yet|to)\b/i;

/** Values of the API that the web app translates, wherever they are in a text. */
const API_VALUES = /\((other|unattributed)\)/;

/** All text of a page, visible and for screen readers, except code and language names. */
const readPage = (page: Page) =>
  page.evaluate(() => {
    const said: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element || element.closest("code, pre, script, style, noscript, [lang]:not(html)")) continue;
      if (node instanceof Element)
        for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"])
          said.push(node.getAttribute(name) ?? "");
      else said.push(node.textContent ?? "");
    }
    return [...new Set(said.map((text) => text.trim()).filter(Boolean))];
  });

/** Expects no English text on the page, visible or for screen readers. */
export async function expectItalian(page: Page) {
  await expect(page.locator("html")).toHaveAttribute("lang", "it");
  const left = (await readPage(page)).filter(
    (text) =>
      text !== "English" && (ENGLISH.some((one) => one.test(text)) || WORDS.test(text) || API_VALUES.test(text)),
  );
  expect(left, page.url()).toEqual([]);
}
