import type { AnyTRPCRouter } from "@trpc/server";
import { generateOpenApiDocument } from "trpc-to-openapi";
import type { z } from "zod";
import { PROCEDURE_PERMISSIONS, PROCEDURE_SCOPES } from "../../../rpc/procedure-permissions.ts";
import type { RouteMeta } from "../../../rpc/procedures.ts";
import { needsNoSecondFactor } from "../../../rpc/second-factor-setup.ts";
import { takesIdempotencyKey } from "../adapter.ts";
import { DEPRECATIONS } from "../deprecations.ts";
import { describeField } from "../input.ts";
import { STREAM_INPUTS, streamPaths } from "./exports.ts";
import { EXAMPLES, FAILURES, FIELD_EXAMPLES, HEALTH_PATHS } from "./operations.ts";
import EXAMPLE_RESPONSES from "./response-examples.json" with { type: "json" };
import { HEADERS, PROBLEMS, ref, SCHEMAS, TOKEN_HEADERS } from "./responses.ts";
import { completeDescriptions } from "./schemas.ts";

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  example?: unknown;
  schema?: { type?: string; examples?: unknown[]; [name: string]: unknown };
  [name: string]: unknown;
}
interface Operation {
  operationId: string;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Record<string, unknown>> };
  responses: Record<string, Record<string, unknown>>;
  [name: string]: unknown;
}

const DESCRIPTION = `Exact usage of your OpenRouter keys. Amounts are decimal strings in USD, dates are in UTC, and unknown values are \`null\`.

There are two kinds of credentials, both sent as \`Authorization: Bearer …\`. The \`access_token\` from \`POST /api/auth/login\` gives access to
everything except \`/api/v1\`. An API token (\`or_api_…\`), created with \`POST /api/tokens\`, gives access to \`/api/v1\` and has its own rate limit.
It may do what its scopes allow and the role of the user who created it: \`read\` (the default), \`sync\` and \`keys:write\`.

A request with a session is about one team: the one of the query parameter \`team_id\`, which every endpoint takes, or else the default team of
the user (\`PUT /api/user\`). An API token has exactly one team.

Parameters are never ignored. Unknown parameters and fields, empty values (\`model=\`) and single parameters given more than once return 400, and
the message suggests the closest valid name. To pass a list, repeat the parameter (\`model=a&model=b\`), with or without brackets (\`model[]=a\`,
\`model[0]=a\`). To get everything, leave a filter out.`;

interface Procedure {
  _def: { meta?: RouteMeta; inputs: z.ZodType[] };
}

/** The name of a method in generated clients: `keys.list` is `keysList`. */
export const toOperationId = (procedure: string): string =>
  procedure.replace(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());

/** Creates the OpenAPI 3.1 document of all routes. */
export function createDocument(options: { router: AnyTRPCRouter; baseUrl: string; version: string }) {
  const generated = generateOpenApiDocument(options.router as never, {
    title: "orwatch",
    version: options.version,
    baseUrl: options.baseUrl || "/",
    description: DESCRIPTION,
    securitySchemes: {
      sessionBearer: { type: "http", scheme: "bearer", description: "The `access_token` from `POST /api/auth/login`." },
      apiToken: {
        type: "http",
        scheme: "bearer",
        bearerFormat: "or_api_…",
        description: "An API token, created with `POST /api/tokens`.",
      },
    },
    paths: streamPaths() as never,
  });
  const procedures = Object.entries(options.router._def.procedures as Record<string, Procedure>);
  const definitions = new Map(procedures.map(([path, { _def }]) => [toOperationId(path), _def]));
  const paths: Record<string, Record<string, Operation>> = {};
  for (const [path, item] of Object.entries(generated.paths as unknown as Record<string, Record<string, Operation>>)) {
    for (const [method, operation] of Object.entries(item)) {
      operation.operationId = toOperationId(operation.operationId);
      const { meta, inputs } = definitions.get(operation.operationId) ?? {
        inputs: STREAM_INPUTS[operation.operationId] ?? [],
      };
      complete(operation, { path, method, meta, inputs: inputs ?? [] });
    }
    paths[`/api${path}`] = item;
  }
  // The library generates one error schema per code; ours replace them.
  const schemas = Object.entries(generated.components?.schemas ?? {}).filter(([name]) => !name.startsWith("error."));
  for (const schema of [...schemas.map(([, schema]) => schema), paths]) completeDescriptions(schema);
  return {
    ...generated,
    info: {
      ...generated.info,
      contact: { name: "Administrator of this server" },
      license: { name: "MIT", identifier: "MIT" },
    },
    tags: [
      { name: "Public API", description: "Endpoints for API tokens: stable and rate limited." },
      { name: "API tokens", description: "Credentials for the public API." },
      { name: "Current user", description: "Registration, login and the current user." },
      { name: "Security", description: "Sessions, two-factor authentication and the activity log." },
      { name: "Teams", description: "Teams, their members and invitations." },
      { name: "Share links", description: "Dashboards that are shown without logging in." },
      { name: "Users", description: "Users of the server, for administrators." },
      { name: "Keys", description: "The OpenRouter keys that orwatch watches." },
      { name: "Accounts", description: "OpenRouter accounts, whose keys are found through a management key." },
      { name: "Usage", description: "Usage, statistics and forecasts of the signed-in user." },
      { name: "Views", description: "Saved views: pages of the web app with their period, filters and grouping." },
      { name: "Annotations", description: "Notes about days, shown in charts." },
      { name: "Projects", description: "Keys whose cost is reported together, such as that of a customer." },
      { name: "Channels", description: "Where notifications are sent: email, webhooks and chat services." },
      { name: "Alerts", description: "Alert rules and notification settings." },
      { name: "Inbox", description: "Notifications of the signed-in user." },
      { name: "Health", description: "Health checks for load balancers." },
    ],
    paths: { ...paths, ...HEALTH_PATHS },
    components: {
      ...generated.components,
      schemas: { ...Object.fromEntries(schemas), ...SCHEMAS },
      headers: HEADERS,
      responses: PROBLEMS,
    },
  };
}

