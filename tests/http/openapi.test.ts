import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createDocument } from "@orwatch/server/http/rest/openapi/document";
import { VERSION } from "@orwatch/server/platform/installation";
import { appRouter } from "@orwatch/server/router";
import { validate as validateByReadme } from "@readme/openapi-parser";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DOCUMENT_FILE, type Document, type Operation, type Parameter } from "../support/checks/document.ts";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Harness, request, startHarness } from "../support/server/harness.ts";

const UPDATE = "UPDATE_OPENAPI=1 npx vitest run --project integration tests/http/openapi.test.ts";

let harness: Harness;
let document: Document;
beforeAll(async () => {
  const made = createDocument({ router: appRouter, baseUrl: "", version: VERSION });
  if (process.env.UPDATE_OPENAPI) writeFileSync(DOCUMENT_FILE, `${JSON.stringify(made, null, 2)}\n`);
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  document = (await request(`${harness.url}/openapi.json`)).body;
});
afterAll(() => harness.close());

const operations = (): [string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );

test("the committed openapi.json equals the served document", () => {
  const committed = existsSync(DOCUMENT_FILE) ? JSON.parse(readFileSync(DOCUMENT_FILE, "utf8")) : null;
  expect(
    committed,
    `apps/server/openapi.json is not what the server says now. If that is meant, run: ${UPDATE}`,
  ).toEqual(document);
});

describe("validation of the document", () => {
  test("openapi-schema-validator accepts the document", async () => {
    const result = await new Validator().validate(structuredClone(document) as never);
    expect(result).toEqual({ valid: true });
  });

  test("openapi-parser accepts the document", async () => {
    const result = await validateByReadme(structuredClone(document) as never);
    expect(result).toMatchObject({ valid: true, warnings: [] });
  });
});

const TABLE = `
POST /api/auth/register|POST /api/auth/login|POST /api/auth/logout|GET /api/user|PUT /api/user|PUT /api/user/password|POST /api/user/delete
POST /api/keys|GET /api/keys|GET /api/keys/{id}|PUT /api/keys/{id}|DELETE /api/keys/{id}|POST /api/keys/{id}/validate
POST /api/accounts|GET /api/accounts|GET /api/accounts/{id}|PUT /api/accounts/{id}|DELETE /api/accounts/{id}|PUT /api/accounts/{id}/key
POST /api/accounts/{id}/sync|GET /api/accounts/{id}/keys|PUT /api/accounts/{id}/keys/{hash}|GET /api/accounts/{id}/history|GET /api/accounts/{id}/credits|GET /api/accounts/{id}/reconciliation
POST /api/keys/{id}/sync|GET /api/stats/dashboard|GET /api/usage|GET /api/usage/export|GET /api/usage/export.csv|GET /api/usage/export.json|POST /api/tokens|GET /api/tokens
POST /api/channels|GET /api/channels|GET /api/channels/{id}|PUT /api/channels/{id}|DELETE /api/channels/{id}|POST /api/channels/{id}/confirm
POST /api/channels/{id}/code|POST /api/channels/{id}/rotate-secret|POST /api/channels/{id}/test|GET /api/digest|GET /api/deliveries|POST /api/deliveries/{id}/retry
GET /api/alerts/rules|POST /api/alerts/rules|POST /api/alerts/rules/preview|GET /api/alerts/rules/{id}|PUT /api/alerts/rules/{id}|DELETE /api/alerts/rules/{id}
POST /api/alerts/rules/{id}/snooze|GET /api/alerts/settings|PUT /api/alerts/settings|POST /api/alerts/snooze
GET /api/inbox|POST /api/inbox/{id}/read|POST /api/inbox/read|GET /api/forecast|GET /api/v1/forecast|GET /api/breakdowns|GET /api/v1/breakdowns|GET /api/v1/changes|GET /api/v1/breakdown
DELETE /api/tokens/{id}|GET /api/v1/stats|GET /api/v1/usage|GET /api/v1/usage/export|GET /api/v1/usage/export.csv|GET /api/v1/usage/export.json|GET /api/v1/keys|POST /api/v1/keys|PUT /api/v1/keys/{id}|POST /api/v1/sync|GET /api/v1/credits|GET /api/v1/models|GET /api/v1/alerts|GET /api/v1/version|GET /health|GET /health/ready
GET /api/user/security|POST /api/auth/reauthenticate|GET /api/user/sessions|DELETE /api/user/sessions|DELETE /api/user/sessions/{id}
POST /api/user/sessions/end-others|POST /api/user/second-factor|POST /api/user/second-factor/enable
POST /api/user/second-factor/disable|POST /api/user/second-factor/recovery-codes|GET /api/user/activity
GET /api/teams|POST /api/teams|PUT /api/teams/{id}|DELETE /api/teams/{id}|GET /api/teams/{id}/members|PUT /api/teams/{id}/members/{user_id}
DELETE /api/teams/{id}/members/{user_id}|GET /api/teams/{id}/invitations|POST /api/teams/{id}/invitations|GET /api/teams/{id}/invitations/{invitation_id}
DELETE /api/teams/{id}/invitations/{invitation_id}|POST /api/invitations/accept|GET /api/teams/{id}/audit|GET /api/v1/team|GET /api/share-links|POST /api/share-links|DELETE /api/share-links/{id}|GET /api/user/passkeys|PUT /api/user/passkeys/{id}|DELETE /api/user/passkeys/{id}|GET /api/user/identities|DELETE /api/user/identities/{id}|GET /api/share/{token}|POST /api/share/{token}
GET /api/views|POST /api/views|PUT /api/views/{id}|DELETE /api/views/{id}|GET /api/annotations|POST /api/annotations|PUT /api/annotations/{id}|DELETE /api/annotations/{id}
GET /api/projects|POST /api/projects|GET /api/projects/{id}|PUT /api/projects/{id}|DELETE /api/projects/{id}|PUT /api/projects/{id}/keys|POST /api/projects/{id}/keys/{api_key_id}/move|GET /api/v1/projects
GET /api/users|PUT /api/users/{id}|POST /api/users/{id}/end-sessions`
  .trim()
  .split(/[|\n]/);

