// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import type access from "./en/web/access.js";
import type account from "./en/web/account.js";
import type accounts from "./en/web/accounts.js";
import type alerts from "./en/web/alerts.js";
import type breakdowns from "./en/web/breakdowns.js";
import type channels from "./en/web/channels.js";
import type common from "./en/web/common.js";
import type connect from "./en/web/connect.js";
import type explore from "./en/web/explore.js";
import type forecast from "./en/web/forecast.js";
import type jobs from "./en/web/jobs.js";
import type key from "./en/web/key.js";
import type keys from "./en/web/keys.js";
import type palette from "./en/web/palette.js";
import type profile from "./en/web/profile.js";
import type reconciliation from "./en/web/reconciliation.js";
import type share from "./en/web/share.js";
import type stats from "./en/web/stats.js";
import type team from "./en/web/team.js";
import type tokens from "./en/web/tokens.js";
import type unsubscribe from "./en/web/unsubscribe.js";
import type usage from "./en/web/usage.js";
import type users from "./en/web/users.js";
import type { Language } from "../languages.ts";

/** Messages of the server. */
export type MessagePart = "account" | "accounts" | "alerts" | "audit" | "common" | "deliveries" | "digest" | "errors" | "issues" | "jobs" | "keys" | "sending" | "teams";
/** Texts of the web app, by part. */
export interface Texts {
  access: typeof access;
  account: typeof account;
  accounts: typeof accounts;
  alerts: typeof alerts;
  breakdowns: typeof breakdowns;
  channels: typeof channels;
  common: typeof common;
  connect: typeof connect;
  explore: typeof explore;
  forecast: typeof forecast;
  jobs: typeof jobs;
  key: typeof key;
  keys: typeof keys;
  palette: typeof palette;
  profile: typeof profile;
  reconciliation: typeof reconciliation;
  share: typeof share;
  stats: typeof stats;
  team: typeof team;
  tokens: typeof tokens;
  unsubscribe: typeof unsubscribe;
  usage: typeof usage;
  users: typeof users;
}
export type Part = MessagePart | `web/${keyof Texts}`;
export declare const LOADERS: Record<Language, { [P in Part]: () => Promise<{ default: object }> }>;
