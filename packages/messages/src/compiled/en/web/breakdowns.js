// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  label: "Dimension",
  dimensions: {
    app: "App",
    user: "Member",
    workspace: "Workspace",
    provider: "Provider",
    finish_reason: "Finish reason",
    end_user: "End user"
  },
  tables: {
    app: "Usage by app",
    user: "Usage by member",
    workspace: "Usage by workspace",
    provider: "Usage by provider",
    finish_reason: "Usage by finish reason",
    end_user: "Usage by end user"
  },
  columns: {
    cost: "Cost (USD)",
    share: "Share",
    requests: "Requests",
    tokensInput: "Input tokens",
    tokensOutput: "Output tokens"
  },
  requests: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " request", other: number("en", d.count, 0) + " requests" }),
  unknown: "Not broken down",
  unknownBefore: (d) => "Usage before " + d.since + ", of today, or not split by OpenRouter",
  unknownRest: "Usage of today, or not split by OpenRouter",
  others: (d) => plural(d.count, 0, en, { one: "and " + number("en", d.count, 0) + " more", other: "and " + number("en", d.count, 0) + " more" }),
  since: (d) => "Collected from " + d.since + " on",
  speed: {
    title: "Latency and throughput",
    hint: "Averages of daily values, weighted by requests",
    model: "Model",
    provider: "Provider",
    requests: "Requests",
    cost: "Cost (USD)",
    latency_p50_ms: "p50 latency",
    latency_p95_ms: "p95 latency",
    throughput_p50: "p50 tokens/s",
    throughput_p95: "p95 tokens/s",
    seconds: (d) => d.seconds + " s",
    off: "Latency and throughput are not collected.",
    more: (d) => "Only the " + number("en", d.shown, 0) + " most expensive of " + number("en", d.count, 0) + " are shown."
  },
  empty: {
    usage: "No usage in this range",
    usageBody: "The keys of this account have no usage on these days.",
    off: {
      app: "Apps are not collected",
      provider: "Providers are not collected",
      finish_reason: "Finish reasons are not collected",
      user: "Members are not collected",
      workspace: "Workspaces are not collected"
    },
    offBody: "Turn them on to collect what OpenRouter still keeps, and everything from now on.",
    first: "Nothing collected yet",
    firstBody: "The first breakdowns arrive within a day.",
    before: "No breakdown of these days",
    beforeBody: (d) => "Collected from " + d.since + " on. The breakdown of a day arrives after the day has ended (UTC)."
  },
  failed: "The last request for breakdowns failed",
  failedBody: "The request is repeated after an hour.",
  collection: {
    open: "What is collected",
    lead: "OpenRouter keeps most breakdowns for 31 days. orwatch collects and keeps them.",
    legend: "Collect",
    fields: {
      providers: "Providers",
      performance: "Latency and throughput",
      apps: "Apps",
      finish_reasons: "Finish reasons",
      members: "Members",
      workspaces: "Workspaces",
      hours: "Hours",
      end_users: "End users"
    },
    hints: {
      providers: "Who served each request. OpenRouter keeps this for 31 days.",
      performance: "Daily median and 95th percentile by provider. OpenRouter keeps them for 31 days.",
      apps: "Which app sent each request. OpenRouter keeps this for 365 days, and for 31 days by key.",
      finish_reasons: "Why each response ended, such as stop or length. OpenRouter keeps this for 31 days.",
      members: "Which member of the OpenRouter organization sent each request. OpenRouter keeps this for 365 days.",
      workspaces: "Usage of the account by workspace. OpenRouter keeps this for 365 days.",
      hours: "Usage by hour instead of by day. OpenRouter keeps this for 31 days.",
      end_users: "The IDs that your requests pass as “user”. They may be personal data, so they are off by default. OpenRouter keeps them for 31 days."
    },
    save: "Save",
    saved: (d) => "Settings of " + d.name + " were saved.",
    state: "Stored breakdowns",
    rows: "Rows",
    size: "Size",
    growth: "Per month (estimate)",
    since: "First day",
    last: "Last request",
    error: "Last error",
    retention: "Kept for",
    retentionDays: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " day", other: number("en", d.count, 0) + " days" }),
    retentionNone: "Without limit",
    retentionHint: (d) => d.variable + " on the server sets how long breakdowns are kept, at most as long as usage.",
    confirm: "Stop collecting end users?",
    confirmBody: "Stored usage by end user and all end user IDs are deleted. What OpenRouter no longer keeps cannot be collected again.",
    confirmSubmit: "Delete and save"
  },
  showAll: (d) => "Show all " + number("en", d.count, 0),
  showFewer: "Show fewer"
}
