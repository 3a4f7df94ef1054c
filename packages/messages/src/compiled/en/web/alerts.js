// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  lead: "Rules are checked after every sync. Alerts appear here and in your channels.",
  partsLabel: "Alert pages",
  parts: {
    inbox: "Inbox",
    rules: "Rules",
    channels: "Channels",
    sent: "Deliveries",
    forecast: "Forecast"
  },
  inbox: {
    title: "Inbox",
    show: "Show",
    all: "All",
    onlyUnread: (d) => "Unread (" + number("en", d.count, 0) + ")",
    unread: "Unread",
    read: "Mark as read",
    readThis: (d) => "Mark as read: " + d.title,
    readAll: "Mark all as read",
    wasRead: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " notification marked as read.", other: number("en", d.count, 0) + " notifications marked as read." }),
    see: "View usage",
    seeKey: (d) => "View usage of " + d.name,
    emptyTitle: "No notifications",
    emptyBody: "When a rule fires, the alert appears here and in your channels.",
    emptyUnread: "No unread notifications.",
    held: "Not sent to your channels: the daily message limit was reached.",
    later: (d) => "Sent to your channels on " + d.when + ".",
    kinds: {
      alert: "Alert",
      recovery: "Resolved",
      summary: "Summary",
      rule: "Rule",
      key_change: "Key change",
      channel: "Channel",
      account: "Security",
      server: "Server"
    }
  },
  rules: {
    title: "Rules",
    add: "Add rule",
    emptyTitle: "No rules yet",
    emptyBody: "Add one to get alerted before credits run out.",
    count: (d) => number("en", d.count, 0) + " of " + number("en", d.limit, 0),
    full: (d) => "You have reached the limit of " + plural(d.limit, 0, en, { one: number("en", d.limit, 0) + " rule", other: number("en", d.limit, 0) + " rules" }) + ". Delete one to add another.",
    actionsFor: (d) => "Actions for " + d.name,
    edit: "Edit",
    turnOn: "Turn on",
    turnOff: "Turn off",
    snoozeDay: "Snooze 1 day",
    snoozeWeek: "Snooze 1 week",
    unsnooze: "Unsnooze",
    remove: "Delete",
    state: {
      on: "Active",
      off: "Off",
      firing: "Firing",
      snoozed: (d) => "Snoozed until " + d.until
    },
    lastFired: (d) => "Last fired " + d.ago,
    neverFired: "Never fired",
    gone: (d) => d.name + " was deleted in another tab or by an API client.",
    deletedKey: (d) => d.name + " (deleted)",
    done: {
      saved: (d) => d.name + " was saved.",
      turnedOn: (d) => d.name + " was turned on.",
      turnedOff: (d) => d.name + " was turned off.",
      snoozed: (d) => d.name + " was snoozed.",
      unsnoozed: (d) => d.name + " is no longer snoozed.",
      removed: (d) => d.name + " was deleted."
    },
    removal: {
      title: (d) => "Delete rule " + d.name + "?",
      body: "Past alerts stay in the inbox. To stop the rule for a while, turn it off or snooze it.",
      submit: "Delete rule"
    },
    scope: {
      all: "all keys combined",
      each: "any key",
      some: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " key", other: number("en", d.count, 0) + " keys combined" }),
      eachOf: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " key", other: "any of " + number("en", d.count, 0) + " keys" })
    },
    sentence: {
      spend: (d) => "When the spend of " + d.scope + " exceeds " + d.amount + " in " + select(d.span, { day: "a UTC day", week: "a week (from Monday, UTC)", other: "a month (UTC)" }),
      hourly_spend: (d) => "When the spend of " + d.scope + " within an hour exceeds " + d.amount,
      limit_share: (d) => "When " + d.scope + " has used " + d.percents + " of its OpenRouter limit",
      credits: (d) => select(d.all, { yes: "When the credits of an OpenRouter account fall below " + d.amount, other: "When the credits of the account of " + d.scope + " fall below " + d.amount }),
      unusual: (d) => "When today’s spend of " + d.scope + " is over " + d.times + " times the usual for this weekday, and above " + d.least,
      hourly_unusual: (d) => "When the spend of " + d.scope + " within an hour is over " + d.times + " times the usual for this hour of the week, and above " + d.least,
      key_invalid: (d) => "When OpenRouter rejects " + d.scope,
      key_expires: (d) => "When " + d.scope + " expires within " + plural(d.days, 0, en, { one: number("en", d.days, 0) + " day", other: number("en", d.days, 0) + " days" }),
      sync_stale: (d) => "When " + d.scope + " has not synced for " + plural(d.hours, 0, en, { one: number("en", d.hours, 0) + " hour", other: number("en", d.hours, 0) + " hours" })
    }
  },
  form: {
    addTitle: "Add a rule",
    editTitle: (d) => "Edit " + d.name,
    kind: "Alert me when",
    kinds: {
      spend: "Spend exceeds an amount",
      hourly_spend: "Spend within an hour exceeds an amount",
      limit_share: "A key nears its OpenRouter limit",
      credits: "Account credits run low",
      unusual: "Today’s spend is unusually high",
      hourly_unusual: "Spend within an hour is unusually high",
      key_invalid: "OpenRouter rejects a key",
      key_expires: "A key is about to expire",
      sync_stale: "A key stops syncing"
    },
    kindHints: {
      spend: "At most once per day, week or month.",
      hourly_spend: "Once until an hour is not above the amount. Needs usage by hour: only keys of an account with a management key have it.",
      limit_share: "Once per threshold until the limit resets.",
      credits: "Credits belong to the account, whichever management key reports them. Once until credits are back above the amount.",
      unusual: "The usual is the median of the same weekday over the last 8 weeks.",
      hourly_unusual: "The usual is the median of the same hour of the week over the last 8 weeks. Needs usage by hour: only keys of an account with a management key have it.",
      key_invalid: "Once when the key is rejected, and once when it is accepted again.",
      key_expires: "Once per key with an expiry date.",
      sync_stale: "Once when syncing stops, and once when it resumes."
    },
    name: "Name",
    amount: "Amount (USD)",
    span: "Period",
    spanOptions: {
      day: "UTC day",
      week: "Week",
      month: "Month"
    },
    percents: "Thresholds in %, for example 50, 80, 100",
    percentsBad: "Enter up to 5 whole numbers from 1 to 100, separated by commas.",
    percentsDoubtful: "Enter whole numbers separated by spaces, for example 12 50.",
    twoReadings: (d) => "This can mean " + d.one + " or " + d.other + ". Enter " + d.typeOne + " or " + d.typeOther + ".",
    times: "Times the usual spend",
    least: "Minimum spend (USD)",
    days: "Days before expiry",
    hours: "Hours without a sync",
    count: "Apply to",
    together: "Combined spend",
    eachKey: "Each key",
    keys: "Keys",
    allKeys: "All keys, including new ones",
    someKeys: "Selected keys",
    noKeysYet: "No keys yet.",
    noKey: "Select at least one key, or all keys.",
    channels: "Send to",
    allChannels: "All channels, including new ones",
    someChannels: "Selected channels",
    noChannel: "Alerts of this rule appear in the inbox only.",
    preview: {
      loading: "Checking the last 30 days…",
      fired: (d) => plural(d.count, 0, en, { "0": "Would not have fired", one: "Would have fired once", other: "Would have fired " + number("en", d.count, 0) + " times" }) + " in the last " + plural(d.days, 0, en, { one: "day", other: number("en", d.days, 0) + " days" }) + ".",
      known: (d) => "Enough was known on " + number("en", d.known, 0) + " of " + number("en", d.days, 0) + " days.",
      details: "Show alerts",
      problems: {
        no_history: "No preview: what this rule looks at is not recorded.",
        too_little_history: "No preview: there is not enough history for this rule yet.",
        backfill_running: "No preview yet: the history of a key is still being read."
      }
    },
    amountBad: (d) => "Enter an amount above 0, for example " + d.example + ".",
    numberBad: (d) => "Enter a whole number from " + number("en", d.min, 0) + " to " + number("en", d.max, 0) + ".",
    timesBad: (d) => "Enter a number from " + d.min + " to " + d.max + ".",
    submitAdd: "Add rule",
    submitEdit: "Save"
  },
  settings: {
    title: "Notification settings",
    quiet: "Quiet hours",
    quietNote: "During quiet hours, notifications go to the inbox only. Your channels receive them afterwards.",
    none: "None",
    between: "From – to",
    from: "From",
    to: "To",
    zone: "Time zone",
    most: "Daily message limit (UTC)",
    mostNote: "Messages above the limit stay in the inbox. A summary reports how many.",
    mostBad: (d) => "Enter a whole number from " + number("en", d.min, 0) + " to " + number("en", d.max, 0) + ".",
    sameTime: "Start and end must be different.",
    save: "Save",
    saved: "Settings saved.",
    pause: "Pause notifications",
    pauseOptions: {
      "1": "1 hour",
      "8": "8 hours",
      "24": "1 day",
      "168": "1 week"
    },
    pauseSubmit: "Pause",
    paused: (d) => "Notifications are paused until " + d.until + ". New ones still appear in the inbox.",
    resume: "Resume"
  }
}
