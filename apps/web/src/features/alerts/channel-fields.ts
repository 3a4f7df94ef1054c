import { text } from "../../lib/text/channels.ts";

const words = text.channelForm;

export const CHANNEL_KINDS = ["email", "webhook", "slack", "discord", "telegram", "ntfy"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];
export type FieldName = "address" | "url" | "bot_token" | "chat_id" | "topic" | "access_token";

export interface ChannelField {
  name: FieldName;
  label: string;
  hint?: string;
  most: number;
  isOptional: boolean;
  type?: "email" | "url" | "password";
}

const url = (hint: string): ChannelField => ({
  name: "url",
  label: words.url,
  hint,
  most: 2000,
  isOptional: false,
  type: "url",
});
const server = (hint: string): ChannelField => ({
  name: "url",
  label: words.server,
  hint,
  most: 2000,
  isOptional: true,
  type: "url",
});

/** What each kind asks for, in the order of the form. */
export const CHANNEL_FIELDS: Record<ChannelKind, ChannelField[]> = {
  email: [
    {
      name: "address",
      label: words.address,
      hint: words.addressHint,
      most: 254,
      isOptional: false,
      type: "email",
    },
  ],
  webhook: [url(words.urlHints.webhook)],
  slack: [url(words.urlHints.slack)],
  discord: [url(words.urlHints.discord)],
  telegram: [
    {
      name: "bot_token",
      label: words.botToken,
      hint: words.botTokenHint,
      most: 130,
      isOptional: false,
      type: "password",
    },
    { name: "chat_id", label: words.chatId, hint: words.chatIdHint, most: 40, isOptional: false },
    server(words.serverHints.telegram),
  ],
  ntfy: [
    { name: "topic", label: words.topic, hint: words.topicHint, most: 64, isOptional: false },
    server(words.serverHints.ntfy),
    { name: "access_token", label: words.accessToken, most: 200, isOptional: true, type: "password" },
  ],
};
