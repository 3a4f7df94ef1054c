import { textsIn } from "@orwatch/messages/renderer";
import { defineIncomingWebhook, type KnownAnswers } from "./define.ts";
import { layOut } from "./layout.ts";
import type { Notification } from "./notification.ts";

/** Slack accepts 40,000 characters and recommends 4,000. "<" would start a mention or link. */
export const toSlackBody = (notification: Notification): string =>
  JSON.stringify({
    text: layOut(notification, {
      max: 3900,
      title: (text) => `*${text.replaceAll("*", "∗")}*`,
      toSafe: (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
      link: (link) => `<${link}|${textsIn(notification.language).open_orwatch()}>`,
    }),
    unfurl_links: false,
    unfurl_media: false,
  });

const ANSWERS: KnownAnswers = [
  [/^channel_is_archived/, "slack_channel_archived"],
  [/^(channel_not_found|user_not_found)/, "slack_channel_deleted"],
  [
    /^(no_service|no_service_id|no_team|no_active_hooks|invalid_token|token_revoked|team_disabled)/,
    "slack_webhook_deleted",
  ],
  [/^(action_prohibited|posting_to_general_channel_denied)/, "slack_not_allowed"],
];

/** A Slack channel, through an incoming webhook. */
export const slack = defineIncomingWebhook({
  kind: "slack",
  toBody: toSlackBody,
  answers: ANSWERS,
});
