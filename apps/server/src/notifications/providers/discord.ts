import { defineProvider, describeUrl, findReason, type KnownAnswers, post, required, webhookUrl } from "./define.ts";
import { layOut } from "./layout.ts";
import type { Notification } from "./notification.ts";

/** A Discord channel, through a webhook. */
export const discord = defineProvider({
  kind: "discord",
  fields: { url: required(webhookUrl) },
  toSettings: ({ url }) => ({ url }),
  toFields: ({ url }) => ({ url }),
  target: ({ url }) => describeUrl(url),
  secrets: () => [],
  send: (input) =>
    post(
      input,
      { url: input.settings.url, body: toDiscordBody(input.notification) },
      { rejection: (answer) => ({ reason: findReason(ANSWERS, answer) }) },
    ),
});

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