/** Adds credentials, actual status codes, headers and examples to an operation. */
function complete(
  operation: Operation,
  route: { path: string; method: string; meta: RouteMeta | undefined; inputs: z.ZodType[] },
): void {
  const { path, meta } = route;
  const isPublic = path.startsWith("/v1/");
  if (operation.security) operation.security = [{ [isPublic ? "apiToken" : "sessionBearer"]: [] }];
  else operation.security = [];
  // Linters accept scopes of OAuth in `security`, and of no other scheme.
  if (isPublic) operation["x-required-scope"] = scopeOf(operation);
  const limits = isPublic ? TOKEN_HEADERS : {};
  const deprecation = DEPRECATIONS[path];
  if (deprecation) operation.deprecated = true;
  const deprecated = deprecation ? { ...ref("Deprecation"), ...ref("Sunset"), ...ref("Link") } : {};
  const replayed = meta && takesIdempotencyKey(meta) ? ref("Idempotency-Replayed") : {};
  const links = operation.operationId === "v1Usage" ? ref("Link") : {};
  const syncState = path.includes("/export") ? { ...ref("X-Orwatch-As-Of"), ...ref("X-Orwatch-Complete-Through") } : {};
  const requestId = { "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } };
  const etag = meta?.revalidates ? { ETag: { $ref: "#/components/headers/ETag" } } : {};
  const success = operation.responses["200"] ?? {};
  const status = String(meta?.status ?? 200);
  const body = (success.content as Record<string, { example?: unknown }> | undefined)?.["application/json"];
  const example = (EXAMPLE_RESPONSES as Record<string, unknown>)[operation.operationId];
  if (body && example !== undefined) body.example = example;
  operation.responses = {
    [status]: {
      ...(status === "204"
        ? { description: "Success. The response has no body." }
        : { ...success, description: successOf(status, success) }),
      headers: { ...requestId, ...etag, ...syncState, ...links, ...replayed, ...deprecated, ...limits },
    },
    ...(meta?.revalidates
      ? {
          "304": {
            description: "The response has not changed since the version in `If-None-Match`.",
            headers: { ...requestId, ...etag, ...limits },
          },
        }
      : {}),
    ...Object.fromEntries(failuresOf(operation, route).map((code) => [code, problem(code, isPublic)])),
  };
  for (const parameter of operation.parameters ?? []) {
    // The library omits the description of a list that is optional.
    const description = describeField(route.inputs, parameter.name);
    if (description) parameter.description ??= description;
    illustrate(parameter, operation.operationId);
  }
  if (takesTeam(operation))
    operation.parameters = [...(operation.parameters ?? []), isPublic ? TEAM_OF_TOKEN : TEAM_ID];
  if (meta && takesIdempotencyKey(meta)) operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_KEY];
  if (meta?.revalidates) operation.parameters = [...(operation.parameters ?? []), IF_NONE_MATCH];
  completeBody(operation);
}

function completeBody(operation: Operation): void {
  const body = operation.requestBody?.content["application/json"];
  if (!operation.requestBody || !body) return;
  const schema = body.schema as { properties?: object; required?: string[] };
  if (Object.keys(schema.properties ?? {}).length === 0) {
    delete operation.requestBody;
    return;
  }
  operation.requestBody.required = (schema.required ?? []).length > 0;
  body.example = EXAMPLES[operation.operationId];
}

