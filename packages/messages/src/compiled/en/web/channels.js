// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  title: "Channels",
  lead: "Where notifications are sent besides the inbox.",
  add: "Add channel",
  emptyTitle: "No channels yet",
  emptyBody: "Notifications stay in the inbox. Add email, Slack, Discord, Telegram, ntfy or a webhook to receive them elsewhere.",
  count: (d) => number("en", d.count, 0) + " of " + number("en", d.limit, 0),
  full: (d) => "You have reached the limit of " + plural(d.limit, 0, en, { one: number("en", d.limit, 0) + " channel", other: number("en", d.limit, 0) + " channels" }) + ". Delete one to add another.",
  kinds: {
    email: "Email",
    webhook: "Webhook",
    slack: "Slack",
    discord: "Discord",
    telegram: "Telegram",
    ntfy: "ntfy"
  },
  status: {
    ok: "Working",
    failing: "Failing",
    unconfirmed: "Not confirmed",
    off: "Off",
    untried: "Not used yet"
  },
  lastDelivered: (d) => "Last delivered " + d.ago,
  alerts: "Alerts",
  digest: "Weekly digest",
  receives: (d) => "Receives: " + d.what,
  receivesNothing: "Receives nothing",
  actionsFor: (d) => "Actions for " + d.name,
  test: "Send test message",
  confirm: "Enter code",
  edit: "Edit",
  turnOn: "Turn on",
  turnOff: "Turn off",
  rotate: "Rotate signing secret",
  history: "View deliveries",
  remove: "Delete",
  gone: (d) => d.name + " was deleted in another tab or by an API client.",
  done: {
    testing: (d) => "Sending a test message to " + d.name + "…",
    tested: (d) => "The test message reached " + d.name + ".",
    notTested: (d) => "The test message did not reach " + d.name + ": " + d.reason,
    turnedOn: (d) => d.name + " was turned on.",
    turnedOff: (d) => d.name + " was turned off.",
    saved: (d) => d.name + " was saved.",
    confirmed: (d) => d.name + " was confirmed.",
    removed: (d) => d.name + " was deleted."
  },
  removal: {
    title: (d) => "Delete channel " + d.name + "?",
    body: "No more messages are sent to this channel, and its delivery log is deleted. Notifications stay in the inbox.",
    submit: "Delete channel"
  },
  rotation: {
    title: (d) => "Rotate the signing secret of " + d.name + "?",
    body: "For one day, messages are signed with both the new and the old secret, so nothing is lost while you switch.",
    submit: "Rotate secret"
  },
  form: {
    addTitle: "Add a channel",
    editTitle: (d) => "Edit " + d.name,
    kind: "Type",
    name: "Name",
    address: "Email address",
    addressHint: "A 6-digit code is sent to this address. Nothing else is sent until you enter it.",
    noEmail: "This server cannot send email. Its administrator has to set SMTP_URL and MAIL_FROM.",
    url: "URL",
    urlHints: {
      webhook: "Messages are sent as JSON by POST, signed according to Standard Webhooks.",
      slack: "An incoming webhook: https://hooks.slack.com/services/…",
      discord: "In the channel’s settings, under Integrations › Webhooks."
    },
    server: "Server",
    serverHints: {
      telegram: "Default: https://api.telegram.org",
      ntfy: "Default: https://ntfy.sh"
    },
    botToken: "Bot token",
    botTokenHint: "From BotFather. Stored encrypted and never shown again.",
    chatId: "Chat",
    chatIdHint: "The ID of the chat, or the @name of a channel. The bot must be a member.",
    threadId: "Topic number",
    threadIdHint: "For groups with topics: the number after the chat in a link to the topic, such as 42 in t.me/c/1234567890/42.",
    threadIdBad: "Enter the number of the topic, or leave this field empty.",
    keep: "Leave empty to keep the current value.",
    topic: "Topic",
    topicHint: "Anyone who knows the topic can read its messages. Choose one that is hard to guess.",
    accessToken: "Access token",
    what: "Receives",
    language: "Language of messages",
    submitAdd: "Add channel",
    submitEdit: "Save"
  },
  signing: {
    title: "Save this signing secret now",
    lead: (d) => "It is shown only once. The receiver behind " + d.name + " uses it to verify messages.",
    label: "Signing secret",
    saved: "I have saved it",
    unsaved: "You have not copied the secret, and it cannot be shown again. Close again to leave without it.",
    until: (d) => "The previous secret works until " + d.when + "."
  },
  code: {
    title: (d) => "Enter the code sent to " + d.address,
    lead: "It has 6 digits and is in the email that was just sent.",
    label: "Code",
    submit: "Confirm",
    again: "Send a new code",
    sentAgain: "A new code was sent.",
    bad: "Enter the 6 digits of the code."
  },
  deliveries: {
    show: "Show",
    all: "All",
    states: {
      waiting: "Pending",
      sending: "Sending",
      delivered: "Delivered",
      failed: "Failed",
      dropped: "Cancelled"
    },
    message: "Message",
    status: "Status",
    created: "Created",
    actions: "Actions",
    channel: "Channel",
    allChannels: "All channels",
    attempts: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " attempt", other: number("en", d.count, 0) + " attempts" }),
    next: (d) => "next " + d.when,
    response: "Response",
    responseStatus: (d) => "Response with status " + d.status,
    retry: "Send again",
    retryThis: (d) => "Send again: " + d.title,
    retried: "Sending again.",
    emptyTitle: "No deliveries yet",
    emptyBody: "Messages to your channels appear here with their attempts and the response.",
    emptyFiltered: "No deliveries match the filters."
  }
}
