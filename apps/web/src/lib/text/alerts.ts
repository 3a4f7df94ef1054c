import { translated } from "../language.ts";
import { text as shared } from "../text.ts";

const many = (count: number, one: string, more: string) => (count === 1 ? `1 ${one}` : `${count} ${more}`);

/** What a sentence on a notice is made of. */
export interface Told {
  event: string;
  rule_name: string | null;
  rule_kind: string | null;
  key_name: string | null;
  /** Both ready to read, with their unit. */
  value: string | null;
  threshold: string | null;
  window: string | null;
  /** The server's own sentence, in English. */
  text: string;
}

/** Rules, the inbox and what is to come. */
export const en = {
  alerts: {
    title: "Alerts",
    lead: "orwatch looks after each sync whether one of your rules is met, and tells you here and by your channels.",
    parts: { inbox: "Inbox", rules: "Rules", channels: "Channels", sent: "Sent", forecast: "Forecast" },
    partsLabel: "Parts of alerts",
  },
  inbox: {
    title: "Inbox",
    unread: (count: number) => `${count} unread`,
    unreadMark: "Unread",
    all: "All",
    onlyUnread: "Unread",
    show: "Show",
    read: "Mark as read",
    readThis: (title: string) => `Mark as read: ${title}`,
    readAll: "Mark all as read",
    wasRead: (count: number) => `${many(count, "message", "messages")} marked as read.`,
    see: "See what it spends",
    emptyTitle: "Nothing to tell",
    emptyBody: "When one of your rules is met, the message stands here, and in your channels.",
    emptyUnread: "You have read everything.",
    held: "Kept from your channels: the most messages of that day were sent.",
    later: (when: string) => `Your channels tell it from ${when} on.`,
    kinds: {
      alert: "Alert",
      recovery: "Over",
      summary: "Summary",
      rule: "Rule",
      channel: "Channel",
      account: "Account",
    },
    itemText: (told: Told) => told.text,
    seeKey: (name: string) => `See what ${name} spends`,
    older: "Older",
    newer: "Newer",
    pageOf: (from: number, to: number, total: number) => `${from}–${to} of ${total}`,
  },
  rules: {
    title: "Rules",
    add: "Add rule",
    emptyTitle: "No rules",
    emptyBody: "Nothing is watched. Add a rule to hear of spending before the credits are gone.",
    count: (count: number, most: number) => `${count} of ${most}`,
    full: (most: number) => `You have ${most} rules, the most there can be. Delete one to add another.`,
    actionsFor: (name: string) => `Actions for ${name}`,
    edit: "Edit",
    switchOn: "Switch on",
    switchOff: "Switch off",
    snoozeDay: "Silent for a day",
    snoozeWeek: "Silent for a week",
    wake: "No longer silent",
    remove: "Delete",
    state: { on: "Watching", off: "Off", firing: "Met now", snoozed: (until: string) => `Silent until ${until}` },
    lastFired: (ago: string) => `last met ${ago}`,
    neverFired: "not met yet",
    goneRule: (name: string) => `${name} was deleted meanwhile, in another tab or by a program.`,
    gone: (name: string) => `${name} (deleted)`,
    said: {
      saved: (name: string) => `${name} is saved.`,
      on: (name: string) => `${name} watches again.`,
      off: (name: string) => `${name} is off.`,
      snoozed: (name: string) => `${name} is silent for now.`,
      woken: (name: string) => `${name} may speak again.`,
      removed: (name: string) => `${name} is deleted.`,
    },
    removeTitle: (name: string) => `Delete the rule ${name}?`,
    removeBody: "What it has told stays in the inbox. To stop it for a while, switch it off or let it be silent.",
    removeSubmit: "Delete rule",
    whose: {
      all: "all keys together",
      each: "any key",
      one: (name: string) => name,
      some: (count: number) => `${count} keys together`,
      eachOf: (count: number) => `any of ${count} keys`,
    },
    spans: { day: "a UTC day", week: "a week (from Monday, UTC)", month: "a month (UTC)" },
    /** One sentence for each kind of rule. */
    sentence: {
      spend: (whose: string, amount: string, span: string) =>
        `When the spend of ${whose} goes above ${amount} in ${span}`,
      limit_share: (whose: string, percents: string) => `When ${whose} has used ${percents} of its OpenRouter limit`,
      credits: (whose: string, amount: string) => `When the credits seen by ${whose} fall below ${amount}`,
      unusual: (whose: string, times: string, least: string) =>
        `When today’s spend of ${whose} is more than ${times} times the usual of this weekday, and above ${least}`,
      key_invalid: (whose: string) => `When OpenRouter no longer accepts ${whose}`,
      key_expires: (whose: string, days: number) => `When ${whose} expires within ${many(days, "day", "days")}`,
      sync_stale: (whose: string, hours: number) => `When ${whose} has not synced for ${many(hours, "hour", "hours")}`,
    },
  },
  ruleForm: {
    addTitle: "Add a rule",
    editTitle: (name: string) => `Edit ${name}`,
    kind: "Tell me when",
    kinds: {
      spend: "spending goes above an amount",
      limit_share: "a key nears its OpenRouter limit",
      credits: "account credits run low",
      unusual: "today is far above the usual",
      key_invalid: "OpenRouter refuses a key",
      key_expires: "a key is about to expire",
      sync_stale: "a key has not synced for long",
    },
    kindHints: {
      spend: "Told once in each day, week or month.",
      limit_share: "Told once for each share in each window of the limit; a limit without reset once.",
      credits: "Management keys tell an account’s credits. Told once until they are back above.",
      unusual: "The usual is the median of the same weekday in the last 8 weeks.",
      key_invalid: "Told once, and again when it works again.",
      key_expires: "Told once for each key that has a date of expiry.",
      sync_stale: "Told once, and again when it syncs again.",
    },
    name: "Name",
    amount: "Amount in USD",
    span: "In",
    spanOptions: { day: "a UTC day", week: "a week", month: "a month" },
    percents: "Shares in %, such as 50, 80, 100",
    percentsBad: "Write whole numbers from 1 to 100, at most 5, with commas between.",
    times: "Times the usual",
    least: "And above, in USD",
    days: "Days before it expires",
    hours: "Hours without a sync",
    count: "Count",
    together: "the keys together",
    eachKey: "each key by itself",
    keys: "Which keys",
    allKeys: "All, also those to come",
    someKeys: "These",
    noKey: "Choose one key at least, or all.",
    amountBad: "Write an amount above 0, such as 25.00.",
    numberBad: (least: number, most: number) => `Write a whole number from ${least} to ${most}.`,
    timesBad: "Write a number from 1.1 to 100.",
    submitAdd: "Add rule",
    submitEdit: "Save",
  },
  settings: {
    title: "When to be told",
    quiet: "Quiet hours",
    quietNote: "What happens in them stands in the inbox at once; channels tell it when they end.",
    none: "None",
    between: "From – to",
    from: "From",
    to: "To",
    zone: "Time zone",
    most: "Messages a UTC day, at most",
    mostNote: "What is more stays in the inbox, and a summary tells of it.",
    save: "Save",
    saved: "Saved.",
    snooze: "Hold everything back",
    snoozeFor: "Hold back for",
    snoozeOptions: { "1": "1 hour", "8": "8 hours", "24": "a day", "168": "a week" },
    snoozeDo: "Hold back",
    snoozed: (until: string) => `Channels are silent until ${until}. The inbox goes on.`,
    wake: "Tell again",
    mostBad: "Write a whole number from 1 to 200.",
    sameTime: "The two times must differ.",
  },
};

export const text = { ...shared, ...translated("alerts", en) };
