import { text } from "../../lib/text/channels.ts";

const words = text.channelForm;

export const CHANNEL_KINDS = ["email", "webhook", "slack", "discord", "telegram", "ntfy"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];
export type FieldName = "address" | "url" | "bot_token" | "chat_id" | "message_thread_id" | "topic" | "access_token";

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
    {
      name: "message_thread_id",
      label: words.threadId,
      hint: words.threadIdHint,
      most: 10,
      isOptional: true,
    },
    server(words.serverHints.telegram),
  ],
  ntfy: [
    { name: "topic", label: words.topic, hint: words.topicHint, most: 64, isOptional: false },
    server(words.serverHints.ntfy),
    { name: "access_token", label: words.accessToken, most: 200, isOptional: true, type: "password" },
  ],
};

export type FieldValues = Partial<Record<FieldName, string>>;

const THREAD = /^[1-9]\d{0,9}$/;

/** What is wrong with the fields, by name. */
export function checkFields(fields: ChannelField[], values: FieldValues): [string, string][] {
  const missing = fields
    .filter((field) => !field.isOptional && !values[field.name]?.trim())
    .map((field): [string, string] => [field.name, text.account.missing(field.label)]);
  const thread = values.message_thread_id?.trim();
  return thread && !THREAD.test(thread) ? [...missing, ["message_thread_id", words.threadIdBad]] : missing;
}

/** The fields that are filled in, as the server takes them. */
export const toSettings = (fields: ChannelField[], values: FieldValues) =>
  Object.fromEntries(
    fields
      .map(({ name }) => [name, values[name]?.trim() ?? ""] as const)
      .filter(([, value]) => value !== "")
      .map(([name, value]) => [name, name === "message_thread_id" ? Number(value) : value]),
  );
