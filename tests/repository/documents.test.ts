import fs from "node:fs";
import path from "node:path";
import { listShapes } from "@orwatch/messages/schema/shapes";
import { describe, expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (name: string) => fs.readFileSync(path.join(ROOT, name), "utf8");
const listFiles = (folder: string): string[] =>
  fs.readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    return entry.isDirectory() ? listFiles(name) : [name];
  });
const MANUALS = fs
  .readdirSync(path.join(ROOT, "docs"))
  .flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : []));
const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...listFiles("docs").filter((name) => name.endsWith(".md")),
];
const unique = (found: Iterable<string>) => [...new Set(found)].sort();
const namesIn = (text: string, pattern: RegExp) => unique([...text.matchAll(pattern)].map(([, name = ""]) => name));

describe("docs/metrics.md", () => {
  const METRIC = /\b((?:orwatch|process|nodejs)_[a-z\d_]+)\b/g;
  const exported = namesIn(
    listFiles("apps/server/src/http/metrics")
      .filter((name) => !name.endsWith(".test.ts"))
      .map(read)
      .join("\n"),
    /"((?:orwatch|process|nodejs)_[a-z\d_]+)"/g,
  );
  const manual = read("docs/metrics.md");

  test("docs/metrics.md lists every exported metric by its full name", () => {
    expect(exported.length).toBeGreaterThan(30);
    expect(exported.filter((name) => !manual.includes(`\`${name}\``))).toEqual([]);
  });

  test("docs/metrics.md and the dashboard list no metric that is not exported", () => {
    for (const file of ["docs/metrics.md", "docs/grafana/orwatch.json"]) {
      const named = namesIn(read(file), METRIC).map((name) => name.replace(/_(bucket|count|sum)$/, ""));
      expect(
        named.filter((name) => !exported.includes(name)),
        file,
      ).toEqual([]);
    }
  });
});

describe("docs/decisions", () => {
  const files = fs.readdirSync(path.join(ROOT, "docs/decisions")).filter((name) => /^\d/.test(name));

  test("every decision has a number of its own, in its name and title", () => {
    const numbers = files.map((name) => name.slice(0, 3));
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
    const wrong = files.filter((name) => !read(`docs/decisions/${name}`).startsWith(`# ${name.slice(0, 3)}: `));
    expect(wrong).toEqual([]);
  });

  test("the index lists every decision by its number", () => {
    const index = read("docs/decisions/README.md");
    expect(files.filter((name) => !index.includes(`[${name.slice(0, 3)}](${name})`))).toEqual([]);
  });
});

describe("docs/errors.md", () => {
  const manual = read("docs/errors.md");
  const rows = namesIn(manual, /^\| `([a-z\d_]+)` /gm);
  /** Parts of the messages that errors, fields, keys and runs are made of. */
  const PARTS = ["errors", "issues", "keys", "jobs"];
  /** Reasons of errors and problems of accounts among the messages of other parts. */
  const ALSO = [
    "account_management_key_turned_off",
    "account_too_many_keys",
    "account_total_not_read",
    "account_workspaces_not_listed",
    "channel_undecryptable",
    "mail_not_configured",
  ];
  const documented = listShapes().filter(
    ({ part, code }) => (PARTS.includes(part) && code !== "job_description") || ALSO.includes(code),
  );

  test("docs/errors.md has each reason once", () => {
    expect(documented.length).toBeGreaterThan(150);
    expect(rows).toEqual(unique(documented.map(({ code }) => code)));
    expect(manual.match(/^\| `[a-z\d_]+` /gm)).toHaveLength(rows.length);
  });

  test("docs/errors.md has a cause and a remedy for each reason", () => {
    for (const line of manual.match(/^\| `[a-z\d_]+` .*$/gm) ?? []) expect(line).toMatch(/\S\. +\|.*\S\. +\|$/);
  });

  test("docs/errors.md has each code with its status", () => {
    const codes = namesIn(manual, /^\| `([A-Z_]+)` +\| \d{3} /gm);
    const inReasons = unique(
      [...manual.matchAll(/^\| `[a-z\d_]+` +\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) +\|/gm)].flatMap(([, cell = ""]) =>
        namesIn(cell, /`([A-Z_]+)`/g),
      ),
    );
    expect(codes.length).toBeGreaterThan(10);
    expect(codes).toEqual(inReasons);
  });
});