const successOf = (status: string, success: Record<string, unknown>) =>
  success.description && success.description !== "Successful response"
    ? success.description
    : status === "201"
      ? "Created."
      : "OK.";

/** Scope that an API token needs. Exports are no procedures. */
const SCOPES = new Map(Object.entries(PROCEDURE_SCOPES).map(([path, scope]) => [toOperationId(path), scope]));
const scopeOf = ({ operationId }: Operation) => SCOPES.get(operationId) ?? "read";

/** Operations that not every member of a team may call. */
const NEEDS_ROLE = new Set(
  Object.entries(PROCEDURE_PERMISSIONS)
    .filter(([, permission]) => permission !== "user" && permission !== "view")
    .map(([path]) => toOperationId(path)),
);

/** Operations of sessions that need no second factor, even where one is required. */
const NEEDS_NO_SECOND_FACTOR = new Set(
  Object.keys(PROCEDURE_PERMISSIONS)
    .filter((path) => needsNoSecondFactor(path, "server"))
    .map(toOperationId),
);

function failuresOf(operation: Operation, { method, path }: { method: string; path: string }): string[] {
  const codes = new Set<string>(FAILURES[operation.operationId] ?? []);
  // A body is read and validated even if the operation has none.
  const takesBody = method === "post" || method === "put";
  if (takesBody || (operation.parameters ?? []).length > 0) codes.add("400");
  if (takesBody) for (const code of ["413", "415"]) codes.add(code);
  const isPublic = path.startsWith("/v1/");
  const needsLogin = (operation.security ?? []).length > 0;
  if (needsLogin) codes.add("401");
  if (NEEDS_ROLE.has(operation.operationId)) codes.add("403");
  if (needsLogin && !isPublic && !NEEDS_NO_SECOND_FACTOR.has(operation.operationId)) codes.add("403");
  // The team that the request names.
  if (takesTeam(operation)) codes.add("404");
  if (isPublic) for (const code of ["400", "403", "429"]) codes.add(code);
  // Even an operation without parameters rejects a URL that is not valid UTF-8.
  return [...codes.add("400").add("500").add("503")].sort();
}

/** Errors that say more to API tokens. */
const OF_TOKENS: Record<string, string> = { "403": "403-scope", "429": "429-limited" };

const problem = (code: string, isPublic: boolean) => ({
  $ref: `#/components/responses/${(isPublic && OF_TOKENS[code]) || code}`,
});

const IF_NONE_MATCH: Parameter = {
  name: "If-None-Match",
  in: "header",
  description: "ETag of a response you already have. If it is still current, the server returns 304 without a body.",
  schema: { type: "string", maxLength: 1000, examples: ['"q3Zc0mJ5Vx2mVq1aYb7Tn8LwK4e"'] },
};

/** Whether the request may name the team it is about. */
const takesTeam = ({ security = [] }: Operation): boolean => security.length > 0;

const TEAM_ID: Parameter = {
  name: "team_id",
  in: "query",
  description:
    "ID of the team whose data the request is about. Default: the user's default team, or else their personal one. A team that the user is not in is 404.",
  schema: { type: "integer", minimum: 1, maximum: 999_999_999_999_999, examples: [7] },
};

const TEAM_OF_TOKEN: Parameter = {
  ...TEAM_ID,
  description: "ID of the team of the API token, which the request is about with or without it. Another team is 404.",
};

const IDEMPOTENCY_KEY: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  description:
    "A UUID, or another text that is new for each request. If you repeat the request with the same key and body within 24 hours, for example after a connection error, nothing is created again, and you get the same response with `Idempotency-Replayed: true`.",
  schema: {
    type: "string",
    pattern: "^[!-~]+$",
    maxLength: 255,
    examples: ["6f2a1f3e-6d3b-4f0e-9a55-0c6f1f3f8f10"],
  },
};

/**
 * Adds an example. "Try it out" fills in the examples of parameters, but not those of their schemas: an optional filter and an ID that
 * may not exist have only the latter, so that an unchanged form is a valid request.
 */
function illustrate(parameter: Parameter, operationId: string): void {
  const isList = parameter.schema?.type === "array";
  if (parameter.in === "query" && isList) {
    parameter.style = "form";
    parameter.explode = true;
  }
  const example =
    parameter.example ?? FIELD_EXAMPLES[`${operationId}.${parameter.name}`] ?? FIELD_EXAMPLES[parameter.name];
  delete parameter.example;
  if (example === undefined) return;
  const fitting = Array.isArray(example) && !isList ? example[0] : example;
  if (parameter.in === "query" && parameter.required) parameter.example = fitting;
  else parameter.schema = { ...parameter.schema, examples: [fitting] };
}