test("the document lists exactly the existing operations", () => {
  expect(
    operations()
      .map(([name]) => name)
      .sort(),
  ).toEqual([...TABLE].sort());
});

test("every operation has a description, its inputs, its errors and its credential", () => {
  const flaws: string[] = [];
  for (const [name, operation] of operations()) {
    const say = (flaw: string) => flaws.push(`${name} ${flaw}`);
    if (!operation.summary) say("has no summary");
    if (!operation.description) say("has no description");
    if (operation.tags?.length !== 1) say("has no tag");
    const isOpen = /auth\/(register|login)|\/health|\/share\//.test(name);
    const credential = isOpen ? [] : [{ [name.includes("/v1/") ? "apiToken" : "sessionBearer"]: [] }];
    if (JSON.stringify(operation.security) !== JSON.stringify(credential)) say("names the wrong credential");
    for (const parameter of operation.parameters ?? []) {
      if (!(parameter.description ?? parameter.schema.description)) say(`${parameter.name} has no description`);
      if (exampleOf(parameter) === undefined) say(`${parameter.name} has no example`);
      if (!isBounded(parameter.schema)) say(`${parameter.name} has no bounds`);
    }
    const body = operation.requestBody?.content["application/json"];
    if (operation.requestBody && body?.example === undefined) say("has no example of a body");
    if (!operation.responses["500"]) say("has no 500");
    if (!isOpen && !operation.responses["401"]) say("has no 401");
    if (name.includes("/v1/") && !operation.responses["429"]) say("has no 429");
    const scope = name.startsWith("GET ") ? "read" : name.endsWith("/sync") ? "sync" : "keys:write";
    if (name.includes("/v1/") && operation["x-required-scope"] !== scope) say("does not name its scope");
  }
  expect(flaws).toEqual([]);
});

