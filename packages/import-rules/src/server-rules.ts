import { forbid, installed, NOT_TYPES, type Rule } from "./rule.ts";
import { BELOW_APP, SERVER_FILES, SERVER_FOLDERS } from "./server-folders.ts";

const SERVER = "^apps/server/src/";
const FOLDERS = Object.keys(SERVER_FOLDERS);

/** Calculates only: no database, no App, nothing of Node but crypto. */
export const PURE = [
  "audit/device",
  "auth/two-factor/totp",
  "secrets/cipher",
  "keys/current",
  "keys/list/output",
  "keys/validation/key-status",
  "usage/counters/counters",
  "usage/counters/reductions",
  "usage/counters/restatement",
  "sync/analytics/plan",
  "stats/period",
  "stats/usual",
  "forecasts/pace",
  "forecasts/runs-out",
  "alerts/evaluation/decide",
  "alerts/quiet-hours",
  "alerts/rule",
  "alerts/rules/credits",
  "alerts/rules/key-expires",
  "alerts/rules/key-invalid",
  "alerts/rules/limit-share",
  "alerts/rules/spend-scope",
  "alerts/rules/spend",
  "alerts/rules/sync-stale",
  "alerts/rules/unusual-spend",
  "notifications/digest/write",
  "notifications/outbox/retry",
  "notifications/mail/page",
  "notifications/mail/text",
  "notifications/providers/layout",
  "notifications/providers/notification",
  "outgoing/target",
  "outgoing/proxy",
  "http/client-address",
  "http/metrics/exposition",
  "rpc/wire",
  "platform/networks",
];
const PURE_FILES = `${SERVER}(${PURE.join("|")})\\.ts$`;

/** A folder as a pattern of its files, a file of the root as a pattern of itself. */
function toPattern(name: string): string {
  if (name.startsWith("*/")) return `${SERVER}.+\\b${name.slice(2)}\\.ts$`;
  return FOLDERS.includes(name) ? `${SERVER}${name}/` : `${SERVER}${name}\\.ts$`;
}

const toFile = (modules: string) => `${SERVER}(${modules})\\.ts$`;

/** What the files of `name` may import of the server. */
const tableRule = (name: string, allowed: string[]): Rule =>
  forbid(
    `server-${name}`,
    `${name} may import ${allowed.join(", ") || "no other folder"}: move the code to the folder that owns the data, or let a folder that may import both call them (the table is packages/import-rules/src/server-folders.ts).`,
    { from: toPattern(name), path: SERVER, pathNot: [name, ...allowed].map(toPattern) },
  );

const tableRules = [
  ...Object.entries(SERVER_FOLDERS).map(([name, allowed]) =>
    tableRule(name, BELOW_APP.includes(name) ? allowed : [...allowed, "app", "config"]),
  ),
  ...Object.entries(SERVER_FILES).map(([name, allowed]) => tableRule(name, allowed)),
];

/** Packages that one module of the server owns. */
const OWNERS: { name: string; packages: string[]; builtIn?: string; owner: string; comment: string }[] = [
  {
    name: "lucia",
    packages: ["lucia"],
    owner: "auth/sessions/",
    comment: "Sessions are created and checked in auth/sessions; call its functions.",
  },
  {
    name: "oslo",
    packages: ["oslo"],
    owner: "auth/",
    comment: "Passwords and codes are hashed and checked in auth; call its functions.",
  },
  {
    name: "croner",
    packages: ["croner"],
    owner: "jobs/",
    comment: "Work that runs on a schedule is a row of jobs/table.ts.",
  },
  {
    name: "openapi",
    packages: ["trpc-to-openapi", "zod-openapi"],
    owner: "http/rest/",
    comment: "What REST needs beyond tRPC belongs in http/rest; a route is `.meta({ openapi })` of its procedure.",
  },
  {
    name: "nodemailer",
    packages: ["nodemailer"],
    owner: "notifications/mail/",
    comment: "Email is sent through `app.mailer`, which notifications/mail makes.",
  },
  {
    name: "sqlite",
    packages: ["better-sqlite3", "@prisma/[^/]+"],
    // An export keeps its own connection for as long as its client reads.
    owner: "stats/exports/read\\.ts",
    comment: "Connections are opened in packages/db; use `app.db` in a service.",
  },
  {
    name: "outgoing-http",
    packages: ["undici", "axios", "got", "node-fetch"],
    builtIn: "https?",
    owner: "(openrouter|outgoing|http)/",
    comment:
      "Requests to OpenRouter belong in openrouter, requests to addresses that users choose go through `app.outgoing`.",
  },
];

