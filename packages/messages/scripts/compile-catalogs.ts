import fs from "node:fs";
import path from "node:path";
import MessageFormat from "@messageformat/core";
import compileModule from "@messageformat/core/compile-module";
import { listShapes } from "../src/schema/shapes.ts";
import { argumentsOf, type Catalogs, type Entries, FORMATTERS, listFiles, ROOT } from "./catalogs.ts";

const COMPILED = path.join(ROOT, "src/compiled");

const isText = (part: string): boolean => part.startsWith("web/");
const textName = (part: string): string => part.slice("web/".length);

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

function write(files: Map<string, string>): string[] {
  fs.rmSync(COMPILED, { recursive: true, force: true });
  for (const [name, text] of files) {
    fs.mkdirSync(path.dirname(path.join(COMPILED, name)), { recursive: true });
    fs.writeFileSync(path.join(COMPILED, name), text);
  }
  return [];
}
