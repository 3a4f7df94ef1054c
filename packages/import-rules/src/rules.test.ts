import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Breach, checkImports } from "./cruise.ts";
import { RULES } from "./rules.ts";
import { SERVER_FILES, SERVER_FOLDERS } from "./server-folders.ts";
import { PURE } from "./server-rules.ts";

const SERVER = "apps/server/src";
const WEB = "apps/web/src";

/** Rule, the file that breaks it, and what it imports: a path from the root, or a package. `type` marks imports of types. */
const BREACHES: [rule: string, from: string, to: string][] = [
  ["product-without-tests", `${SERVER}/keys/add.ts`, "tests/support/openrouter/seed.ts"],
  ["product-without-tests", `${WEB}/lib/format.ts`, `${WEB}/lib/format.test.ts`],
  ["resolvable", `${SERVER}/keys/add.ts`, "not-installed"],
  ["resolvable", "tests/keys/keys.test.ts", "not-installed"],
  ["server-platform", `${SERVER}/platform/clock.ts`, `type ${SERVER}/app.ts`],
  ["server-keys", `${SERVER}/keys/service.ts`, `${SERVER}/sync/service.ts`],
  ["server-tokens", `${SERVER}/tokens/service.ts`, `type ${SERVER}/keys/service.ts`],
  ["server-auth", `${SERVER}/auth/service.ts`, `${SERVER}/http/context.ts`],
  ["server-start", `${SERVER}/start.ts`, `${SERVER}/stats/service.ts`],
  ["http-is-on-top", `${SERVER}/jobs/service.ts`, `${SERVER}/http/server.ts`],
  ["unknown-folder", `${SERVER}/fridge/milk.ts`, "zod"],
  ["loose-file", `${SERVER}/helpers.ts`, "zod"],
  ["server-stands-alone", `${SERVER}/start.ts`, "packages/openrouter-sim/src/index.ts"],
  ["owner-of-lucia", `${SERVER}/http/context.ts`, "lucia"],
  ["owner-of-oslo", `${SERVER}/tokens/service.ts`, "oslo"],
  ["owner-of-croner", `${SERVER}/sync/service.ts`, "croner"],
  ["owner-of-openapi", `${SERVER}/http/server.ts`, "trpc-to-openapi"],
  ["owner-of-nodemailer", `${SERVER}/auth/service.ts`, "nodemailer"],
  ["owner-of-sqlite", `${SERVER}/keys/service.ts`, "better-sqlite3"],
  ["owner-of-sqlite", `${SERVER}/keys/service.ts`, "@prisma/client"],
  ["owner-of-outgoing-http", `${SERVER}/keys/service.ts`, "undici"],
  ["owner-of-outgoing-http", `${SERVER}/keys/service.ts`, "node:https"],
  ["router-is-mounted-only", `${SERVER}/sync/service.ts`, `${SERVER}/sync/router.ts`],
  ["router-calls-its-service", `${SERVER}/stats/router.ts`, `${SERVER}/usage/record-findings.ts`],
  ["procedures-in-routers", `${SERVER}/auth/service.ts`, `${SERVER}/rpc/procedures.ts`],
  ["schema-only-describes", `${SERVER}/keys/schema.ts`, `${SERVER}/keys/service.ts`],
  ["schema-only-describes", `${SERVER}/stats/schema.ts`, "packages/db/src/index.ts"],
  ["pure-without-io", `${SERVER}/sync/analytics/plan.ts`, "node:fs"],
  ["pure-without-app", `${SERVER}/sync/analytics/plan.ts`, `type ${SERVER}/app.ts`],
  ["database-in-services", `${SERVER}/keys/router.ts`, "packages/db/src/index.ts"],
  ["database-in-services", `${SERVER}/http/context.ts`, "packages/db/src/index.ts"],
  ["web-knows-a-type", `${WEB}/lib/keys.ts`, `type ${SERVER}/keys/schema.ts`],
  ["web-loads-no-server", `${WEB}/lib/trpc.ts`, `${SERVER}/router.ts`],
  ["web-packages", `${WEB}/lib/trpc.ts`, "packages/db/src/index.ts"],
  ["web-lib", `${WEB}/lib/format.ts`, `${WEB}/components/ui/button.tsx`],
  ["web-components", `${WEB}/components/table.tsx`, `${WEB}/features/keys/list.tsx`],
  ["web-features", `${WEB}/features/keys/list.tsx`, `${WEB}/routes/keys.tsx`],
  ["web-features-apart", `${WEB}/features/keys/list.tsx`, `${WEB}/features/alerts/list.tsx`],
  ["web-app", `${WEB}/app/rail.tsx`, `${WEB}/routes/keys.tsx`],
  ["web-primitives", `${WEB}/components/ui/button.tsx`, `${WEB}/components/table.tsx`],
  ["web-start", `${WEB}/features/keys/list.tsx`, `${WEB}/main.tsx`],
  ["domain-imports-nothing", "packages/domain/src/day.ts", "node:fs"],
  ["domain-imports-nothing", "packages/domain/src/day.ts", "zod"],
  ["messages-are-shared", "packages/messages/src/renderer.ts", `type ${SERVER}/app.ts`],
  ["db-stands-alone", "packages/db/src/index.ts", `${SERVER}/platform/clock.ts`],
  ["sim-stands-alone", "packages/openrouter-sim/src/index.ts", `${SERVER}/openrouter/answers/parse.ts`],
  ["sdk-stands-alone", "packages/sdk/src/errors.ts", "packages/messages/src/renderer.ts"],
  ["sdk-runs-no-server", "packages/sdk/src/client.ts", `${SERVER}/router.ts`],
];

