// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  lead: "API tokens let programs read your usage: totals, rows by day, key and model, and the names of your keys. If you allow it, they also start syncs and manage keys. They never reveal a key.",
  create: "Create API token",
  table: "API tokens",
  name: "Name",
  created: "Created",
  lastUsed: "Last used",
  expires: "Expires",
  expired: "expired",
  actions: "Actions",
  revoke: "Revoke",
  revokeToken: (d) => "Revoke " + d.name,
  count: (d) => "Yours: " + number("en", d.active, 0) + " of " + number("en", d.limit, 0),
  by: (d) => "Created by " + d.email,
  full: (d) => "You have reached the limit of " + plural(d.limit, 0, en, { one: number("en", d.limit, 0) + " API token", other: number("en", d.limit, 0) + " API tokens" }) + ". Revoke one to create another.",
  emptyTitle: "No API tokens yet",
  emptyBody: "Your API tokens and the time of their last use appear here.",
  scopes: {
    read: "Read",
    readHint: "Usage, keys with their limits, forecasts and alerts. Changes nothing.",
    sync: "Sync",
    syncHint: "Fetch usage from OpenRouter now.",
    writeKeys: "Manage keys",
    writeKeysHint: "Add keys, rename them and turn them on or off, in orwatch only. Cannot delete them."
  },
  done: {
    created: (d) => "API token " + d.name + " created.",
    revoked: (d) => "API token " + d.name + " revoked. It is rejected from now on."
  },
  form: {
    title: "Create an API token",
    lead: "Name the program or person that will use it, so you know which token to revoke later.",
    name: "Name",
    hint: "For example “billing script” or “Grafana”",
    scopes: "What it may do",
    scopeMissing: "Choose at least one.",
    expires: "Expires",
    inDays: (d) => "In " + plural(d.days, 0, en, { one: number("en", d.days, 0) + " day", other: number("en", d.days, 0) + " days" }),
    expiresHint: "After that, requests with it are rejected. You can revoke it at any time.",
    submit: "Create API token",
    createdTitle: "Save your API token now",
    createdLead: (d) => d.name + " is shown only once. orwatch does not keep a copy.",
    token: "API token",
    saved: "I have saved it",
    unsaved: "You have not copied the API token, and it cannot be shown again. Close again to leave without it."
  },
  revocation: {
    title: (d) => "Revoke " + d.name + "?",
    body: "Programs that use this API token are rejected from their next request. This cannot be undone.",
    lastUsed: (d) => "Last used " + d.ago + ".",
    neverUsed: "Never used.",
    submit: "Revoke API token"
  },
  usage: {
    title: "Use an API token",
    curl: "curl",
    curlNote: "Totals of a date range. Set ORWATCH_TOKEN first.",
    csv: "CSV file",
    csvNote: "All rows of a date range in one file.",
    sdk: "TypeScript SDK",
    sdkNote: "@orwatch/sdk, part of this repository: typed, with pagination and retries.",
    limitTitle: "Rate limit",
    limit: (d) => "Each API token can make " + plural(d.requests, 0, en, { one: number("en", d.requests, 0) + " request", other: number("en", d.requests, 0) + " requests" }) + " every " + select(d.unit, { hours: plural(d.count, 0, en, { one: "hour", other: number("en", d.count, 0) + " hours" }), minutes: plural(d.count, 0, en, { one: "minute", other: number("en", d.count, 0) + " minutes" }), other: plural(d.count, 0, en, { one: "second", other: number("en", d.count, 0) + " seconds" }) }) + ", counted from its first request.",
    limitHeaders: "Every response reports how many requests are left (X-RateLimit-Remaining) and when the window ends (X-RateLimit-Reset). Above the limit, the API responds with 429 and Retry-After, which the SDK respects.",
    docsTitle: "Reference",
    docs: "Read about all endpoints and try them"
  }
}
