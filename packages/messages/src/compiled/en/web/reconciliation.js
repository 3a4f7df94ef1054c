// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  label: "Reconciliation",
  table: "Account total and keys by day",
  columns: {
    day: "Day (UTC)",
    amounts: "Amounts",
    total: "Account total",
    watched: "Keys",
    rest: "Not from keys",
    counters: "Counters",
    credits: "Credits used"
  },
  hints: {
    total: "Everything the account spent, according to OpenRouter’s analytics",
    watched: "Spend of the keys in orwatch",
    rest: "Spend that belongs to no key in orwatch, by cause",
    counters: "Spend according to the counters of the keys",
    credits: "Change of the credits used between the readings nearest to midnight"
  },
  result: {
    matched: "Matches",
    explained: "Explained",
    unexplained: "Unexplained",
    open: "In progress",
    unread: "Not read yet"
  },
  unread: "The account total of this day has not been read yet.",
  countersUnknown: "The counters do not cover the whole day.",
  creditsUnknown: "Credits were not read within an hour of midnight, at both ends of the day.",
  creditsOpen: "Known when the day is over and credits have been read after midnight.",
  sumOf: (d) => number("en", d.known, 0) + " of " + plural(d.days, 0, en, { one: number("en", d.days, 0) + " day", other: number("en", d.days, 0) + " days" }),
  total: (d) => "Total of " + plural(d.days, 0, en, { one: number("en", d.days, 0) + " day", other: number("en", d.days, 0) + " days" }),
  summary: {
    none: "The account total has not been read yet.",
    noneBody: "It is read with the next sync, after the keys have been listed.",
    all: "Every dollar is accounted for",
    allBody: (d) => "The account spent " + d.total + ". All of it belongs to keys or has a known cause.",
    some: (d) => d.amount + " of " + d.total + " has no known cause",
    someBody: (d) => plural(d.days, 0, en, { one: "On " + number("en", d.days, 0) + " day", other: "On " + number("en", d.days, 0) + " days" }) + ", spend of the account cannot be attributed to a key or a cause.",
    differ: "Every dollar is attributed, but totals differ",
    differBody: (d) => plural(d.days, 0, en, { one: "On " + number("en", d.days, 0) + " day", other: "On " + number("en", d.days, 0) + " days" }) + ", the counters or the credits differ from the account total, and nothing explains why.",
    unread: (d) => plural(d.days, 0, en, { one: number("en", d.days, 0) + " day has", other: number("en", d.days, 0) + " days have" }) + " not been read yet."
  },
  difference: (d) => d.amount + " · " + d.cause,
  causesTitle: "What the causes mean",
  causes: {
    not_watched: "Not watched",
    deleted: "Deleted keys",
    chatroom: "Chatroom",
    other_workspace: "Other workspaces",
    restatement: "Restated",
    byok_fee: "BYOK fee",
    day_open: "Day in progress",
    unknown: "Not attributed",
    counters_only: "Counters only",
    purchase_or_grant: "Purchase or grant",
    cached_answer: "Cached credits",
    reading_time: "Time of reading",
    unexplained: "Unexplained"
  },
  about: {
    not_watched: "Keys that are not watched in orwatch, or were removed from it.",
    deleted: "Keys that no longer exist at OpenRouter.",
    chatroom: "OpenRouter’s chatroom, which uses no key.",
    other_workspace: "Workspaces whose keys OpenRouter does not list for this management key.",
    restatement: "OpenRouter corrected a finished day. The next sync of the key adopts it.",
    byok_fee: "OpenRouter’s fee for requests with your own provider keys, at most 5%.",
    day_open: "Amounts are read one after the other while the day is in progress.",
    unknown: "OpenRouter attributes this spend to no key, and nothing supports a cause.",
    counters_only: "The counters of keys include this spend, but OpenRouter’s analytics does not show it yet. It is not part of the account total.",
    purchase_or_grant: "The credits ever purchased changed by the same amount on this day.",
    cached_answer: "OpenRouter’s credits can be 60 seconds old. Spend around midnight counts on the other day.",
    reading_time: "Credits were not read exactly at midnight. Spend between the readings counts on the other day.",
    unexplained: "Nothing supports a cause."
  },
  credits: {
    title: "Credits",
    left: (d) => d.amount + " left",
    used: (d) => d.amount + " used",
    runOut: (d) => "Run out on " + d.day + " at the current pace",
    noRunOut: "Do not run out within a year at the current pace, or the pace is unknown",
    neverBought: "This account has never purchased credits, and OpenRouter does not report granted credits. What is left is unknown.",
    notReported: "No credits have been reported in this period.",
    chartLeft: (d) => "Credits left from " + d.from + " to " + d.to + ": " + d.first + " to " + d.last,
    chartUsed: (d) => "Credits used from " + d.from + " to " + d.to + ": " + d.first + " to " + d.last,
    purchases: "Purchases",
    purchase: (d) => d.amount + " on " + d.at,
    taken: (d) => d.amount + " taken back on " + d.at,
    more: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " more purchase", other: number("en", d.count, 0) + " more purchases" }),
    since: (d) => "Recorded since " + d.at + ". OpenRouter does not report earlier balances."
  }
}
