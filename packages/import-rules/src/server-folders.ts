/**
 * Folders of apps/server/src, lowest first, and which folders each may import. A folder names only folders that stand above it in
 * this list, so that no two can ever need each other.
 */
export const SERVER_FOLDERS: Record<string, string[]> = {
  platform: [],
  outgoing: ["platform"],
  openrouter: ["platform", "outgoing"],
  secrets: ["platform"],
  rpc: ["platform"],
  audit: ["platform", "rpc"],
  tokens: ["platform", "rpc", "audit"],
  usage: ["platform", "openrouter"],
  keys: ["platform", "rpc", "secrets", "openrouter", "audit"],
  stats: ["platform", "rpc", "usage"],
  forecasts: ["platform", "rpc", "keys"],
  notifications: ["platform", "rpc", "forecasts"],
  auth: ["platform", "rpc", "audit", "notifications"],
  admin: ["platform", "rpc", "audit", "auth"],
  alerts: ["platform", "rpc", "keys", "stats", "forecasts", "notifications"],
  sync: ["platform", "rpc", "secrets", "openrouter", "keys", "usage", "notifications", "alerts"],
  jobs: ["platform", "rpc", "audit", "keys", "forecasts", "notifications", "alerts", "sync"],
  http: ["router", "platform", "rpc", "tokens", "keys", "stats", "notifications", "auth", "jobs"],
  cli: ["platform", "secrets", "openrouter", "auth", "admin", "jobs"],
};

/** What cannot know the App, because the App is made of it. */
export const BELOW_APP = ["platform", "outgoing", "openrouter", "secrets"];

/** The files beside the folders, and what each may import. */
export const SERVER_FILES: Record<string, string[]> = {
  config: ["platform", "outgoing"],
  app: ["config", ...BELOW_APP, "notifications"],
  router: ["rpc", "*/router"],
  start: ["config", "app", ...BELOW_APP, "notifications", "jobs", "http"],
  main: ["config", "platform", "start", "cli"],
};

/** Imports against the table, each with the reason why it stays for now. Paths are relative to apps/server/src, without ".ts". */
export const EXCEPTIONS: { from: string; to: string; why: string }[] = [
  {
    from: "platform/config-warnings",
    to: "config",
    why: "Compares the variables that are set with those that config.ts knows.",
  },
  { from: "platform/storage-errors", to: "app", why: "Asks whether the database is known to be damaged." },
  {
    from: "secrets/(lockout|reencrypt)",
    to: "app",
    why: "Takes the whole App where database, cipher and log would do.",
  },
  { from: "config", to: "rpc/invisible-characters", why: "Variables are pasted too." },
  { from: "rpc/enforce-rate-limit", to: "auth/attempts", why: "Throws the error that says when to try again." },
  { from: "rpc/procedures", to: "http/rest/error", why: "Words internal errors as REST does." },
  { from: "usage/hold", to: "alerts/words|notifications/inbox/notices|sync/fetch", why: "Words what it holds back." },
  { from: "usage/book", to: "sync/plan", why: "Shares the bounds of days with the plan of a sync." },
  { from: "keys/router", to: "sync/service", why: "Adding a key starts its first sync." },
  { from: "keys/validate", to: "sync/spread", why: "Spreads the checks of keys as a sync is spread." },
  { from: "sync/pending", to: "jobs/interruptions", why: "Waits as interrupted jobs do." },
  {
    from: "notifications/channels/router",
    to: "auth/own-channels",
    why: "Changing a channel needs a confirmed session.",
  },
  { from: "start", to: "notifications/.*", why: "Starts deliveries." },
  {
    from: "cli/(make-administrator|reset-password|rotate-keys)",
    to: "start",
    why: "Opens the App as the server does.",
  },
  { from: "cli/cli", to: "main", why: "`orwatch start` is the server." },
];
