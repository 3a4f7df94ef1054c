/**
 * Folders of apps/server/src, lowest first, and which folders each may import. A folder names only folders that stand above it in
 * this list, so that no two can ever need each other.
 */
export const SERVER_FOLDERS: Record<string, string[]> = {
  platform: [],
  outgoing: ["platform"],
  openrouter: ["platform", "outgoing"],
  secrets: ["platform"],
  memberships: ["platform"],
  rpc: ["platform"],
  audit: ["platform", "rpc"],
  tokens: ["platform", "rpc", "audit", "memberships"],
  usage: ["platform", "openrouter"],
  keys: ["platform", "rpc", "secrets", "openrouter", "audit", "usage", "memberships"],
  projects: ["platform", "rpc", "audit", "usage"],
  stats: ["platform", "rpc", "usage", "projects"],
  forecasts: ["platform", "rpc", "usage", "keys", "memberships"],
  accounts: ["platform", "rpc", "openrouter", "audit", "usage", "keys", "stats", "forecasts"],
  notifications: ["platform", "rpc", "forecasts", "memberships"],
  teams: ["platform", "rpc", "audit", "usage", "notifications", "memberships"],
  auth: ["platform", "rpc", "audit", "notifications", "memberships", "teams"],
  admin: ["platform", "rpc", "audit", "auth"],
  "share-links": ["platform", "rpc", "audit", "stats", "auth"],
  views: ["platform", "rpc", "audit"],
  annotations: ["platform", "rpc", "audit"],
  alerts: ["platform", "rpc", "usage", "keys", "stats", "forecasts", "notifications", "memberships"],
  pages: ["platform", "rpc", "usage", "keys", "stats", "forecasts", "accounts", "alerts"],
  sync: [
    "platform",
    "rpc",
    "secrets",
    "openrouter",
    "keys",
    "accounts",
    "usage",
    "notifications",
    "alerts",
    "memberships",
  ],
  jobs: [
    "platform",
    "rpc",
    "audit",
    "usage",
    "keys",
    "accounts",
    "forecasts",
    "notifications",
    "teams",
    "share-links",
    "alerts",
    "sync",
  ],
  mcp: ["platform", "rpc", "keys", "stats", "forecasts", "accounts", "alerts"],
  http: [
    "router",
    "platform",
    "rpc",
    "tokens",
    "usage",
    "keys",
    "stats",
    "notifications",
    "auth",
    "jobs",
    "memberships",
    "mcp",
  ],
  cli: ["main", "start", "platform", "secrets", "openrouter", "rpc", "auth", "admin", "jobs"],
};

/** What cannot know the App, because the App is made of it. */
export const BELOW_APP = ["platform", "outgoing", "openrouter", "secrets"];

/** The files beside the folders, and what each may import. */
export const SERVER_FILES: Record<string, string[]> = {
  config: ["platform", "outgoing"],
  app: ["config", ...BELOW_APP, "*/memory", "notifications"],
  router: ["rpc", "*/router"],
  start: ["config", "app", ...BELOW_APP, "*/memory", "keys", "auth", "notifications", "jobs", "http"],
  main: ["config", "platform", "start", "cli"],
};