test("operation IDs are names of methods, and no schema has the name of a global class", () => {
  const ids = operations().map(([, { operationId }]) => operationId);
  expect(ids.filter((id) => !/^[a-z][a-zA-Z0-9]*$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(document.components.schemas).filter((name) => name in globalThis)).toEqual([]);
});

describe("what Swagger UI fills in", () => {
  /** Swagger UI fills in the example of a parameter, or else the default of its schema. */
  const filledIn = ({ example, schema }: Parameter): unknown => example ?? schema.default;

  test("reads without a path parameter return 200", async () => {
    const user = await harness.createUser();
    const { token } = await issueToken(user);
    for (const [name, { parameters = [], security }] of operations()) {
      const path = name.replace(/^GET /, "");
      if (path === name || path.includes("{")) continue;
      const query = new URLSearchParams();
      const headers: Record<string, string> = {};
      for (const parameter of parameters) {
        const value = filledIn(parameter);
        if (value === undefined) continue;
        if (parameter.in === "header") headers[parameter.name] = String(value);
        else for (const one of [value].flat()) query.append(parameter.name, String(one));
      }
      const isPublic = security.some((schemes) => schemes.apiToken);
      if (security.length > 0) headers.authorization = `Bearer ${isPublic ? token : user.credential}`;
      const answer = await request(`${harness.url}${path}?${query}`, { headers });
      expect(answer.status, `${name}?${query} ${answer.text.slice(0, 200)}`).toBe(200);
    }
  });

  test("examples match their schemas", () => {
    const ajv = new Ajv2020({ strict: false });
    (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
    const flaws: string[] = [];
    const check = (name: string, schema: object, example: unknown) => {
      // References are resolved in the same schema.
      if (!ajv.validate({ allOf: [schema], components: document.components }, example))
        flaws.push(`${name}: ${ajv.errorsText()}`);
    };
    for (const [name, { parameters = [], requestBody, responses }] of operations()) {
      for (const parameter of parameters) check(`${name} ${parameter.name}`, parameter.schema, exampleOf(parameter));
      const body = requestBody?.content["application/json"];
      if (body) check(`${name} body`, body.schema, body.example);
      for (const [status, { content }] of Object.entries(responses))
        for (const { schema, example } of Object.values(content ?? {})) {
          if (example === undefined && !name.endsWith("/export")) flaws.push(`${name} has no example for ${status}`);
          if (example !== undefined) check(`${name} ${status}`, schema, example);
        }
    }
    expect(flaws).toEqual([]);
  });
});

test("every property of a response has a description, with its unit if it is an amount", () => {
  const missing: string[] = [];
  // biome-ignore lint/suspicious/noExplicitAny: JSON Schema
  const walk = (schema: any, place: string): void => {
    if (typeof schema !== "object" || schema === null) return;
    // biome-ignore lint/suspicious/noExplicitAny: JSON Schema
    for (const [name, property] of Object.entries<any>(schema.properties ?? {})) {
      const isMoney = [property, ...(property.anyOf ?? [])].some(({ pattern }) => pattern?.endsWith("{2,9}$"));
      if (!property.description || (isMoney && !property.description.includes("USD"))) missing.push(`${place}.${name}`);
      walk(property, `${place}.${name}`);
    }
    for (const inner of [schema.items, ...(schema.anyOf ?? [])]) walk(inner, place);
  };
  for (const [name, schema] of Object.entries(document.components.schemas)) walk(schema, name);
  for (const [name, { responses }] of operations())
    for (const response of Object.values(responses))
      for (const { schema } of Object.values(response.content ?? {})) walk(schema, name);
  expect(missing).toEqual([]);
});

const exampleOf = ({ example, schema }: Parameter): unknown => example ?? schema.examples?.[0];

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema
function isBounded(schema: any): boolean {
  if (schema.anyOf) return schema.anyOf.every(isBounded);
  if (schema.enum || schema.const) return true;
  if (schema.type === "array") return schema.maxItems !== undefined && isBounded(schema.items);
  if (schema.type === "integer" || schema.type === "number")
    return schema.minimum !== undefined && schema.maximum !== undefined;
  return schema.maxLength !== undefined || schema.format !== undefined || schema.pattern !== undefined;
}

test("the document lists the actual success status codes", () => {
  const codes = Object.fromEntries(
    operations().map(([name, { responses }]) => [
      name,
      Object.keys(responses)
        .filter((code) => code < "300")
        .join(),
    ]),
  );
  expect(Object.entries(codes).filter(([, code]) => code !== "200")).toEqual([
    ["POST /api/auth/register", "201"],
    ["POST /api/user/delete", "204"],
    ["DELETE /api/user/sessions", "204"],
    ["DELETE /api/user/sessions/{id}", "204"],
    ["DELETE /api/user/passkeys/{id}", "204"],
    ["DELETE /api/user/identities/{id}", "204"],
    ["POST /api/teams", "201"],
    ["DELETE /api/teams/{id}", "204"],
    ["DELETE /api/teams/{id}/members/{user_id}", "204"],
    ["POST /api/teams/{id}/invitations", "201"],
    ["DELETE /api/teams/{id}/invitations/{invitation_id}", "204"],
    ["POST /api/share-links", "201"],
    ["DELETE /api/share-links/{id}", "204"],
    ["POST /api/keys", "201"],
    ["DELETE /api/keys/{id}", "204"],
    ["POST /api/accounts", "201"],
    ["DELETE /api/accounts/{id}", "204"],
    ["POST /api/tokens", "201"],
    ["DELETE /api/tokens/{id}", "204"],
    ["POST /api/views", "201"],
    ["DELETE /api/views/{id}", "204"],
    ["POST /api/annotations", "201"],
    ["DELETE /api/annotations/{id}", "204"],
    ["POST /api/projects", "201"],
    ["DELETE /api/projects/{id}", "204"],
    ["POST /api/channels", "201"],
    ["DELETE /api/channels/{id}", "204"],
    ["POST /api/alerts/rules", "201"],
    ["DELETE /api/alerts/rules/{id}", "204"],
    ["POST /api/v1/keys", "201"],
  ]);
});

test("pages of other sites may read the document, but no other response", async () => {
  const originOf = async (path: string) =>
    (await request(`${harness.url}${path}`, { headers: { origin: "https://tools.example.com" } })).headers.get(
      "access-control-allow-origin",
    );
  expect([await originOf("/openapi.json"), await originOf("/health"), await originOf("/api/v1/stats")]).toEqual([
    "*",
    null,
    null,
  ]);
});

test("answers 304 to If-None-Match", async () => {
  const first = await request(`${harness.url}/openapi.json`);
  const again = await request(`${harness.url}/openapi.json`, {
    headers: { "if-none-match": first.headers.get("etag") ?? "" },
  });
  expect([again.status, again.text]).toEqual([304, ""]);
});