describe("docs/channels.md", () => {
  const lines = read("docs/channels.md").match(/^\| `[a-z\d]+_[a-z\d_]+` .*$/gm) ?? [];
  /** What is sent, and its titles. All other messages of deliveries are problems. */
  const SENT = /_title$|^channel_test$|^confirmation_code/;
  const problems = listShapes().filter(({ part, code }) => part === "deliveries" && !SENT.test(code));

  test("docs/channels.md has each problem of deliveries once", () => {
    expect(problems.length).toBeGreaterThan(50);
    expect(lines.map((line) => line.split("`")[1]).sort()).toEqual(problems.map(({ code }) => code).sort());
  });

  test("docs/channels.md has a cause and a remedy for each problem", () => {
    for (const line of lines) expect(line).toMatch(/\S\. +\|.*\S\. +\|$/);
  });
});

describe("environment variables", () => {
  const schema = /z\.object\(\{([\s\S]*?)\n\}\)/.exec(read("apps/server/src/config.ts"))?.[1] ?? "";
  const known = namesIn(schema, /^ {2}([A-Z\d_]+):/gm);
  /** Variables of Docker, Compose, Node, glibc, this repository's scripts, and API clients. */
  const OTHERS =
    /^(COMPOSE_PROFILES|DOMAIN|UPSTREAM|NODE_ENV|MALLOC_TRIM_THRESHOLD_|CHROMIUM_PATH|SERVER_CODE|TZ|ACCESS_TOKEN|OR_API_TOKEN|ORWATCH_TOKEN|ORWATCH_URL|[A-Z]+_PREVIOUS|RUNS|ROWS|SCALE|EVENT_RUNS|SEQUENCES|FLOOD|KILLS|SEED|REPORTS|CONSUMERS)$/;

  test("environment variables read by the server are in .env.example and docs/configuration.md", () => {
    expect(known.length).toBeGreaterThan(25);
    for (const file of [".env.example", "docs/configuration.md"])
      expect(
        known.filter((name) => !read(file).includes(name)),
        file,
      ).toEqual([]);
  });

  test.each(MANUALS)("environment variables in %s exist", (file) => {
    const named = unique([
      ...namesIn(read(file), /(?<![\w$-])([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)=/g),
      ...namesIn(read(file), /`([A-Z][A-Z\d]*(?:_[A-Z\d]+)*)=/g),
    ]);
    expect(named.filter((name) => !known.includes(name) && !OTHERS.test(name))).toEqual([]);
  });

  test("environment variables are read in config.ts only", () => {
    const readers = listFiles("apps/server/src").filter(
      (name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name) && read(name).includes("process.env"),
    );
    expect(readers).toEqual(["apps/server/src/config.ts"]);
  });
});

describe("commands", () => {
  const commands = Object.keys(JSON.parse(read("apps/server/src/cli/commands.json")) as object);

  test.each(DOCUMENTS)("commands named in %s exist", (file) => {
    const entries = namesIn(read("apps/server/tsup.config.ts"), /^ {4}"?([\w-]+)"?: "/gm);
    for (const name of namesIn(read(file), /\bapps\/server\/dist\/([\w-]+)\.js/g))
      expect(entries, file).toContain(name);
    for (const name of namesIn(read(file), /`orwatch ([a-z][a-z-]+)/g)) expect(commands, file).toContain(name);
  });

  test("commands are the same in the server, npm and the build", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    for (const name of commands.filter((command) => command !== "start")) {
      expect(scripts[name]).toBe(`node scripts/cli.mjs ${name}`);
      expect(read("apps/server/tsup.config.ts")).toContain(`src/cli/${name}.ts`);
    }
  });
});

test("no document names a git tag or version that does not exist", () => {
  for (const file of DOCUMENTS) expect(read(file), file).not.toMatch(/git (checkout|switch) (?!-|ORIG_HEAD\b|main\b)/);
});

test("files installed by root are readable by the service under any umask", () => {
  const manual = read("docs/deploy.md");
  const steps = [...manual.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = ""]) => block);
  const building = steps.filter((block) => block.includes("/opt/orwatch"));
  expect(building.length).toBeGreaterThan(1);
  for (const block of building) expect(block).toContain("umask 022");
  for (const [line] of building.join("\n").matchAll(/^install .*$/gm)) expect(line).toMatch(/ -m \d+ /);
});
