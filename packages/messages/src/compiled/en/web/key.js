// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  trail: "Breadcrumb",
  notFound: {
    title: "Key not found",
    body: "It may have been deleted, or the address may be mistyped.",
    back: "Go to your keys"
  },
  stored: "Secret stored",
  discovered: "Discovered, no secret stored",
  synced: "Synced",
  newRule: "New alert rule",
  openRouter: "Open at OpenRouter",
  managementTitle: "A management key has no usage of its own",
  managementBody: "It reads the usage of the other keys of its account.",
  managementAction: "Go to the account",
  summary: "Summary",
  month: {
    label: "This month",
    versus: (d) => "vs. " + d.amount + " on " + d.days,
    percent: (d) => select(d.direction, { up: "+", down: "−", other: "" }) + d.percent,
    none: "Nothing to compare: some days are unknown",
    first: "No complete day yet"
  },
  limit: {
    label: "Limit",
    none: "None",
    left: (d) => d.amount + " left",
    over: (d) => d.amount + " over",
    of: (d) => "of " + d.limit,
    unknown: "OpenRouter has not reported it yet",
    leftUnknown: (d) => "Limit " + d.limit + ", remaining unknown",
    resets: (d) => "resets " + d.day,
    neverResets: "never resets",
    runsOut: (d) => "Runs out around " + d.day,
    usedUp: "Used up",
    lasts: "Lasts until it resets at this pace",
    neverRunsOut: "Does not run out within a year at this pace",
    noForecast: "Not enough data for a forecast",
    creditsRunOut: (d) => "Account credits run out around " + d.day,
    creditsLast: "Account credits last more than a year",
    creditsUsedUp: "Account credits are used up",
    creditsUnknown: "When account credits run out is unknown"
  },
  perRequest: {
    label: "Cost per request",
    tokens: (d) => d.input + " tokens in, " + d.output + " out",
    unknown: "Requests and tokens are unknown",
    nothing: "No requests in this range"
  },
  alerts: {
    label: "Alerts",
    firing: (d) => plural(d.count, 0, en, { "0": "None firing", other: number("en", d.count, 0) + " firing" }),
    rules: (d) => plural(d.count, 0, en, { "0": "No rule applies to this key", one: number("en", d.count, 0) + " rule applies to this key", other: number("en", d.count, 0) + " rules apply to this key" }),
    more: (d) => "+ " + number("en", d.count, 0) + " more"
  },
  range: "in this range",
  week: {
    title: "When it spends",
    hint: "Weekday and hour, UTC",
    label: "Cost by weekday and hour (UTC)",
    rest: (d) => d.amount + " of " + d.total + " in this range is not known by hour.",
    since: (d) => "Hours are known from " + d.day + " on.",
    emptyTitle: "Hours are not known yet",
    empty: "Hours are collected after each sync, for the last 31 days at first.",
    emptySince: (d) => "Hours are known from " + d.day + " on. This range has none yet."
  },
  providers: {
    title: "Providers",
    provider: "Provider",
    cost: "Cost",
    latency: "p50 latency",
    requests: "Requests",
    seconds: (d) => d.seconds + " s",
    unknown: "Not known yet",
    others: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " other", other: number("en", d.count, 0) + " others" }),
    since: (d) => "Providers are known from " + d.day + " on, except for today.",
    emptyTitle: "Providers are not known yet",
    empty: "Providers are collected once a day, for the last 31 days at first.",
    emptySince: (d) => "Providers are known from " + d.day + " on. This range has none yet."
  },
  archive: {
    uncovered: "Only a management key can read them. No management key covers this key.",
    add: "Add a management key",
    off: (d) => "Collecting them is turned off for the account “" + d.account + "”.",
    account: "Go to the account"
  },
  rules: {
    title: "Alert rules",
    all: "All rules",
    empty: "No rule applies to this key."
  },
  history: {
    title: "History at OpenRouter",
    empty: "Changes of this key appear here: a new name or limit, disabled, or deleted.",
    uncovered: "Changes at OpenRouter are known for keys of an OpenRouter account with a management key.",
    more: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " earlier change in the history of the account", other: number("en", d.count, 0) + " earlier changes in the history of the account" })
  },
  dashboard: "Open in the dashboard",
  unusual: {
    title: "Days that stand out",
    usually: (d) => d.cost + ", usually " + d.usual + " on a " + d.weekday,
    soFar: (d) => d.cost + " so far, usually " + d.usual + " on a " + d.weekday,
    mostly: (d) => "mostly " + d.model + " (" + d.cost + ")"
  }
}
