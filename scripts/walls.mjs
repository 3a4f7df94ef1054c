// Who may import whom. Each wall says in one sentence where the code belongs instead.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { findCycle, importsOf, readSources, resolve, withoutComments } from "./imports.mjs";

const SERVER = "apps/server/src/";
const WEB = "apps/web/src/";

// Modules of the server above its slices, and what each may use beside schemas; "*/router" stands for the router of any slice.
// Every other module at the root may be imported by any file, and so imports none of these and no slice.
const DOORS = {
  cli: ["main", "backup", "restore", "rotate-keys", "reset-password", "make-administrator", "doctor"],
  main: ["start"],
  doctor: ["doctor/checks", "doctor/finding"],
  "reset-password": ["start", "auth/service"],
  "make-administrator": ["start", "users/service"],
  backup: ["jobs/backup"],
  restore: ["keys/cipher", "keys/sealed"],
  "rotate-keys": ["start", "keys/reseal", "keys/sealed"],
  start: [
    "server",
    "jobs/service",
    "jobs/integrity",
    "keys/cipher",
    "keys/lockout",
    "openrouter/client",
    "openrouter/clock-offset",
    "outgoing/door",
    "channels/mail",
    "channels/dispatch",
  ],
  server: [
    "openapi",
    "document",
    "router",
    "context",
    "trpc",
    "rest-input",
    "export-door",
    "metrics-door",
    "unsubscribe-door",
  ],
  "metrics-door": ["context", "admission", "metrics/service"],
  "unsubscribe-door": ["context", "admission", "rest-input", "channels/stop"],
  "export-door": ["context", "openapi", "rest-input", "stats/export"],
  openapi: ["context", "trpc", "admission", "rest-input", "rest-routes", "stats/service"],
  document: ["trpc", "rest-routes"],
  "rest-input": [],
  "rest-routes": [],
  router: ["trpc", "*/router"],
  context: ["trpc", "auth/session", "tokens/service", "tokens/secret"],
  trpc: ["admission"],
  admission: ["auth/attempts"],
};
const isShared = (module) => !module.includes("/") && !Object.hasOwn(DOORS, module);

/** Slices that a slice may use, by anything but its router. */
const SLICES = {
  doctor: ["keys", "openrouter"],
  openrouter: ["outgoing"],
  auth: ["audit", "inbox", "channels"],
  users: ["audit", "auth"],
  tokens: ["audit"],
  sync: ["keys", "openrouter", "alerts", "inbox"],
  keys: ["openrouter", "audit"],
  stats: ["sync"],
  // What a counter is worth now, and what is left of credits, is decided in keys/current alone.
  forecast: ["keys"],
  jobs: ["audit", "keys", "sync", "alerts", "channels", "forecast", "digest", "inbox"],
  alerts: ["inbox", "channels", "keys"],
  channels: ["inbox"],
  digest: ["channels", "forecast", "inbox"],
  metrics: ["jobs", "keys"],
};

/** Routers that start the work of another slice. */
const ROUTERS = { keys: ["sync/service"], channels: ["auth/own-channels"] };

/** Parts that only calculate: no database, no App, nothing of Node but crypto. */
const PURE =
  /^(audit\/device|auth\/totp|keys\/(cipher|current|output|verdict)|tokens\/secret|sync\/(plan|counters)|digest\/write|channels\/(message|retry|settings|signature)|outgoing\/target|stats\/period|alerts\/(assess|decide|quiet|rule|terms|usual|words)|forecast\/(month|pace|runs-out)|metrics\/exposition|wire|address|networks|proxy|invisible|rest-error)$/;

/** Pure packages that every part of the workspace may use. */
const SHARED_PACKAGES = /^packages\/(domain|messages)\//;

