import fs from "node:fs";
import path from "node:path";
import MessageFormat from "@messageformat/core";
import compileModule from "@messageformat/core/compile-module";
import { parse, type Token } from "@messageformat/parser";
import { article } from "../src/article.ts";
import { LANGUAGES } from "../src/languages.ts";
import type { ParamKind } from "../src/schema/params.ts";
import { listShapes, type MessageShape, type ParamShape } from "../src/schema/shapes.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
const COMPILED = path.join(ROOT, "src/compiled");

/** Extensions of ICU: `{day, article, al}` in Italian. */
const FORMATTERS = {
  article: { formatter: article, arg: "string", id: "article", module: "../../../article.ts" },
} as const;

/** Entries of a file: ICU messages by code; in texts of the web app also nested. */
export interface Entries {
  [key: string]: string | Entries;
}

/** ICU sources: language, part, entries. Texts of the web app are parts such as `web/keys`. */
export type Catalogs = Record<string, Record<string, Entries>>;

const isText = (part: string): boolean => part.startsWith("web/");
const textName = (part: string): string => part.slice("web/".length);

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
function flatten(entries: Entries, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(entries))
    if (typeof value === "string") flat.set(`${prefix}${key}`, value);
    else for (const [inner, source] of flatten(value, `${prefix}${key}.`)) flat.set(inner, source);
  return flat;
}

/** How an entry uses an argument: as it is, by plural rules, as a number, or to select between words. */
type Use = "plain" | "plural" | "number" | "select";

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

/** Uses that make sense for a kind; an id is for links alone. */
const USES: Record<ParamKind, Use[]> = {
  id: [],
  name: ["plain"],
  names: ["plain"],
  text: ["plain"],
  nanos: ["plain"],
  count: ["plural", "number"],
  integer: ["plain"],
  number: ["plain"],
  percent: ["plain"],
  day: ["plain"],
  days: ["plain"],
  instant: ["plain"],
  choice: ["select"],
  message: ["plain"],
  messages: ["plain"],
  variant: ["select"],
};

/** Arguments that the renderer adds for grammar; no entry needs them. */
function helpersOf(name: string, { kind, isNullable }: ParamShape): string[] {
  return [
    ...(isNullable ? [`has_${name}`] : []),
    ...(kind === "day" || kind === "instant" || kind === "percent" ? [`${name}_elides`] : []),
    ...(kind === "day" ? [`${name}_month`, `${name}_weekday`] : []),
  ];
}

/** Parameters as arguments of an entry: the fields of a variant are separate arguments. */
function argumentShapes(params: Map<string, ParamShape>): Map<string, ParamShape> {
  const shapes = new Map<string, ParamShape>();
  for (const [name, shape] of params) {
    shapes.set(name, { ...shape, choices: [...shape.choices, ...shape.variants.map(({ kind }) => kind)] });
    for (const { fields } of shape.variants) for (const [field, inner] of fields) shapes.set(`${name}_${field}`, inner);
  }
  return shapes;
}

/** All missing, superfluous and incorrectly used arguments, one line each. */
export function checkCatalogs(catalogs: Catalogs): string[] {
  const problems: string[] = [];
  const shapes = listShapes();
  const english = catalogs.en ?? {};
  const tags = LANGUAGES.map(({ tag }) => tag as string);
  for (const tag of tags) if (!catalogs[tag]) problems.push(`catalogs/${tag}: missing; src/languages.ts names it`);
  for (const tag of Object.keys(catalogs))
    if (!tags.includes(tag)) problems.push(`catalogs/${tag}: add the language to src/languages.ts`);
  for (const { part, code } of shapes)
    if (!english[part]?.[code]) problems.push(`catalogs/en/${part}.json: ${code} is missing`);
  for (const [language, parts] of Object.entries(catalogs)) {
    for (const part of new Set([...Object.keys(english), ...Object.keys(parts)])) {
      const place = `catalogs/${language}/${part}.json`;
      if (!english[part]) problems.push(`${place}: English has no such file`);
      if (!parts[part]) problems.push(`${place}: missing`);
      const references = flatten(english[part] ?? {});
      const sources = flatten(parts[part] ?? {});
      for (const code of references.keys())
        if (parts[part] && !sources.has(code)) problems.push(`${place}: ${code} is missing`);
      for (const [code, source] of sources) {
        const where = `${place}: ${code}`;
        const reference = references.get(code);
        if (reference === undefined) problems.push(`${where} is not in the English catalog`);
        else problems.push(...checkEntry(where, source, { reference, declared: declaredIn(shapes, part, code) }));
      }
    }
  }
  return problems;
}

