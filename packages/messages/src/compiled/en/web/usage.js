// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  range: {
    label: "Date range",
    days: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " day", other: number("en", d.count, 0) + " days" }),
    shortDays: (d) => number("en", d.count, 0) + " d",
    custom: "Custom",
    from: "From",
    to: "To",
    apply: "Apply",
    order: "The start date must not be after the end date.",
    tooLong: (d) => "At most " + plural(d.limit, 0, en, { one: number("en", d.limit, 0) + " day", other: number("en", d.limit, 0) + " days" }) + " at a time.",
    incomplete: "Select both dates.",
    utc: "Days are in UTC."
  },
  calendar: {
    label: (d) => "Days of " + d.month,
    before: "Previous month",
    after: "Next month",
    first: "Select the first day.",
    second: "Select the last day."
  },
  filters: {
    label: "Filters",
    keys: "Keys",
    allKeys: "All keys",
    someKeys: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " key", other: number("en", d.count, 0) + " keys" }),
    key: (d) => "Key: " + d.name,
    model: (d) => "Model: " + d.name,
    notKey: (d) => "Excluded key: " + d.name,
    notModel: (d) => "Excluded model: " + d.name,
    remove: (d) => "Remove filter " + d.filter,
    clear: "Clear filters",
    invalid: (d) => "The URL contains filters that do not exist or are not valid: " + d.names + ". They are ignored.",
    search: "Search",
    noMatch: "No matches.",
    moreFound: (d) => plural(d.count, 0, en, { one: "and " + number("en", d.count, 0) + " more", other: "and " + number("en", d.count, 0) + " more. Search by name." }),
    only: (d) => "Show only " + d.name
  },
  sync: {
    now: "Sync now",
    running: "Syncing…",
    progress: (d) => number("en", d.done, 0) + " of " + plural(d.keys, 0, en, { one: number("en", d.keys, 0) + " key", other: number("en", d.keys, 0) + " keys" }),
    failedOf: (d) => number("en", d.count, 0) + " failed",
    started: "Fetching the latest usage from OpenRouter…",
    synced: (d) => "Synced " + d.ago,
    never: "Not synced yet",
    failing: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " key fails to sync", other: number("en", d.count, 0) + " keys fail to sync" }),
    completeThrough: (d) => "Complete through " + d.day + ". Later days may still change.",
    done: (d) => plural(d.rows, 0, en, { "0": "Synced. Nothing changed.", one: "Synced. " + number("en", d.rows, 0) + " usage row changed.", other: "Synced. " + number("en", d.rows, 0) + " usage rows changed." }),
    partial: (d) => "Partly synced: " + plural(d.rows, 0, en, { one: number("en", d.rows, 0) + " usage row", other: number("en", d.rows, 0) + " usage rows" }) + " changed, but some keys failed. See the Keys page for the reason.",
    failed: "No key could be synced. Your data is safe. See the Keys page for the reason."
  },
  overview: {
    label: "Summary",
    month: "Month to date",
    monthLink: "Compare this month with last month, day by day",
    versus: (d) => select(d.direction, { up: "+", down: "−", other: "" }) + d.percent + " vs. " + d.amount + " on " + d.days,
    versusAmount: (d) => "vs. " + d.amount + " on " + d.days,
    completeDays: (d) => "Complete days only: " + d.days + ", compared with " + d.before,
    firstDay: "No complete day yet",
    nothingBefore: "Nothing to compare: last month is unknown",
    forecast: (d) => "Forecast for " + d.month,
    forecastLink: "How the forecast is calculated, and how accurate it was",
    between: (d) => "Likely " + d.low + " to " + d.high,
    noForecast: "Needs 7 of the last 28 days with data",
    credits: "Credits left",
    creditsLink: "Credits of the account over time",
    ofAccount: (d) => d.account + ": " + d.text,
    runOut: (d) => "Run out around " + d.day,
    runOutBetween: (d) => "Between " + d.from + " and " + d.to,
    runOutFrom: (d) => d.from + " at the earliest",
    usedUp: "Used up",
    lasts: "Last more than a year at this pace",
    noPace: "Not enough data to say when they run out",
    notReported: "Not reported by OpenRouter",
    noAccount: "A management key shows them",
    today: "Today so far",
    todayLink: "Today by hour",
    until: (d) => d.percent + " " + select(d.direction, { up: "above", other: "below" }) + " a usual " + d.weekday + " until " + d.hour + ":00 UTC",
    asUsual: (d) => "As on a usual " + d.weekday + " until " + d.hour + ":00 UTC",
    usuallyNothing: (d) => "Usually nothing until " + d.hour + ":00 UTC on a " + d.weekday,
    compared: (d) => "Until " + d.hour + ":00 UTC: " + d.cost + ", usually " + d.usual,
    wholeDay: (d) => "A whole " + d.weekday + " usually costs " + d.amount,
    noUsual: "What is usual is not known yet"
  },
  cards: {
    cost: "Cost",
    requests: "Requests",
    tokens: "Tokens",
    tokensIn: "in",
    tokensOut: "out",
    activeKeys: (d) => number("en", d.active, 0) + " of " + plural(d.total, 0, en, { one: number("en", d.total, 0) + " key", other: number("en", d.total, 0) + " keys" }) + " active",
    perMillion: "Cost per 1M tokens",
    perMillionLong: "Cost of usage with known tokens, divided by its input and output tokens",
    byok: (d) => "+ " + d.amount + " BYOK (estimate)",
    byokLong: (d) => d.amount + " on your own provider keys. Estimated, not charged by OpenRouter.",
    perRequest: (d) => d.amount + " per request",
    noEarlier: "No earlier data",
    noComplete: "No complete days to compare",
    compared: (d) => "Complete days only: " + d.days + ", compared with " + d.before,
    versus: "vs.",
    up: "up",
    down: "down",
    same: "no change"
  },
  empty: {
    title: "No usage in this range",
    body: "Your keys have no usage on these days.",
    partly: "Your keys have no usage on the days with data. Some days have no data.",
    unknownTitle: "No data for these days",
    unknown: "Your keys were not watched yet on these days. No data does not mean no usage.",
    filtered: "No usage matches the filters on these days.",
    longer: (d) => "Show the last " + plural(d.count, 0, en, { one: number("en", d.count, 0) + " day", other: number("en", d.count, 0) + " days" }),
    waitingTitle: "First sync in progress",
    waiting: "orwatch is fetching your usage from OpenRouter. This page updates automatically, usually within a minute."
  },
  costOnly: {
    title: "Cost only: models, tokens and requests are unknown",
    pending: "Your management key does not cover this spend yet. If it belongs to the same account, models and tokens appear after the next sync."
  },
  firstRun: {
    title: "Set up orwatch",
    keyAction: "Add key",
    managementLink: "Create a management key",
    otherTitle: "No keys yet",
    otherBody: "Usage appears here once this team has an OpenRouter key."
  },
  series: {
    other: "(other)",
    unattributed: "(unattributed)"
  },
  chart: {
    titles: {
      model: "Cost per day by model",
      key: "Cost per day by key",
      vendor: "Cost per day by vendor"
    },
    by: "Group by",
    groups: {
      model: "Model",
      key: "Key",
      vendor: "Vendor"
    },
    compare: "Compare",
    compareLong: "Show the previous period as a line",
    before: "Previous period",
    beforeLong: "Dashed line: previous period of the same length",
    net: "On days with refunds, the line shows the cost after refunds",
    unit: "USD per UTC day",
    asTable: "Show as table",
    asChart: "Show as chart",
    noData: "no data",
    noDataLong: "No key covers this day",
    soFar: "so far",
    sum: "Total",
    sumShown: "Total shown",
    readout: "Cost by day. Use the arrow keys to move between days.",
    legend: "Chart series. Click to show only this one, Shift-click to hide it.",
    showAll: "Show all",
    nothing: "No spend",
    table: (d) => d.title + " (table)",
    more: (d) => "and " + number("en", d.count, 0) + " more",
    timesUsual: (d) => d.times + "× usual",
    unknown: "Not known for this interval",
    notYet: "not yet",
    noUsage: "No usage",
    all: "All",
    intervals: {
      hour: "Hour (UTC)",
      day: "Day",
      week: "Week",
      month: "Month"
    }
  },
  tables: {
    models: "Top models",
    model: "Model",
    others: (d) => number("en", d.count, 0) + " more",
    keys: "Usage by key",
    key: "Key",
    requests: "Requests",
    perMillion: "Per 1M tokens",
    perMillionHint: "Cost per million tokens, input and output combined",
    cost: "Cost (USD)",
    share: "Share",
    showAll: (d) => "Show all " + number("en", d.count, 0),
    showFewer: "Show fewer"
  },
  changes: {
    title: "What changed",
    versus: (d) => d.days + ", compared with " + d.before,
    by: "Changes by",
    change: "Change",
    why: "Why",
    total: "All changes",
    unknown: "Unknown: requests or tokens are missing",
    others: (d) => number("en", d.count, 0) + " more",
    notCompared: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " key is not compared: its earlier cost is unknown.", other: number("en", d.count, 0) + " keys are not compared: their earlier cost is unknown." }),
    none: "No complete days to compare. Changes appear when the cost of both periods is known.",
    same: "Nothing changed.",
    partsHint: "Requests: more or fewer requests. Request size: tokens per request. Price: cost per token. Mix: other models or keys. The parts sum to the change.",
    parts: {
      volume: (d) => "requests " + d.amount,
      size: (d) => "request size " + d.amount,
      price: (d) => "price " + d.amount,
      mix: (d) => "mix " + d.amount
    }
  },
  withoutKey: {
    not_watched: "Not watched",
    other_workspace: "Other workspaces",
    restatement: "Restated usage",
    deleted: "Deleted keys",
    chatroom: "Chatroom",
    unknown: "Not attributed to a key"
  },
  insights: {
    title: "Needs attention",
    none: "Nothing needs attention.",
    on: (d) => "on " + d.day,
    times: (d) => d.times + "×",
    usually: (d) => d.cost + " " + d.day + ", usually " + d.usual + " on a " + d.weekday,
    usuallyNothing: (d) => d.day + ", usually nothing on a " + d.weekday,
    keys: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " key", other: number("en", d.count, 0) + " keys" }),
    low_limit: (d) => plural(d.count, 0, en, { one: "has under 20% of its limit left", other: "have under 20% of their limit left" }),
    no_limit: (d) => plural(d.count, 0, en, { one: "has no limit", other: "have no limit" }),
    unused: (d) => plural(d.count, 0, en, { one: "has not been used for 30 days", other: "have not been used for 30 days" })
  },
  limits: {
    title: "Keys with limits",
    left: (d) => d.amount + " of " + d.limit + " left",
    over: (d) => d.amount + " over the limit of " + d.limit,
    remainingUnknown: (d) => "Limit " + d.limit + ", remaining unknown",
    neverResets: "Never resets",
    byokCounts: "BYOK counts towards the limit",
    first: {
      own: "Key limit is reached first",
      credits: "Account credits run out first"
    },
    today: "Today",
    byok: (d) => "+ " + d.amount + " BYOK",
    more: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " more on the Keys page", other: number("en", d.count, 0) + " more on the Keys page" }),
    key: "Key",
    remaining: "Remaining",
    resets: (d) => "Resets " + d.day
  },
  details: {
    title: "Details",
    show: "Details",
    columns: {
      reasoning_tokens: "Reasoning tokens",
      cached_tokens: "Cached tokens",
      byok_requests: "BYOK requests",
      upstream_cost: "Upstream cost",
      cache_saving: "Cache saving",
      data_discount: "Data discount",
      web_search_cost: "Web search cost"
    },
    hints: {
      reasoning_tokens: "Included in output tokens",
      cached_tokens: "Input tokens read from a prompt cache, included in input tokens",
      byok_requests: "Requests on your own provider keys, included in requests",
      upstream_cost: "Amount charged by the provider, as reported by OpenRouter",
      cache_saving: "Effect of prompt caching on the cost, with the sign reported by OpenRouter",
      data_discount: "Discount for data logging, with the sign reported by OpenRouter",
      web_search_cost: "Cost of web search, as reported by OpenRouter"
    },
    partial: (d) => "Unknown for some of the usage: " + d.names + ". The sums include what is known.",
    none: "OpenRouter reports no details for these rows."
  }
}
