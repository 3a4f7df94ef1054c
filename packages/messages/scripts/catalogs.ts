import fs from "node:fs";
import path from "node:path";
import { parse, type Token } from "@messageformat/parser";
import { article } from "../src/article.ts";

export const ROOT = path.resolve(import.meta.dirname, "..");

/** Extensions of ICU: `{day, article, al}` in Italian. */
export const FORMATTERS = {
  article: { formatter: article, arg: "string", id: "article", module: "../../../article.ts" },
} as const;

/** Entries of a file: ICU messages by code; in texts of the web app also nested. */
export interface Entries {
  [key: string]: string | Entries;
}

/** ICU sources: language, part, entries. Texts of the web app are parts such as `web/keys`. */
export type Catalogs = Record<string, Record<string, Entries>>;

export const listFiles = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"));

export function readCatalogs(folder = path.join(ROOT, "catalogs")): Catalogs {
  const catalogs: Catalogs = {};
  for (const language of fs.readdirSync(folder).sort()) {
    const parts: Catalogs[string] = {};
    catalogs[language] = parts;
    for (const file of listFiles(path.join(folder, language)).sort())
      parts[file.replace(/\.json$/, "")] = JSON.parse(fs.readFileSync(path.join(folder, language, file), "utf8"));
  }
  return catalogs;
}

/** Nested entries as one list, by the path of their keys: `add.title`. */
export function flatten(entries: Entries, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(entries))
    if (typeof value === "string") flat.set(`${prefix}${key}`, value);
    else for (const [inner, source] of flatten(value, `${prefix}${key}.`)) flat.set(inner, source);
  return flat;
}

/** How an entry uses an argument: as it is, by plural rules, as a number, or to select between words. */
export type Use = "plain" | "plural" | "number" | "select";

/** Arguments of an ICU message with every way in which they are used, and the words that selects know. @throws on wrong syntax */
export function argumentsOf(source: string): Map<string, { uses: Set<Use>; cases: Set<string> }> {
  const found = new Map<string, { uses: Set<Use>; cases: Set<string> }>();
  const note = (name: string, use: Use, cases: string[] = []) => {
    const known = found.get(name) ?? { uses: new Set(), cases: new Set() };
    known.uses.add(use);
    for (const one of cases) known.cases.add(one);
    found.set(name, known);
  };
  const walk = (tokens: Token[]) => {
    for (const token of tokens) {
      if (token.type === "content" && /[{}]/.test(token.value)) throw new Error("a brace is not closed");
      if (token.type === "argument") note(token.arg, "plain");
      else if (token.type === "function") {
        if (token.key !== "number" && !Object.hasOwn(FORMATTERS, token.key))
          throw new Error(`{${token.arg}, ${token.key}} is no format`);
        note(token.arg, token.key === "number" ? "number" : "plain");
      } else if (token.type === "plural" || token.type === "select" || token.type === "selectordinal") {
        note(
          token.arg,
          token.type === "select" ? "select" : "plural",
          token.cases.map(({ key }) => key),
        );
        if (!token.cases.some(({ key }) => key === "other")) throw new Error(`{${token.arg}} has no case "other"`);
        for (const one of token.cases) walk(one.tokens);
      }
    }
  };
  walk(parse(source));
  return found;
}
