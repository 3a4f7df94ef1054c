// Writes the types of the endpoints for API tokens, without internal types of the server: inputs and outputs to src/operations.d.ts, and the
// tRPC router of them to src/trpc/app-router.d.ts. With --check it writes nothing and fails when a file is not what it would write.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describeField, describeOperation } from "./field-docs.mjs";

const HERE = import.meta.dirname;
const ROOT = path.resolve(HERE, "../../..");
const SOURCES = path.join(HERE, "../src");
const NOTE = "// Written by scripts/router-types.mjs from the server's v1 router. Do not edit.";
const bin = (folder, name) => path.join(folder, "node_modules/.bin", name);

/** Of all that is emitted only two files are read, so what the compiler cannot declare of the rest of the server does not matter. */
const isElsewhere = (line) => / error TS40\d\d: /.test(line) && !line.includes("published-router");

function emit() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "router-types-"));
  const tsc = bin(path.join(HERE, ".."), "tsc");
  try {
    const { status, stdout } = spawnSync(tsc, ["-p", path.join(HERE, "tsconfig.json"), "--outDir", folder], {
      encoding: "utf8",
    });
    const errors = stdout.split("\n").filter((line) => line !== "" && !isElsewhere(line));
    if (status !== 0 && errors.length > 0) throw new Error(errors.join("\n"));
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

/** The text from `start`, an opening brace, to the brace that closes it. */
function blockAt(text, start) {
  let depth = 0;
  for (let end = start; end < text.length; end += 1) {
    if (text[end] === "{") depth += 1;
    if (text[end] === "}") depth -= 1;
    if (depth === 0) return text.slice(start, end + 1);
  }
  throw new Error("the emitted types have a brace that nothing closes");
}

/** The procedures of the router, in the order of their names, and the root types that all routers share. */
function readRouter(text) {
  const operations = [...text.matchAll(/(\w+): (TRPC(?:Query|Mutation)Procedure)<(?=\{)/g)].map(
    ({ 0: found, 1: name, 2: kind, index }) => {
      const types = blockAt(text, index + found.length).replace(/\n\s*meta: object;/, "");
      return { name, kind, types };
    },
  );
  const root = blockAt(text, text.indexOf("TRPCBuiltRouter<") + "TRPCBuiltRouter<".length);
  return { operations: operations.sort((a, b) => (a.name < b.name ? -1 : 1)), root };
}

/** Puts a comment above each field of an input or an output. */
function withDocs({ name: operation, types }) {
  const open = [];
  const missing = new Set();
  const lines = types.split("\n").flatMap((line) => {
    const name = /^\s+(\w+)\??:/.exec(line)?.[1];
    if (!name) return [line];
    const indent = line.length - line.trimStart().length;
    while (open.length > 0 && open.at(-1).indent >= indent) open.pop();
    open.push({ name, indent });
    if (open.length === 1) return [line];
    const place = [operation, ...open.map((item) => item.name)];
    const doc = describeField(place);
    if (!doc) missing.add(place.join("."));
    // JSON has no undefined.
    const field = open[0].name === "output" ? line.replace(/ \| undefined;$/, ";") : line;
    return [`${" ".repeat(indent)}/** ${doc} */`, field];
  });
  if (missing.size > 0) throw new Error(`describe in the schema what these mean: ${[...missing].join(", ")}`);
  return lines.join("\n");
}

/** Writes a formatted file, or checks that it is there. */
function publish(name, text) {
  const target = path.join(SOURCES, name);
  const formatted = execFileSync(
    bin(ROOT, "biome"),
    ["check", "--write", `--stdin-file-path=${path.relative(ROOT, target)}`],
    { cwd: ROOT, input: text, encoding: "utf8" },
  );
  const isCurrent = fs.existsSync(target) && fs.readFileSync(target, "utf8") === formatted;
  if (isCurrent) return;
  if (process.argv.includes("--check"))
    throw new Error(`src/${name} is not up to date with the server's v1 router: run the build`);
  fs.writeFileSync(target, formatted);
}

const { router, issue } = emit();
const { operations, root } = readRouter(withoutServer(router));
const kinds = [...new Set(operations.map(({ kind }) => kind))];

publish(
  "operations.d.ts",
  [
    NOTE,
    `/** An invalid field of a request. */\n${issue}`,
    "/** Inputs and outputs of the endpoints for API tokens, by the names of their procedures: `stats` is `GET /api/v1/stats`, `addKey` is `POST /api/v1/keys`. */",
    `export interface Operations {\n${operations
      .map((operation) => `/** ${describeOperation(operation.name)} */\n${operation.name}: ${withDocs(operation)};`)
      .join("\n")}\n}`,
  ].join("\n\n"),
);

publish(
  "trpc/app-router.d.ts",
  [
    NOTE,
    `import type { TRPC_ERROR_CODE_NUMBER, TRPCBuiltRouter, TRPCDecorateCreateRouterOptions, ${kinds.join(", ")} } from "@trpc/server";`,
    'import type { Issue, Operations } from "../operations.d.ts";',
    `type Procedure<Name extends keyof Operations> = Operations[Name] & { meta: object };`,
    `declare const publishedRouter: TRPCBuiltRouter<${root}, TRPCDecorateCreateRouterOptions<{
      /** Endpoints for API tokens. */
      v1: {\n${operations
        .map(({ name, kind }) => `/** ${describeOperation(name)} */\n${name}: ${kind}<Procedure<"${name}">>;`)
        .join("\n")}\n};
    }>>;`,
    "/** The server's procedures for API tokens as a tRPC router, for your own tRPC client. */\nexport type AppRouter = typeof publishedRouter;",
  ].join("\n\n"),
);
