import { defineIncomingWebhook, type KnownAnswers } from "./define.ts";
import { layOut } from "./layout.ts";
import type { Notification } from "./notification.ts";

/** Discord accepts 2,000 characters. Mentions are disabled. */
export const toDiscordBody = (notification: Notification): string =>
  JSON.stringify({
    content: layOut(notification, {
      max: 2000,
      title: (text) => `**${text}**`,
      toSafe: (text) => text.replace(/[\\*_~`|>#[\]()<@:-]/g, "\\$&"),
      link: (link) => `<${link}>`,
    }),
    allowed_mentions: { parse: [] },
  });

const ANSWERS: KnownAnswers = [
  [/"code":\s*(10015|50027)\b/, "discord_webhook_deleted"],
  [/"code":\s*10003\b/, "discord_channel_deleted"],
];

/** A Discord channel, through a webhook. */
export const discord = defineIncomingWebhook({
  kind: "discord",
  toBody: toDiscordBody,
  answers: ANSWERS,
});
