import { describe, expect, test } from "vitest";
import { argumentsOf, type Catalogs, readCatalogs } from "../scripts/catalogs.ts";
import { checkCatalogs } from "../scripts/check-catalogs.ts";
import { compileCatalogs } from "../scripts/compile-catalogs.ts";
import { article } from "./article.ts";

const catalogs = readCatalogs();

/** The catalogs with one entry replaced, or removed by `null`. */
function withEntry(language: string, part: string, code: string, source: string | null): Catalogs {
  const copy = structuredClone(catalogs);
  const entries = copy[language]?.[part] ?? {};
  if (source === null) delete entries[code];
  else entries[code] = source;
  return copy;
}

test("the catalogs are complete and compiled", async () => {
  expect(checkCatalogs(catalogs)).toEqual([]);
  expect(await compileCatalogs(catalogs, { isCheck: true })).toEqual([]);
});

test("a changed entry is out of date until it is compiled", async () => {
  const changed = withEntry("it", "keys", "openrouter_unreachable", "OpenRouter non risponde.");
  expect(await compileCatalogs(changed, { isCheck: true })).toEqual([
    expect.stringContaining("it/keys.js is out of date"),
  ]);
});

describe("problems of catalogs", () => {
  test.each([
    ["an entry that is missing", "it", "keys", "openrouter_unreachable", null, "openrouter_unreachable is missing"],
    [
      "an English entry that is missing",
      "en",
      "keys",
      "openrouter_unreachable",
      null,
      "openrouter_unreachable is missing",
    ],
    ["an entry that no code has", "it", "keys", "key_teleported", "x", "key_teleported is not in the English catalog"],
    ["a parameter that is missing", "it", "deliveries", "host_not_found", "Il nome non esiste.", "{host} is missing"],
    ["a parameter that is superfluous", "it", "deliveries", "mail_failed", "{host}: errore.", "{host} is superfluous"],
    [
      "a parameter in English that is superfluous",
      "en",
      "deliveries",
      "mail_failed",
      "{host} failed.",
      "{host} is superfluous",
    ],
    ["an id in the text", "it", "alerts", "key_limit_removed", "{key} {key_id}", "is a id and cannot be used as plain"],
    [
      "a count without its plural",
      "it",
      "alerts",
      "items_omitted",
      "Altri {count}.",
      "is a count and cannot be used as plain",
    ],
    [
      "an amount as a number",
      "it",
      "digest",
      "digest_title",
      "{spent, number}",
      "is a nanos and cannot be used as number",
    ],
    [
      "a choice that does not exist",
      "it",
      "alerts",
      "rule_key_deleted",
      "{rule} {key} {remaining, select, all {x} other {y}}",
      'never "all"',
    ],
    ["a text's parameter that is missing", "it", "sending", "more_items", "e altri", "{count} is missing"],
    ["a brace that is not closed", "it", "keys", "openrouter_unreachable", "OpenRouter {", "a brace is not closed"],
    ["a plural without other", "it", "alerts", "items_omitted", "{count, plural, one {x}}", 'no case "other"'],
    ["wrong syntax", "it", "alerts", "items_omitted", "{count, plural", "items_omitted: "],
  ])("the check finds %s", (_, language, part, code, source, problem) => {
    expect(checkCatalogs(withEntry(language, part, code, source)).join("\n")).toContain(problem);
  });

  test("the check finds a language that is not declared, and one without a catalog", () => {
    expect(checkCatalogs({ ...catalogs, de: catalogs.en ?? {} }).join("\n")).toContain("src/languages.ts");
    expect(checkCatalogs({ en: catalogs.en ?? {} }).join("\n")).toContain("catalogs/it: missing");
  });
});

test("finds arguments at every depth", () => {
  const found = argumentsOf("{a} {b, plural, one {{c}} other {# {d, select, x {{e}} other {}}}} {f, number}");
  expect([...found.keys()]).toEqual(["a", "b", "c", "d", "e", "f"]);
});

describe("texts of the web app", () => {
  const withText = (language: string, entries: object): Catalogs => {
    const copy = structuredClone(catalogs);
    Object.assign(copy[language]?.["web/users"] ?? {}, entries);
    return copy;
  };

  test.each([
    ["a nested entry that is superfluous", { done: { promoted: "x" } }, "done.promoted is not in the English catalog"],
    ["a nested entry that is missing", { done: { promoted: "x" } }, "done.deactivated is missing"],
    ["a parameter that is missing", { signOutUser: "Disconnetti" }, "signOutUser: {email} is missing"],
    ["a parameter that is superfluous", { signOut: "Disconnetti {email}" }, "signOut: {email} is superfluous"],
    ["a format that does not exist", { signOutUser: "{email, shout}" }, "{email, shout} is no format"],
  ])("the check finds %s in texts of the web app", (_, entries, problem) => {
    expect(checkCatalogs(withText("it", entries)).join("\n")).toContain(problem);
  });
});

test.each([
  ["8 dic", "al", "all’8 dic"],
  ["11 dic", "il", "l’11 dic"],
  ["12 dic", "dal", "dal 12 dic"],
  ["85%", "del", "dell’85%"],
  ["110", "il", "il 110"],
])("the article before %s for %s is elided where Italian does", (value, word, text) => {
  expect(article(value, "it", word)).toBe(text);
});
