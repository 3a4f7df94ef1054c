import { translated } from "../language.ts";
import { text as shared } from "./usage.ts";

/** The keys page and its dialogs. */
export const en = {
  keys: {
    title: "Keys",
    add: "Add key",
    table: "Watched keys",
    name: "Name",
    state: "State",
    today: "Today",
    week: "This week",
    month: "This month",
    allTime: "All time",
    spend: "Spend, USD",
    limit: "Limit",
    lastUsed: "Last used",
    lastSynced: "Last synced",
    actions: "Actions",
    actionsFor: (name: string) => `Actions for ${name}`,
    inference: "Inference",
    management: "Management",
    kindUnknown: "Not known yet",
    coveredBy: (name: string) => `covered by ${name}`,
    uncovered: "counters only",
    works: "Works",
    invalid: "OpenRouter refuses it",
    unverified: "Not checked yet",
    off: "Switched off",
    checkedOn: (day: string) => `checked ${day}`,
    expires: (instant: string) => `Expires ${instant}`,
    expired: (instant: string) => `Expired ${instant}`,
    noLimit: "No limit",
    left: (amount: string) => `${amount} left`,
    leftUntil: (amount: string, instant: string) => `${amount} left until ${instant}`,
    leftOf: (amount: string, total: string) => `${amount} of ${total} left, never resets`,
    overUntil: (amount: string, instant: string) => `${amount} over the limit until ${instant}`,
    over: (amount: string) => `${amount} over the limit`,
    leftUnknown: (limit: string) => `Limit ${limit}; remaining unknown`,
    byok: (amount: string) => `+ ${amount} BYOK`,
    byokLong: (amount: string) => `${amount} on your own provider keys: an estimate, not charged by OpenRouter`,
    creditsUnknown: "Credits unknown: none ever bought",
    creditsUnknownLong:
      "This account has never bought credits. OpenRouter does not report grants, so what is left is unknown.",
    creditsLeft: (amount: string, total: string) => `${amount} of ${total} credits left`,
    overdrawn: (amount: string) => `Credits ${amount} overdrawn`,
    emptyTitle: "No keys yet",
    emptyBody: "This page lists the OpenRouter keys you watch: what each has spent, its limit, and whether it works.",
    edit: "Edit",
    test: "Test at OpenRouter",
    sync: "Sync now",
    switchOff: "Switch off",
    switchOn: "Switch on",
    remove: "Delete",
    page: (from: number, to: number, total: number) => `${from}–${to} of ${total}`,
    previousPage: "Previous page",
    nextPage: "Next page",
    pages: "Pages of keys",
    managementNote: "A management key spends nothing itself; it reads the usage of the keys of its account.",
    said: {
      added: (name: string) => `${name} is added. Its first sync is running.`,
      saved: (name: string) => `${name} is saved.`,
      works: (name: string) => `${name} works.`,
      refused: (name: string, reason: string) => `${name}: ${reason}`,
      unverified: (name: string) => `${name} could not be checked. It will be tried again.`,
      testing: (name: string) => `Testing ${name} at OpenRouter.`,
      syncing: (name: string) => `Syncing ${name}.`,
      synced: (name: string, outcome: string) => `${name}: ${outcome}`,
      off: (name: string) => `${name} is switched off. Its usage stays.`,
      on: (name: string) => `${name} is switched on.`,
      deleted: (name: string) => `${name} and its usage are deleted.`,
    },
    show: {
      unused: "Unused for 30 days",
      no_limit: "Without a limit",
      low_limit: "At most a fifth of the limit left",
      failing: "Last sync failed",
    },
    amongSelected: "among the selected keys",
    noneTitle: "No such keys",
    showAll: "Show all keys",
    syncFailed: "The sync failed. The reason stands beside the key.",
  },
  keyForm: {
    addTitle: "Add a key",
    addLead: "There are two kinds. orwatch sees which one it is.",
    inferenceTitle: "Inference key",
    inferenceBody:
      "The one your programs call models with. On its own it tells what it spends from now on, without models or tokens.",
    managementTitle: "Management key",
    managementBody:
      "Can create and delete keys; cannot call models. orwatch only reads usage with it: models, tokens, requests and a year of history for every key of the account you add here.",
    managementLink: "Make one at openrouter.ai",
    stored: "Stored encrypted, sent only to OpenRouter, never shown again.",
    name: "Name",
    key: "OpenRouter key",
    keyHint: "Starts with sk-or-v1-",
    description: "Description",
    optional: "optional",
    submitAdd: "Add key",
    editTitle: (name: string) => `Edit ${name}`,
    submitEdit: "Save",
    prefix: "OpenRouter key must start with sk-or-v1-.",
  },
  limits: {
    title: "What each key may still spend",
    left: (amount: string, limit: string) => `${amount} of ${limit} left`,
    over: (amount: string, limit: string) => `${amount} over the limit of ${limit}`,
    noLimit: "No limit of its own",
    limitUnknown: "Limit: not known",
    resets: (instant: string) => `Starts anew on ${instant}`,
    neverResets: "Never starts anew",
    byokCounts: "BYOK counts towards the limit",
    byokFree: "BYOK does not count towards the limit",
    credits: (amount: string) => `Account credits: ${amount} left`,
    overdrawn: (amount: string) => `Account credits: ${amount} overdrawn`,
    noCredits: "Account credits: not known",
    neverBought: "Account credits: unknown, none were ever bought and grants are not reported",
    first: { own: "Its own limit bites first", credits: "The account credits bite first" },
    more: (keys: number) => `and ${keys} more on the Keys page`,
  },
  /** A key that somebody deleted in another tab or session. */
  keyGone: {
    edit: (name: string) => `${name} was deleted meanwhile, in another tab or session. Nothing was saved.`,
    delete: (name: string) => `${name} was deleted already, in another tab or session.`,
    other: (name: string) => `${name} was deleted meanwhile, in another tab or session. The list is up to date again.`,
  },
  keyDelete: {
    title: (name: string) => `Delete ${name}?`,
    body: "The key and every usage row it has here go for good, also from past totals. The key itself keeps working at OpenRouter.",
    managementBody:
      "Keys that only this management key covers fall back to counters: new spend without models and tokens.",
    submit: "Delete key and its usage",
    submitRows: (rows: string, isOne: boolean) => `Delete key and ${rows} usage ${isOne ? "row" : "rows"}`,
    goes: "What goes with it",
    noUsage: "No usage is stored for it.",
    usage: (what: {
      days: string;
      isOneDay: boolean;
      rows: string;
      isOneRow: boolean;
      cost: string;
      from: string;
      through: string;
    }) =>
      `${what.cost} on ${what.days} ${what.isOneDay ? "day" : "days"} of usage (${what.rows} ${what.isOneRow ? "row" : "rows"}, ${what.isOneDay ? what.from : `${what.from} to ${what.through}`}).`,
    covered: (keys: number) =>
      keys === 1
        ? "1 key is read with it and goes back to counters."
        : `${keys} keys are read with it and go back to counters.`,
    unknown: "How much usage goes with it could not be counted just now.",
    instead: "To keep the history, switch the key off instead.",
  },
};

export const text = { ...shared, ...translated("keys", en) };
