import { translated } from "../language.ts";
import { text as shared } from "../text.ts";

/** The page of API tokens. */
export const en = {
  tokens: {
    title: "API tokens",
    lead: "A token lets a program read your usage: totals, rows by day, key and model, and your keys’ names. It changes nothing, and it cannot see a key.",
    issue: "Issue token",
    table: "Active API tokens",
    name: "Name",
    created: "Created",
    lastUsed: "Last used",
    actions: "Actions",
    revoke: "Revoke",
    revokeThis: (name: string) => `Revoke ${name}`,
    count: (active: number, most: number) => `${active} of ${most}`,
    full: (most: number) => `You have ${most} tokens, the most this server allows. Revoke one to issue another.`,
    emptyTitle: "No API tokens yet",
    emptyBody: "This page lists the tokens your programs read usage with, and when each was last used.",
    said: {
      issued: (name: string) => `${name} is issued.`,
      revoked: (name: string) => `${name} is revoked. It is refused from now on.`,
    },
  },
  tokenForm: {
    title: "Issue an API token",
    lead: "Name the program or person that will use it, so that you know later which one to revoke.",
    name: "Name",
    hint: "Such as “billing script” or “Grafana”",
    submit: "Issue token",
    doneTitle: "Save this token now",
    doneLead: (name: string) => `This is the only time ${name} is shown: orwatch keeps no copy of it.`,
    token: "API token",
    saved: "I have saved it",
    unsaved: "You have not copied it yet. It cannot be shown again; close once more to go without it.",
  },
  tokenRevoke: {
    title: (name: string) => `Revoke ${name}?`,
    body: "Every program that uses it is refused from its next request on. This cannot be undone.",
    lastUsed: (ago: string) => `Last used ${ago}.`,
    neverUsed: "It was never used.",
    submit: "Revoke token",
  },
  tokenUse: {
    title: "How to use one",
    curl: "curl",
    sdk: "TypeScript SDK",
    csv: "CSV file",
    curlNote: "Totals of a range of days. Put the token into ORWATCH_TOKEN first.",
    csvNote: "Every row of a range, as one file.",
    sdkNote: "From the package @orwatch/sdk of this repository: typed, with paging and retries.",
    limitTitle: "Rate limit",
    limit: (requests: string, window: string) =>
      `Each token may make ${requests} requests in ${window}. The window begins with its first request.`,
    limitHeaders:
      "Each answer says how many are left (X-RateLimit-Remaining) and when the window ends (X-RateLimit-Reset). Beyond it comes 429 with Retry-After, which the SDK heeds.",
    docsTitle: "Reference",
    docs: "All endpoints, to read and to try",
    seconds: (count: number) => (count === 1 ? "1 second" : `${count} seconds`),
    minutes: (count: number) => (count === 1 ? "1 minute" : `${count} minutes`),
    hours: (count: number) => (count === 1 ? "1 hour" : `${count} hours`),
  },
};

export const text = { ...shared, ...translated("tokens", en) };