/** Arguments by the schema; `null` for a text of the catalog alone, whose arguments are those of the English one. */
function declaredIn(shapes: MessageShape[], part: string, code: string): Map<string, ParamShape> | null {
  if (!shapes.some((shape) => shape.part === part)) return null;
  return argumentShapes(shapes.find((shape) => shape.code === code)?.params ?? new Map());
}

function checkEntry(
  where: string,
  source: string,
  { reference, declared }: { reference: string; declared: Map<string, ParamShape> | null },
): string[] {
  let used: ReturnType<typeof argumentsOf>;
  try {
    used = argumentsOf(source);
  } catch (error) {
    return [`${where}: ${(error as Error).message.split("\n")[0]}`];
  }
  if (declared === null) {
    const expected = argumentsOf(reference);
    return [
      ...[...used.keys()].filter((name) => !expected.has(name)).map((name) => `${where}: {${name}} is superfluous`),
      ...[...expected.keys()].filter((name) => !used.has(name)).map((name) => `${where}: {${name}} is missing`),
    ];
  }
  const problems: string[] = [];
  const helpers = new Set([...declared].flatMap(([name, param]) => helpersOf(name, param)));
  for (const [name, { uses, cases }] of used) {
    const param = declared.get(name);
    if (!param) {
      if (!helpers.has(name)) problems.push(`${where}: {${name}} is superfluous`);
      continue;
    }
    for (const use of uses)
      if (!USES[param.kind].includes(use))
        problems.push(`${where}: {${name}} is a ${param.kind} and cannot be used as ${use}`);
    if (param.choices.length === 0) continue;
    for (const one of cases)
      if (one !== "other" && !param.choices.includes(one))
        problems.push(`${where}: {${name}} is never "${one}", only ${param.choices.join(", ")}`);
  }
  for (const [name, { kind }] of declared) {
    const isUsed = used.has(name) || [...used.keys()].some((one) => one.startsWith(`${name}_`));
    if (kind !== "id" && !isUsed) problems.push(`${where}: {${name}} is missing`);
  }
  return problems;
}

/** Writes all files of src/compiled/, or returns which are out of date. */
export async function compileCatalogs(catalogs: Catalogs, { isCheck }: { isCheck: boolean }): Promise<string[]> {
  const files = new Map<string, string>();
  const english = catalogs.en ?? {};
  const parts = Object.keys(english);
  for (const [language, sources] of Object.entries(catalogs))
    for (const part of parts) {
      const code = compileModule(new MessageFormat(language, { customFormatters: FORMATTERS }), sources[part] ?? {});
      files.set(`${language}/${part}.js`, `${HEAD}${isText(part) ? constantsOf(code) : code}\n`);
      files.set(
        `${language}/${part}.d.ts`,
        `${HEAD}${language === "en" ? typesOf(part, english[part] ?? {}) : likeEnglish(part)}`,
      );
    }
  const messages = parts.filter((part) => !isText(part));
  const texts = parts.filter(isText);
  files.set("kinds.js", `${HEAD}${kindsModule()}`);
  files.set(
    "kinds.d.ts",
    `${HEAD}export declare const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>>;\n`,
  );
  files.set("loaders.js", `${HEAD}${loadersModule(Object.keys(catalogs), parts)}`);
  files.set("loaders.d.ts", `${HEAD}${loadersTypes(messages, texts)}`);
  files.set("all.js", `${HEAD}${allModule(Object.keys(catalogs), messages)}`);
  files.set("all.d.ts", `${HEAD}${allTypes(messages)}`);
  return isCheck ? findOutdated(files) : write(files);
}