const ownerRules = OWNERS.map(({ name, packages, builtIn, owner, comment }) =>
  forbid(`owner-of-${name}`, comment, {
    from: SERVER,
    fromNot: [`${SERVER}${owner}`],
    path: [installed(...packages), ...(builtIn ? [`^${builtIn}$`] : [])],
    ...NOT_TYPES,
  }),
);

const FOLDER = `${SERVER}([^/]+)/`;
/** The first parentheses hold the folder. */
const ROUTER = `${FOLDER}.*\\brouter\\.ts$`;
const SCHEMA = `${FOLDER}.*\\bschema\\.ts$`;
const SAME_FOLDER = `${SERVER}$1/`;

const sliceRules = [
  forbid(
    "router-is-mounted-only",
    "A router is mounted in router.ts and nowhere else; what two folders share belongs in a service.",
    {
      from: SERVER,
      fromNot: [toFile("router")],
      path: ROUTER,
    },
  ),
  forbid(
    "router-calls-its-service",
    "A router calls its own folder; work on several folders belongs in a service that may import them.",
    {
      from: ROUTER,
      path: SERVER,
      pathNot: [SAME_FOLDER, `${SERVER}(rpc|platform)/`, `${SERVER}.*\\bschema\\.ts$`, toFile("app")],
    },
  ),
  forbid(
    "procedures-in-routers",
    "tRPC is for routers: a service gets `app` and plain arguments, and throws TRPCError of @trpc/server.",
    {
      from: SERVER,
      fromNot: [ROUTER, toFile("router")],
      path: toFile("rpc/procedures"),
      ...NOT_TYPES,
    },
  ),
  forbid(
    "schema-only-describes",
    "A schema is zod and other schemas: what needs a service belongs in the service, shapes that several folders share in rpc/wire.ts.",
    {
      from: SCHEMA,
      path: `${SERVER}|^packages/db/|(^|/)node_modules/|^(fs|http|https|path)$`,
      pathNot: [
        `${SERVER}.*schema\\.ts$`,
        // Each kind of rule or channel brings the schema of its own fields.
        toFile("(alerts/rules|notifications/providers)/index"),
        toFile("rpc/wire|rpc/validation-issues|platform/invisible-characters"),
        installed("zod"),
      ],
      ...NOT_TYPES,
    },
  ),
  forbid(
    "pure-without-io",
    "This module only calculates: files, the network and the clock belong in the service beside it.",
    {
      from: PURE_FILES,
      path: "^(fs|fs/promises|http|https|http2|tls|dns|child_process|worker_threads|timers|timers/promises)$|^packages/db/",
      ...NOT_TYPES,
    },
  ),
  forbid("pure-without-app", "This module only calculates: what needs the App belongs in the service beside it.", {
    from: PURE_FILES,
    path: toFile("app|config"),
    pathNot: [],
  }),
  forbid("database-in-services", "The database is used by services: move the query into the service of its folder.", {
    from: SERVER,
    fromNot: [toFile("start"), `${SERVER}(?!platform|outgoing|openrouter|rpc|http)[^/]+/(?!.*(router|schema)\\.ts$)`],
    path: "^packages/db/",
    ...NOT_TYPES,
  }),
];

const treeRules = [
  forbid("unknown-folder", "A new folder of the server needs a line in packages/import-rules/src/server-folders.ts.", {
    from: `${SERVER}[^/]+/`,
    fromNot: [`${SERVER}(${FOLDERS.join("|")})/`],
    path: ".",
  }),
  forbid("loose-file", "Besides main, start, app, config and router, every file of the server belongs in a folder.", {
    from: `${SERVER}[^/]+\\.ts$`,
    fromNot: [toFile(Object.keys(SERVER_FILES).join("|"))],
    path: ".",
  }),
  forbid(
    "http-is-on-top",
    "The HTTP server is started by start.ts and known to nothing else: hand in what is needed from there.",
    {
      from: SERVER,
      fromNot: [toFile("start"), `${SERVER}http/`],
      path: `${SERVER}http/`,
    },
  ),
  forbid(
    "server-stands-alone",
    "The server uses packages/db, packages/domain and packages/messages and nothing else of the workspace.",
    {
      from: SERVER,
      path: "^(apps|packages)/",
      pathNot: ["^apps/server/", "^packages/(db|domain|messages)/"],
    },
  ),
];

export const SERVER_RULES: Rule[] = [...tableRules, ...ownerRules, ...sliceRules, ...treeRules];
