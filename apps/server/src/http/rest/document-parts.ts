/** Parts of the document that are not in the schemas: errors and examples of operations, and the routes without a procedure. */

export const FAILURES: Record<string, string[]> = {
  authRegister: ["403", "409", "429"],
  authLogin: ["401", "403", "429"],
  authMe: ["404"],
  authChangePassword: ["403", "404", "429"],
  authDeleteAccount: ["403", "404", "429"],
  authSecurity: ["404"],
  authReauthenticate: ["404", "429"],
  authEndSession: ["404"],
  authBeginSecondFactor: ["404", "409", "429"],
  authEnableSecondFactor: ["404", "409", "429"],
  authDisableSecondFactor: ["403", "404", "409"],
  authRenewRecoveryCodes: ["403", "404", "409"],
  usersList: ["403"],
  usersUpdate: ["403", "404", "409"],
  usersEndSessions: ["403", "404"],
  keysAdd: ["403", "409", "429"],
  keysGet: ["404"],
  keysUpdate: ["404"],
  keysDelete: ["404"],
  keysValidate: ["404", "409", "502"],
  accountsAdd: ["403", "409", "429", "502"],
  accountsGet: ["404"],
  accountsUpdate: ["404"],
  accountsDelete: ["404"],
  accountsReplaceKey: ["403", "404", "409", "429", "502"],
  accountsSync: ["404", "409"],
  accountsKeys: ["404"],
  accountsSetKey: ["404", "502"],
  accountsHistory: ["404"],
  accountsCredits: ["404"],
  accountsReconciliation: ["404"],
  syncKey: ["404", "409"],
  channelsCreate: ["403", "409"],
  channelsGet: ["404"],
  channelsUpdate: ["403", "404", "409"],
  channelsDelete: ["404"],
  channelsConfirm: ["404", "409"],
  channelsSendCode: ["404", "409", "429", "502"],
  channelsRotateSecret: ["404", "409"],
  channelsTest: ["404", "409", "429"],
  channelsRetry: ["404", "409"],
  alertsGetRule: ["404"],
  alertsCreateRule: ["404", "409"],
  alertsUpdateRule: ["404"],
  alertsDeleteRule: ["404"],
  alertsSnoozeRule: ["404"],
  inboxRead: ["404"],
  tokensIssue: ["403", "409"],
  tokensRevoke: ["404"],
  statsExport: ["429"],
};

export const EXAMPLES: Record<string, object> = {
  authRegister: {
    email: "ada@example.com",
    password: "Correct-Horse-9",
    password_confirm: "Correct-Horse-9",
  },
  authLogin: { email: "ada@example.com", password: "Correct-Horse-9" },
  authChangePassword: {
    current_password: "Correct-Horse-9",
    new_password: "Battery-Staple-7",
    new_password_confirm: "Battery-Staple-7",
  },
  authReauthenticate: { password: "Correct-Horse-9", code: "492039" },
  authBeginSecondFactor: { password: "Correct-Horse-9" },
  authEnableSecondFactor: { code: "492039" },
  usersUpdate: { is_active: false },
  authDeleteAccount: { password: "Correct-Horse-9" },
  keysAdd: { name: "Production", key: "sk-or-v1-0123456789abcdef", description: "The shop's backend" },
  keysUpdate: { name: "Production (old)", is_active: false },
  accountsAdd: { name: "Acme", key: "sk-or-v1-0123456789abcdef" },
  accountsUpdate: { name: "Acme Ltd", watch: "selected" },
  accountsReplaceKey: { key: "sk-or-v1-0123456789abcdef" },
  accountsSetKey: { is_watched: true, name: "Production" },
  channelsCreate: { kind: "webhook", name: "On call", url: "https://hooks.example.com/orwatch" },
  channelsUpdate: { name: "On call (nights)", is_active: false },
  channelsConfirm: { code: "123456" },
  alertsCreateRule: { name: "Too much in a day", kind: "spend", span: "day", amount: "25.00" },
  alertsUpdateRule: { amount: "40.00" },
  alertsSnoozeRule: { hours: 24 },
  alertsUpdateSettings: { quiet_from: "22:00", quiet_to: "07:00", time_zone: "Europe/Rome" },
  alertsSnooze: { hours: 8 },
  inboxReadAll: { up_to: 12 },
  tokensIssue: { name: "Grafana" },
};

/** By name, or by operation and name. */
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
  status: "invalid",
  kind: "inference",
  source: "discovered",
  exclude_api_key_id: [8],
  exclude_model: ["(unattributed)"],
  group_by: ["week", "model"],
  sort: "-cost",
  "keysList.sort": "-usage_monthly",
  "accountsKeys.sort": "-usage_monthly",
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
      operationId: "healthReady",
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