/** Packages with one owner in the server. */
const OWNERS = [
  [/^lucia$/, /^auth\/session$/, "Sessions are made and checked in auth/session.ts; call its functions."],
  [/^oslo\b/, /^auth\//, "Passwords are hashed in the auth slice; call auth/service.ts."],
  [/^croner$/, /^jobs\//, "Work that runs by the clock is a row of jobs/table.ts."],
  [
    /^trpc-to-openapi$/,
    /^(openapi|document|rest-[a-z]+)$/,
    "What REST needs beyond tRPC belongs in openapi.ts; a route is `.meta({ openapi })`.",
  ],
  [
    /^(undici|axios|got|node-fetch|node:https|https)$/,
    /^(openrouter|outgoing)\/exchange$|^outgoing\/tunnel$/,
    "Requests to OpenRouter leave through openrouter/client.ts, add a method there; to addresses that users choose, through `app.outgoing`.",
  ],
  [/^nodemailer$/, /^channels\/mail$/, "E-mail leaves through `app.mailer` of channels/mail.ts."],
  [
    /^(better-sqlite3|@prisma\/)/,
    // An export holds its connection for as long as its client reads.
    /^stats\/export-rows$/,
    "Connections are opened in packages/db; take `app.db` in a service.",
  ],
];

const isServer = (file) => file.startsWith(SERVER);
const moduleOf = (file) => file.slice(SERVER.length).replace(/\.tsx?$/, "");
const sliceOf = (module) => (module.includes("/") ? module.split("/")[0] : null);

function checkServerImport(from, { to, isType }) {
  const module = moduleOf(from);
  const slice = sliceOf(module);
  const isRouter = slice !== null && module.endsWith("/router");
  const isSchema = slice !== null && module.endsWith("/schema");
  const owner = OWNERS.find(([name, place]) => name.test(to) && !place.test(module));
  if (owner && !isType) return owner[2];
  if (to.startsWith("packages/db/")) {
    if (isType || ["start", "backup", "doctor", "restore", "rotate-keys", "auth/session"].includes(module)) return null;
    if (slice !== null && !isRouter && !isSchema && slice !== "openrouter" && !PURE.test(module)) return null;
    return "The database is used by services (and auth/session.ts); move the query into the service of its slice.";
  }
  if (PURE.test(module) && !isType && /^(node:(?!crypto|net)|fs$|http$)/.test(to))
    return "This part only calculates; reading files or the network belongs in the service beside it.";
  if (!isServer(to)) {
    return /^(apps|packages|tests|bench)\//.test(to) && !SHARED_PACKAGES.test(to)
      ? "The server uses packages/db, packages/domain and packages/messages and nothing else of the workspace; what tests need stays in tests."
      : null;
  }
  const target = moduleOf(to);
  if (isShared(target)) {
    if (target !== "app" || isType || !PURE.test(module)) return null;
    return "This part only calculates; what needs the App belongs in the service beside it.";
  }
  if (isShared(module))
    return isType
      ? null
      : "A module that everybody may import imports none above it; move the code into the slice it is about (a new module above the slices is declared in scripts/walls.mjs).";
  if (slice === null) {
    const allowed = DOORS[module];
    if (allowed.includes(target) || (allowed.includes("*/router") && target.endsWith("/router"))) return null;
    if (target.endsWith("/schema")) return null;
    if (isType && sliceOf(target) === null) return null;
    return `${module}.ts stands above the slices and may use ${allowed.join(", ") || "no slice"}; put the code into the slice it is about and call it from there.`;
  }
  if (target === "trpc")
    return isRouter
      ? null
      : "tRPC is for routers: a service gets plain arguments, and throws TRPCError of @trpc/server.";
  if (sliceOf(target) === null)
    return "Slices never climb back up: hand what is needed from there in as an argument, or through App.";
  if (target.endsWith("/router"))
    return "A router is only mounted, in router.ts; what two slices share belongs in a service.";
  if (isSchema && sliceOf(target) !== slice)
    return "A schema stands alone (zod and wire.ts); shapes that several slices speak belong in wire.ts.";
  if (isSchema && !target.endsWith("/schema"))
    return "A schema only describes; the code that needs the service belongs in the service.";
  if (sliceOf(target) === slice) return null;
  if (isRouter && ROUTERS[slice]?.includes(target)) return null;
  if (isRouter)
    return "A router calls its own slice only; work on several slices belongs in a service that may use them.";
  if (SLICES[slice]?.includes(sliceOf(target))) return null;
  return `${slice} may use ${SLICES[slice]?.join(", ") ?? "no other slice"}; move the code to the slice that owns the data, or have a slice that may use both call them (the table is in scripts/walls.mjs).`;
}

const LAYERS = ["lib", "components", "features", "routes"];

function checkWebImport(from, { to, isType }) {
  if (to.startsWith(SERVER))
    return isType && to === `${SERVER}router.ts`
      ? null
      : "The web app knows the server by `import type { AppRouter }` alone; ask for data over tRPC.";
  if (SHARED_PACKAGES.test(to)) return null;
  if (/^(packages|tests|bench)\//.test(to))
    return "The web app uses packages/domain and packages/messages and nothing else of the workspace but the type AppRouter.";
  if (!to.startsWith(WEB)) return null;
  const [layer, ...rest] = from.slice(WEB.length).split("/");
  const [target] = to.slice(WEB.length).split("/");
  const height = LAYERS.indexOf(layer);
  if (height < 0) return null;
  if (layer !== "routes" && LAYERS.indexOf(target) < 0 && !isType)
    return "What the start of the app holds comes to components through React or the router's context.";
  if (LAYERS.indexOf(target) > height)
    return `${layer} lies below ${target}: pass it in as a prop, or move the code up to ${target}.`;
  if (layer === "components" && rest[0] === "ui" && target === "components" && !to.startsWith(`${WEB}components/ui/`))
    return "components/ui are primitives; what knows this product belongs one folder up or in features.";
  return null;
}

function checkPackageImport(from, { to, isType }) {
  const [home] = /^packages\/[^/]+/.exec(from);
  if (home === "packages/domain" && !to.startsWith(`${home}/`))
    return "packages/domain is pure and depends on nothing; move code that needs a library, Node or another package to its user.";
  if (to.startsWith("packages/messages/") && home === "packages/sdk")
    return "The SDK passes messages on as data; their texts stay with the server and the web app.";
  if (to.startsWith(`${home}/`) || SHARED_PACKAGES.test(to) || !/^(apps|packages|tests|bench)\//.test(to)) return null;
  if (home === "packages/sdk")
    return isType && to === `${SERVER}router.ts`
      ? null
      : "The SDK is published on its own: from the server it takes types of router.ts, nothing that runs.";
  return `${home} stands alone: hand in what it needs as an argument, or move the code to the server.`;
}

/** Findings about what a file does rather than imports. */
function* checkText(from, text) {
  if (!isServer(from)) return;
  const module = moduleOf(from);
  const patterns = [
    [
      /\bprocess\.env\b/,
      /^config$/,
      "The environment is read once, in config.ts; add the variable there and take `app.config`.",
    ],
    [
      /(?<![.\w])fetch\(|\bglobalThis\.fetch\b|\bhttps?\.(request|get)\(/,
      /^openrouter\/exchange$/,
      "Requests to the outside leave through openrouter/client.ts; add a method there.",
    ],
    [
      /\bdb\.(prisma|write)\b/,
      /^(?!openrouter\/)[\w-]+\/(?!router$|schema$)/,
      "The database is used by services (and auth/session.ts); move the query into the service of its slice.",
    ],
  ];
  for (const [index, line] of text.split("\n").entries())
    for (const [pattern, place, why] of patterns)
      if (pattern.test(line) && !place.test(module)) yield { file: from, line: index + 1, what: line.trim(), why };
}

/** The room of a file, for cycles: a slice without its router (a router is nobody's room), or a feature of the web app. */
function roomOf(file) {
  if (isServer(file)) {
    const slice = sliceOf(moduleOf(file));
    return slice && !file.endsWith("/router.ts") ? `${SERVER}${slice}` : null;
  }
  return /^apps\/web\/src\/features\/[^/]+(?=\/)/.exec(file)?.[0] ?? null;
}

/**
 * @param files text by path from the root, with forward slashes; tests are left out
 * @param packages folder by name of each package of the workspace
 */
export function checkWalls(files, packages) {
  const findings = [];
  const rooms = new Map();
  for (const [file, raw] of Object.entries(files)) {
    if (/\.test(-d)?\.tsx?$|\.gen\.ts$|\/generated\//.test(file)) continue;
    const text = withoutComments(raw);
    findings.push(...checkText(file, text));
    for (const { specifier, isType, line } of importsOf(text)) {
      const to = resolve(file, specifier, packages);
      const check = isServer(file) ? checkServerImport : file.startsWith(WEB) ? checkWebImport : checkPackageImport;
      const why = check(file, { to, isType });
      if (why) findings.push({ file, line, what: `imports ${specifier}`, why });
      const [room, other] = [roomOf(file), roomOf(to)];
      if (room && other && room !== other) rooms.set(room, (rooms.get(room) ?? new Set()).add(other));
    }
  }
  const cycle = findCycle(rooms);
  if (cycle)
    findings.push({
      file: cycle[0],
      line: 1,
      what: cycle.map((room) => path.posix.basename(room)).join(" → "),
      why: "Rooms must not need each other in a circle: move what both need into the lower one, or let a third call both.",
    });
  return findings;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { files, packages } = readSources(path.resolve(import.meta.dirname, ".."));
  const findings = checkWalls(files, packages);
  for (const { file, line, what, why } of findings) console.log(`${file}:${line} ${what}\n    ${why}`);
  console.log(`${Object.keys(files).length} files, ${findings.length} breaches`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
