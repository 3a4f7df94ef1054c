// What imports what, read off the text of the sources.
import fs from "node:fs";
import path from "node:path";

/** Blanks out comments, keeping the lines; good enough for formatted code. */
export const withoutComments = (text) =>
  text
    .replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(/(^|[\s;,{}()])\/\/.*$/gm, (_, before) => before);

const STATEMENT = /^[ \t]*(import|export)\s+(type\s+)?((?:[^"';]*?)\sfrom\s+)?["']([^"']+)["']/gm;
const DYNAMIC = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** Specifiers a file imports, with their lines, and whether only types come. */
export function importsOf(text) {
  const lineAt = (index) => text.slice(0, index).split("\n").length;
  const found = [];
  for (const match of text.matchAll(STATEMENT)) {
    const [, keyword, type, clause, specifier] = match;
    if (keyword === "export" && !clause) continue;
    const names = /\{([\s\S]*)\}/
      .exec(clause ?? "")?.[1]
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean);
    const isInlineType = names?.length > 0 && /^\s*\{/.test(clause) && names.every((name) => name.startsWith("type "));
    found.push({ specifier, isType: type !== undefined || isInlineType, line: lineAt(match.index + match[0].length) });
  }
  // `import("x").Y` in a type looks the same; it is treated as code.
  for (const match of text.matchAll(DYNAMIC))
    found.push({ specifier: match[1], isType: false, line: lineAt(match.index) });
  return found;
}

/** The file a specifier leads to, from the root; the specifier of a foreign package as it is. */
export function resolve(from, specifier, packages) {
  if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(from), specifier);
  const name = Object.keys(packages).find((known) => specifier === known || specifier.startsWith(`${known}/`));
  if (!name) return specifier;
  const rest = specifier.slice(name.length + 1) || "index";
  return `${packages[name]}/src/${rest}${/\.\w+$/.test(rest) ? "" : ".ts"}`;
}

/** One cycle among `edges` (name → names), as a list that ends where it begins; `null` when there is none. */
export function findCycle(edges) {
  const done = new Set();
  const walk = (node, trail) => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return null;
    for (const next of edges.get(node) ?? []) {
      const cycle = walk(next, [...trail, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return null;
  };
  for (const node of edges.keys()) {
    const cycle = walk(node, []);
    if (cycle) return cycle;
  }
  return null;
}

/** Text of every source file of apps and packages, by its path from the root, and the folders of the packages by name. */
export function readSources(root) {
  const files = {};
  const add = (folder) => {
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) add(name);
      else if (/\.tsx?$/.test(name)) files[name] = fs.readFileSync(path.join(root, name), "utf8");
    }
  };
  const packages = {};
  for (const parent of ["apps", "packages"])
    for (const folder of fs.readdirSync(path.join(root, parent))) {
      const manifest = path.join(root, parent, folder, "package.json");
      if (!fs.existsSync(manifest)) continue;
      packages[JSON.parse(fs.readFileSync(manifest, "utf8")).name] = `${parent}/${folder}`;
      if (fs.existsSync(path.join(root, parent, folder, "src"))) add(`${parent}/${folder}/src`);
    }
  return { files, packages };
}
