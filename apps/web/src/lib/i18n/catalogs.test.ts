import { expect, test } from "vitest";
import { pickLanguage } from "./catalogs.ts";

test.each([
  [null, [], "en"],
  [null, ["de-CH", "it-CH", "en"], "it"],
  [null, ["de", "fr"], "en"],
  ["it", ["en"], "it"],
  ["en", ["it"], "en"],
  ["klingon", ["it"], "it"],
])("a saved language of %s and a browser with %j select %s", (chosen, preferred, language) => {
  expect(pickLanguage(chosen, preferred)).toBe(language);
});