/** Texts without arguments as plain strings: they are on every page. */
const constantsOf = (code: string): string => code.replace(/^(\s*(?:\w+|"[^"]+"): )\(\) => (".*",?)$/gm, "$1$2");

const HEAD = "// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.\n";

const isShown = (kind: string) => !["id", "name", "text", "count", "integer", "choice"].includes(kind);

function kindsModule(): string {
  const lines = listShapes().flatMap(({ code, params }) => {
    const shown = [...params].filter(([, { kind }]) => isShown(kind)).map(([name, { kind }]) => `${name}: "${kind}"`);
    return shown.length === 0 ? [] : [`  ${code}: { ${shown.join(", ")} },`];
  });
  return `/** Parameters that are formatted before they are shown, by code. */\nexport const KINDS = {\n${lines.join("\n")}\n};\n`;
}

function typesOf(part: string, entries: Entries): string {
  const argsOf = (source: string) =>
    [...argumentsOf(source)].map(([name, { uses }]) => {
      const isNumber = uses.has("plural") || uses.has("number");
      return `${name}: ${isNumber ? "number" : uses.has("select") || isText(part) ? "string" : "string | number"}`;
    });
  const typeOf = (source: string): string => {
    const args = argsOf(source);
    if (args.length === 0) return isText(part) ? "string" : "() => string";
    return `(args: { ${args.join("; ")} }) => string`;
  };
  const write = (entries: Entries, indent: string): string =>
    Object.entries(entries)
      .map(([key, value]) => {
        const name = /^[a-z_$][\w$]*$/i.test(key) ? key : JSON.stringify(key);
        const type = typeof value === "string" ? typeOf(value) : `{\n${write(value, `${indent}  `)}${indent}}`;
        return `${indent}${name}: ${type};\n`;
      })
      .join("");
  return `declare const catalog: {\n${write(entries, "  ")}};\nexport default catalog;\n`;
}

const likeEnglish = (part: string) => `export { default } from "${isText(part) ? "../" : ""}../en/${part}.js";\n`;

const quote = (part: string) => (/^\w+$/.test(part) ? part : JSON.stringify(part));

const loadersModule = (languages: string[], parts: string[]) =>
  `export const LOADERS = {\n${languages
    .map(
      (language) =>
        `  ${language}: {\n${parts.map((part) => `    ${quote(part)}: () => import("./${language}/${part}.js"),`).join("\n")}\n  },`,
    )
    .join("\n")}\n};\n`;

const loadersTypes = (messages: string[], texts: string[]) =>
  [
    ...texts.map((part) => `import type ${textName(part)} from "./en/${part}.js";`),
    'import type { Language } from "../languages.ts";',
    "",
    "/** Messages of the server. */",
    `export type MessagePart = ${messages.map((part) => JSON.stringify(part)).join(" | ")};`,
    "/** Texts of the web app, by part. */",
    "export interface Texts {",
    ...texts.map((part) => `  ${textName(part)}: typeof ${textName(part)};`),
    "}",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a type
    "export type Part = MessagePart | `web/${keyof Texts}`;",
    "export declare const LOADERS: Record<Language, { [P in Part]: () => Promise<{ default: object }> }>;",
    "",
  ].join("\n");

const allModule = (languages: string[], parts: string[]) =>
  [
    ...languages.flatMap((language) =>
      parts.map((part) => `import ${language}_${part} from "./${language}/${part}.js";`),
    ),
    "",
    "/** Every language in full, for the server. */",
    "export const CATALOGS = {",
    ...languages.map((language) => `  ${language}: { ${parts.map((part) => `...${language}_${part}`).join(", ")} },`),
    "};",
    "",
  ].join("\n");

const allTypes = (parts: string[]) =>
  [
    ...parts.map((part) => `import type ${part} from "./en/${part}.js";`),
    'import type { Language } from "../languages.ts";',
    "",
    `export declare const CATALOGS: Record<Language, ${parts.map((part) => `typeof ${part}`).join(" & ")}>;`,
    "",
  ].join("\n");

function findOutdated(files: Map<string, string>): string[] {
  const problems = [...files].flatMap(([name, text]) => {
    const file = path.join(COMPILED, name);
    return fs.existsSync(file) && fs.readFileSync(file, "utf8") === text ? [] : [name];
  });
  for (const name of listFiles(COMPILED)) if (!files.has(name)) problems.push(name);
  return problems.map((name) => `src/compiled/${name} is out of date: run npm run generate in packages/messages`);
}

const listFiles = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"));

function write(files: Map<string, string>): string[] {
  fs.rmSync(COMPILED, { recursive: true, force: true });
  for (const [name, text] of files) {
    fs.mkdirSync(path.dirname(path.join(COMPILED, name)), { recursive: true });
    fs.writeFileSync(path.join(COMPILED, name), text);
  }
  return [];
}
