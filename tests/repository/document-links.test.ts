import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (name: string) => fs.readFileSync(path.join(ROOT, name), "utf8");
const SKIPPED = /^(node_modules|dist|dist-next|generated|coverage|data|test-results|playwright-report|\.(?!ci|env).*)$/;

/** Every file and folder of the repository, folders with a slash at the end. */
function listEntries(folder = ""): string[] {
  return fs.readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.test(entry.name)) return [];
    const name = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? [`${name}/`, ...listEntries(name)] : [name];
  });
}

const ENTRIES = listEntries();
/** The changelog describes earlier files; the examples of packages/messages are written by a script. */
const DOCUMENTS = ENTRIES.filter(
  (name) => name.endsWith(".md") && !/CHANGELOG|packages\/messages\/examples/.test(name),
);

/** Paths from the root of the repository, anywhere in a text. */
const FROM_ROOT = /(?<![\w./@:-])(?:apps|packages|tests|scripts|bench|examples|docs|fixtures)\/[\w@.{},*/-]*[\w}*]/g;
/** Modules by the end of their path, such as `keys/service.ts`; without a folder only in backticks. */
const MODULES = [
  /(?<![\w./@:*-])(?:[\w.-]+\/)+[\w.*{},-]+\.(?:[cm]?[jt]s|tsx|sql|prisma)(?![\w-])/g,
  /(?<=`)[\w.*{},-]+\.(?:[cm]?[jt]s|tsx|sql|prisma)(?=`)/g,
];
/** Build output, and placeholder names. */
const NOT_KEPT = /(^|\/)(dist|generated|node_modules)(\/|$)|\bNAME\b/;

/** Patterns for `a/{b,c}.ts`, which is two paths, and for `*`. */
function toPatterns(name: string): RegExp[] {
  const choice = /\{([^{}]*)\}/.exec(name);
  if (choice) return (choice[1] ?? "").split(",").flatMap((part) => toPatterns(name.replace(choice[0], part)));
  const text = name.replace(/[.+?^$()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*");
  return [new RegExp(`(^|/)${text}/?$`)];
}

const isThere = (name: string) =>
  NOT_KEPT.test(name) || toPatterns(name).every((pattern) => ENTRIES.some((entry) => pattern.test(entry)));

/** Paths in `text` that do not exist. */
const findDeadPaths = (text: string): string[] => {
  const named = [FROM_ROOT, ...MODULES].flatMap((pattern) => [...text.matchAll(pattern)].map(([name]) => name));
  return [...new Set(named)].filter((name) => !isThere(name));
};

/** Anchors that GitHub gives the headings of a document. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );

describe("paths", () => {
  test.each(DOCUMENTS)("paths named in %s exist", (file) => {
    expect(findDeadPaths(read(file))).toEqual([]);
  });

  test.each([
    ["`apps/server/src/keys/verdict.ts`", "apps/server/src/keys/verdict.ts"],
    ["see tests/keys.test.ts.", "tests/keys.test.ts"],
    ["the column needs a line in `keys/sealed.ts`", "keys/sealed.ts"],
    ["`turns.ts` has one queue", "turns.ts"],
    ['ledger["sync/ledger.ts"]', "sync/ledger.ts"],
    ["`packages/{db,house}`", "packages/{db,house}"],
  ])("reports missing paths: %s", (text, dead) => {
    expect(findDeadPaths(text)).toEqual([dead]);
  });

  test.each([
    "`apps/server/src/keys/service.ts`, `keys/service.ts` and `service.ts`",
    "`packages/{db,domain}` and `alerts/*.ts`",
    "`apps/server/dist/main.js`, `fixtures/NAME.sql`",
    "Node.js, https://example.com/docs/nothing.ts and GET /api/keys",
  ])("accepts existing paths and other text: %s", (text) => {
    expect(findDeadPaths(text)).toEqual([]);
  });
});

describe("links", () => {
  test.each(DOCUMENTS)("links of %s lead to existing files and headings", (file) => {
    for (const [, target = "", anchor] of read(file).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)) {
      const linked = target === "" ? file : path.posix.join(path.posix.dirname(file), target);
      expect(fs.existsSync(path.join(ROOT, linked)), linked).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(read(linked)), linked).toContain(anchor);
    }
  });

  test.each(["docs/", "docs/decisions/"])("links in %sREADME.md lead to every document beside it", (folder) => {
    const beside = ENTRIES.filter((name) => name.startsWith(folder) && /^[^/]+\.md$/.test(name.slice(folder.length)));
    const index = read(`${folder}README.md`);
    expect(beside.length).toBeGreaterThan(5);
    expect(beside.filter((name) => !name.endsWith("README.md") && !index.includes(`(${path.basename(name)})`))).toEqual(
      [],
    );
  });
});

test("CONTRIBUTING.md describes every folder of the server", () => {
  const folders = ENTRIES.filter((name) => /^apps\/server\/src\/[^/]+\/$/.test(name)).map((name) =>
    path.basename(name),
  );
  expect(folders.filter((name) => !read("CONTRIBUTING.md").includes(`\n| \`${name}\``))).toEqual([]);
});
