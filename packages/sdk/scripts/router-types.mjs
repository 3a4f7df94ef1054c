// Writes the types of the endpoints for API tokens to src/app-router.d.ts, without internal types of the server.
// With --check it writes nothing and fails when the file is not what it would write.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { FIELD_DOCS } from "./field-docs.mjs";

const HERE = import.meta.dirname;
const ROOT = path.resolve(HERE, "../../..");
const TARGET = path.join(HERE, "../src/app-router.d.ts");
const bin = (folder, name) => path.join(folder, "node_modules/.bin", name);

function emit() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "router-types-"));
  try {
    execFileSync(bin(path.join(HERE, ".."), "tsc"), ["-p", path.join(HERE, "tsconfig.json"), "--outDir", folder], {
      stdio: "inherit",
    });
    const read = (file) => fs.readFileSync(path.join(folder, file), "utf8");
    return {
      router: read("packages/sdk/scripts/published-router.d.ts"),
      issue: issueIn(read("apps/server/src/rpc/app-error.d.ts")),
    };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The issue of an error, on its own. */
function issueIn(text) {
  const [reason, issue] = ["WireReason", "WireIssue"].map(
    (name) => new RegExp(`^export interface ${name}\\b[^{]*\\{\n(.*?)^\\}`, "ms").exec(text)[1],
  );
  return `export interface Issue {\n${issue}${reason}}`;
}

/** Context and meta matter to the server alone; what else of it would show is a mistake. */
function withoutServer(text) {
  const plain = text
    .replace(/import\("[^"]+"\)\.(Context|RouteMeta)\b/g, "object")
    .replace(/import\("[^"]+\/app-error\.ts"\)\.WireIssue\b/g, "Issue")
    .replace(/import\("@trpc\/server"\)\./g, "");
  const leaks = new Set(plain.match(/import\("[^"]+"\)[.\w]*/g));
  if (leaks.size > 0)
    throw new Error(
      `the server's own types would be published: ${[...leaks].join(", ")} (a procedure lacks .output()?)`,
    );
  return plain;
}

/** Puts a comment above each field of an input or an output, and above each procedure. */
function withDocs(text) {
  const open = [];
  const missing = new Set();
  const lines = text.split("\n").flatMap((line) => {
    const name = /^\s+(\w+)\??:/.exec(line)?.[1];
    if (!name) return [line];
    const indent = line.length - line.trimStart().length;
    while (open.length > 0 && open.at(-1).indent >= indent) open.pop();
    open.push({ name, indent });
    const place = open.map((item) => item.name);
    if (place[0] !== "v1") return [line];
    const side = place.findIndex((part) => part === "input" || part === "output");
    const isField = side >= 0 && side < place.length - 1;
    const isProcedure = line.includes("TRPCQueryProcedure") || place.length === 1;
    if (!isField && !isProcedure) return [line];
    const doc = FIELD_DOCS[place.join(".")] ?? FIELD_DOCS[name];
    if (!doc) missing.add(place.join("."));
    return [`${" ".repeat(indent)}/** ${doc} */`, line];
  });
  if (missing.size > 0) throw new Error(`say in field-docs.mjs what these mean: ${[...missing].join(", ")}`);
  return lines.join("\n");
}

const { router, issue } = emit();
const body = withDocs(withoutServer(router.replace(/^\/\*\*.*\*\/\n/, "")));
const names = [...new Set(body.match(/\bTRPC(?!_)\w+|\bTRPC_\w+/g))].sort();
const text = [
  "// Written by scripts/router-types.mjs from the server's v1 router. Do not edit.",
  `import type { ${names.join(", ")} } from "@trpc/server";`,
  `/** An invalid field of a request. */\n${issue}`,
  body.replace("export declare const", "declare const").trim(),
  "/** The server's procedures for API tokens as a tRPC router, for your own tRPC client. */\nexport type AppRouter = typeof publishedRouter;",
].join("\n\n");
const formatted = execFileSync(
  bin(ROOT, "biome"),
  ["check", "--write", "--stdin-file-path=packages/sdk/src/app-router.d.ts"],
  {
    cwd: ROOT,
    input: text,
    encoding: "utf8",
  },
);
const isCurrent = fs.existsSync(TARGET) && fs.readFileSync(TARGET, "utf8") === formatted;
if (process.argv.includes("--check")) {
  if (!isCurrent) throw new Error("src/app-router.d.ts is not up to date with the server's v1 router: run the build");
} else if (!isCurrent) fs.writeFileSync(TARGET, formatted);
