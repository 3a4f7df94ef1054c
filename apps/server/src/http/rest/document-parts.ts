/** Parts of the document that are not in the schemas: errors and examples of operations, and the routes without a procedure. */

export const FAILURES: Record<string, string[]> = {
  "auth-register": ["403", "409", "429"],
  "auth-login": ["401", "403", "429"],
  "auth-me": ["404"],
  "auth-changePassword": ["403", "404", "429"],
  "auth-deleteAccount": ["403", "404", "429"],
  "auth-security": ["404"],
  "auth-reauthenticate": ["404", "429"],
  "auth-endSession": ["404"],
  "auth-beginSecondFactor": ["404", "409", "429"],
  "auth-enableSecondFactor": ["404", "409", "429"],
  "auth-disableSecondFactor": ["403", "404", "409"],
  "auth-renewRecoveryCodes": ["403", "404", "409"],
  "users-list": ["403"],
  "users-update": ["403", "404", "409"],
  "users-endSessions": ["403", "404"],
  "keys-add": ["403", "409", "429"],
  "keys-get": ["404"],
  "keys-update": ["404"],
  "keys-delete": ["404"],
  "keys-validate": ["404", "409", "502"],
  "accounts-add": ["403", "409", "429", "502"],
  "accounts-get": ["404"],
  "accounts-update": ["404"],
  "accounts-delete": ["404"],
  "accounts-replaceKey": ["403", "404", "409", "429", "502"],
  "accounts-sync": ["404", "409"],
  "accounts-keys": ["404"],
  "accounts-setKey": ["404", "502"],
  "accounts-history": ["404"],
  "accounts-credits": ["404"],
  "accounts-reconciliation": ["404"],
  "sync-key": ["404", "409"],
  "channels-create": ["403", "409"],
  "channels-get": ["404"],
  "channels-update": ["403", "404", "409"],
  "channels-delete": ["404"],
  "channels-confirm": ["404", "409"],
  "channels-sendCode": ["404", "409", "429", "502"],
  "channels-rotateSecret": ["404", "409"],
  "channels-test": ["404", "409", "429"],
  "channels-retry": ["404", "409"],
  "alerts-getRule": ["404"],
  "alerts-createRule": ["404", "409"],
  "alerts-updateRule": ["404"],
  "alerts-deleteRule": ["404"],
  "alerts-snoozeRule": ["404"],
  "inbox-read": ["404"],
  "tokens-issue": ["403", "409"],
  "tokens-revoke": ["404"],
  "stats-export": ["429"],
};

export const EXAMPLES: Record<string, object> = {
  "auth-register": {
    email: "ada@example.com",
    password: "Correct-Horse-9",
    password_confirm: "Correct-Horse-9",
  },
  "auth-login": { email: "ada@example.com", password: "Correct-Horse-9" },
  "auth-changePassword": {
    current_password: "Correct-Horse-9",
    new_password: "Battery-Staple-7",
    new_password_confirm: "Battery-Staple-7",
  },
  "auth-reauthenticate": { password: "Correct-Horse-9", code: "492039" },
  "auth-beginSecondFactor": { password: "Correct-Horse-9" },
  "auth-enableSecondFactor": { code: "492039" },
  "users-update": { is_active: false },
  "auth-deleteAccount": { password: "Correct-Horse-9" },
  "keys-add": { name: "Production", key: "sk-or-v1-0123456789abcdef", description: "The shop's backend" },
  "keys-update": { name: "Production (old)", is_active: false },
  "accounts-add": { name: "Acme", key: "sk-or-v1-0123456789abcdef" },
  "accounts-update": { name: "Acme Ltd", watch: "selected" },
  "accounts-replaceKey": { key: "sk-or-v1-0123456789abcdef" },
  "accounts-setKey": { is_watched: true, name: "Production" },
  "channels-create": { kind: "webhook", name: "On call", url: "https://hooks.example.com/orwatch" },
  "channels-update": { name: "On call (nights)", is_active: false },
  "channels-confirm": { code: "123456" },
  "alerts-createRule": { name: "Too much in a day", kind: "spend", span: "day", amount: "25.00" },
  "alerts-updateRule": { amount: "40.00" },
  "alerts-snoozeRule": { hours: 24 },
  "alerts-updateSettings": { quiet_from: "22:00", quiet_to: "07:00", time_zone: "Europe/Rome" },
  "alerts-snooze": { hours: 8 },
  "inbox-readAll": { up_to: 12 },
  "tokens-issue": { name: "Grafana" },
};

export const FIELD_EXAMPLES: Record<string, unknown> = {
  id: 7,
  channel_id: 3,
  notice_id: 21,
  state: "failed",
  only: "unread",
  language: "it",
  skip: 0,
  limit: 100,
  page: 1,
  days: 30,
  start_date: "2026-11-01",
  end_date: "2026-11-22",
  api_key_id: [7],
  account_id: 2,
  dimension: "provider",
  model: ["openai/gpt-5"],
  show: "no_limit",
  exclude_api_key_id: [8],
  exclude_model: ["(unattributed)"],
  group_by: ["week", "model"],
  sort: "-cost",
  format: "csv",
  separator: "semicolon",
  decimal: "comma",
  bom: "true",
  delete_usage: "false",
  search: "prod",
  workspace_id: "7b0d1f52-0000-4000-8000-000000000001",
  hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
};

const requestId = { "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } };
const notAllowed = { "500": { $ref: "#/components/responses/500" } };
const json = (schema: object, example: object) => ({ "application/json": { schema, example } });

const readiness = (status: string, isReady: boolean) =>
  json(
    {
      type: "object",
      required: ["status", "checks"],
      additionalProperties: false,
      properties: {
        status: { type: "string", enum: [status] },
        checks: {
          type: "object",
          required: ["database", "jobs", "clock"],
          additionalProperties: false,
          properties: {
            database: { type: "boolean" },
            jobs: { type: "boolean" },
            clock: {
              type: "boolean",
              description:
                "`false` if the clock of this machine is wrong. Usage then follows OpenRouter's clock, and the server is still ready.",
            },
          },
        },
      },
    },
    { status, checks: { database: true, jobs: isReady, clock: true } },
  );

export const HEALTH_PATHS = {
  "/health": {
    get: {
      operationId: "health",
      summary: "Check that the process is running",
      description: "Does not access the database.",
      tags: ["Health"],
      security: [],
      responses: {
        "200": {
          description: "The process is running.",
          headers: requestId,
          content: json(
            {
              type: "object",
              required: ["status"],
              additionalProperties: false,
              properties: { status: { type: "string", enum: ["healthy"] } },
            },
            { status: "healthy" },
          ),
        },
        ...notAllowed,
      },
    },
  },
  "/health/ready": {
    get: {
      operationId: "health-ready",
      summary: "Check that the server is ready",
      description: "Checks the database and the jobs.",
      tags: ["Health"],
      security: [],
      responses: {
        "200": { description: "The server is ready.", headers: requestId, content: readiness("ready", true) },
        "503": {
          description: "The server is not ready. Try again soon.",
          headers: requestId,
          content: readiness("not ready", false),
        },
        ...notAllowed,
      },
    },
  },
};