const ALLOWED: [from: string, to: string][] = [
  [`${SERVER}/stats/service.ts`, "packages/domain/src/day.ts"],
  [`${SERVER}/stats/service.ts`, `type ${SERVER}/app.ts`],
  [`${SERVER}/keys/validation/key-status.ts`, "type packages/db/src/index.ts"],
  [`${SERVER}/auth/sessions/session.ts`, "lucia"],
  [`${SERVER}/openrouter/requests/exchange.ts`, "node:https"],
  [`${SERVER}/http/server.ts`, "node:http"],
  [`${SERVER}/keys/service.test.ts`, `${SERVER}/sync/service.ts`],
  [`${SERVER}/keys/service.test.ts`, "better-sqlite3"],
  ["tests/keys/keys.test.ts", `${SERVER}/keys/stored.ts`],
  ["packages/sdk/src/types.ts", `type ${SERVER}/router.ts`],
  [`${WEB}/lib/session.ts`, `type ${SERVER}/router.ts`],
  [`${WEB}/routes/keys.tsx`, `${WEB}/features/keys/list.tsx`],
  [`${WEB}/app/rail.tsx`, `${WEB}/features/keys/list.tsx`],
  [`${WEB}/features/keys/list.tsx`, `${WEB}/features/keys/row.tsx`],
];

/** Ways to write an import, by file. Those whose names begin with "type" import nothing that runs. */
const SPELLINGS = {
  "type-statement.ts": 'import type { A } from "lucia";',
  "type-names.ts": 'import { type A, type B } from "lucia";',
  "type-export.ts": 'export type { A } from "lucia";',
  "value-beside-type.ts": 'import { type A, b } from "lucia";',
  "value-after-type.ts": 'import type { A } from "lucia";\nimport { b } from "lucia";',
  "value-before-type.ts": 'import { b } from "lucia";\nimport type { A } from "lucia";',
  "value-dynamic.ts": 'const a = await import("lucia");',
  "value-export.ts": 'export * from "lucia";',
};

const root = fs.mkdtempSync(path.join(os.tmpdir(), "orwatch-imports-"));
let breaches: Breach[];
let unread: string[];

function write(file: string, text = ""): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.appendFileSync(path.join(root, file), text);
}

function writeImport(from: string, wanted: string): void {
  const [, type = "", to = ""] = /^(type )?(.*)$/.exec(wanted) ?? [];
  const isFile = /^(apps|packages|tests)\//.test(to);
  if (isFile) write(to, "export {};\n");
  const relative = path.posix.relative(path.posix.dirname(from), to);
  const specifier = isFile ? (relative.startsWith(".") ? relative : `./${relative}`) : to;
  write(from, type ? `import type { x } from "${specifier}";\n` : `import "${specifier}";\n`);
}

beforeAll(async () => {
  writeImport(`${SERVER}/keys/egg.ts`, `type ${SERVER}/keys/hen.ts`);
  writeImport(`${SERVER}/keys/hen.ts`, `type ${SERVER}/keys/egg.ts`);
  for (const [file, text] of Object.entries(SPELLINGS)) write(`${SERVER}/keys/${file}`, text);
  for (const [, from, to] of BREACHES) writeImport(from, to);
  for (const [from, to] of ALLOWED) writeImport(from, to);
  for (const name of new Set([...BREACHES.map(([, , to]) => to), ...ALLOWED.map(([, to]) => to)]))
    if (/^[@a-z]/.test(name) && !/[:\s]|^(apps|packages|tests)\/|not-installed/.test(name)) {
      write(`node_modules/${name}/index.js`);
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" }));
    }
  ({ breaches, unread } = await checkImports(root));
});

afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

const isOf = (to: string) => {
  const name = to.replace(/^type |^node:/, "");
  return (breach: Breach) => breach.to.includes(name);
};

describe("rules", () => {
  test.each(BREACHES)("reports %s when %s imports %s", (rule, from, to) => {
    const found = breaches.filter((breach) => breach.from === from).filter(isOf(to));
    expect(found.map((breach) => breach.rule)).toContain(rule);
  });
});

test("reports a cycle, also of types only", () => {
  const cycles = breaches.filter(({ rule }) => rule === "no-cycle").map(({ to }) => to.split(" → ").sort());
  expect(cycles).toContainEqual([`${SERVER}/keys/egg.ts`, `${SERVER}/keys/hen.ts`]);
});

test.each(ALLOWED)("allows %s to import %s", (from, to) => {
  expect(breaches.filter((breach) => breach.from === from && isOf(to)(breach))).toEqual([]);
});

test.each(Object.keys(SPELLINGS))("detects whether a %s imports a value", (file) => {
  const found = breaches.filter(({ from, rule }) => from.endsWith(`/keys/${file}`) && rule === "owner-of-lucia");
  expect(found).toHaveLength(file.startsWith("type") ? 0 : 1);
});

test("reads every source file", () => {
  expect(unread).toEqual([]);
});

test("every rule states where the code belongs", () => {
  for (const { name, comment } of RULES) expect(comment, name).toMatch(/^[A-Za-z].{20,}\.$/);
});

test("no two folders of the server can depend on each other", () => {
  const order = Object.keys(SERVER_FOLDERS);
  for (const [name, allowed] of Object.entries(SERVER_FOLDERS))
    for (const other of allowed.filter((folder) => !Object.hasOwn(SERVER_FILES, folder)))
      expect(order.slice(0, order.indexOf(name)), name).toContain(other);
});

test.each(PURE)("the calculating module %s exists", (module) => {
  expect(fs.existsSync(path.resolve(import.meta.dirname, "../../..", SERVER, `${module}.ts`))).toBe(true);
});
