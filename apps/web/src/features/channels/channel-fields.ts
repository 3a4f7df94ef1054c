import type { TextsOf } from "../../lib/i18n/i18n.ts";

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

type Saying = TextsOf<"channels">;

/** What a kind asks for, in the order of the form. */
export function channelFields(kind: ChannelKind, { channels: { form } }: Saying): ChannelField[] {
  const url = (hint: string): ChannelField => ({
    name: "url",
    label: form.url,
    hint,
    most: 2000,
    isOptional: false,
    type: "url",
  });
  const server = (hint: string): ChannelField => ({
    name: "url",
    label: form.server,
    hint,
    most: 2000,
    isOptional: true,
    type: "url",
  });
  switch (kind) {
    case "email":
      return [
        { name: "address", label: form.address, hint: form.addressHint, most: 254, isOptional: false, type: "email" },
      ];
    case "webhook":
    case "slack":
    case "discord":
      return [url(form.urlHints[kind])];
    case "telegram":
      return [
        {
          name: "bot_token",
          label: form.botToken,
          hint: form.botTokenHint,
          most: 130,
          isOptional: false,
          type: "password",
        },
        { name: "chat_id", label: form.chatId, hint: form.chatIdHint, most: 40, isOptional: false },
        { name: "message_thread_id", label: form.threadId, hint: form.threadIdHint, most: 10, isOptional: true },
        server(form.serverHints.telegram),
      ];
    case "ntfy":
      return [
        { name: "topic", label: form.topic, hint: form.topicHint, most: 64, isOptional: false },
        server(form.serverHints.ntfy),
        { name: "access_token", label: form.accessToken, most: 200, isOptional: true, type: "password" },
      ];
  }
}

export type FieldValues = Partial<Record<FieldName, string>>;

const THREAD = /^[1-9]\d{0,9}$/;

/** What is wrong with the fields, by name. */
export function checkFields(fields: ChannelField[], values: FieldValues, t: Saying): [string, string][] {
  const missing = fields
    .filter((field) => !field.isOptional && !values[field.name]?.trim())
    .map((field): [string, string] => [field.name, t.common.required({ field: field.label })]);
  const thread = values.message_thread_id?.trim();
  return thread && !THREAD.test(thread) ? [...missing, ["message_thread_id", t.channels.form.threadIdBad]] : missing;
}

/** The fields that are filled in, as the server takes them. */
export const toSettings = (fields: ChannelField[], values: FieldValues) =>
  Object.fromEntries(
    fields
      .map(({ name }) => [name, values[name]?.trim() ?? ""] as const)
      .filter(([, value]) => value !== "")
      .map(([name, value]) => [name, name === "message_thread_id" ? Number(value) : value]),
  );
