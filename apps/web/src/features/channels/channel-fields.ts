import * as z from "zod/mini";
import { optionalText, text } from "../../components/forms/schemas.ts";
import type { Channel } from "../../lib/api/trpc.ts";
import { LANGUAGES, type TextsOf } from "../../lib/i18n/i18n.ts";

export const CHANNEL_KINDS = ["email", "webhook", "slack", "discord", "telegram", "ntfy"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const NO_SETTINGS = {
  address: "",
  url: "",
  bot_token: "",
  chat_id: "",
  message_thread_id: "",
  topic: "",
  access_token: "",
};
type Settings = typeof NO_SETTINGS;
export type SettingName = keyof Settings;

/** Required settings of a kind. */
const NEEDED: Record<ChannelKind, readonly SettingName[]> = {
  email: ["address"],
  webhook: ["url"],
  slack: ["url"],
  discord: ["url"],
  telegram: ["bot_token", "chat_id"],
  ntfy: ["topic"],
};

export interface ChannelField {
  name: SettingName;
  label: string;
  hint?: string;
  max: number;
  type?: "email" | "url" | "password";
}

export const isNeeded = (kind: ChannelKind, name: SettingName): boolean => NEEDED[kind].includes(name);

/** Settings of a kind, in the order of the form. */
export function channelFields(kind: ChannelKind, { channels: { form } }: TextsOf<"channels">): ChannelField[] {
  const url = { name: "url", max: 2000, type: "url" } as const;
  switch (kind) {
    case "email":
      return [{ name: "address", label: form.address, hint: form.addressHint, max: 254, type: "email" }];
    case "webhook":
    case "slack":
    case "discord":
      return [{ ...url, label: form.url, hint: form.urlHints[kind] }];
    case "telegram":
      return [
        { name: "bot_token", label: form.botToken, hint: form.botTokenHint, max: 130, type: "password" },
        { name: "chat_id", label: form.chatId, hint: form.chatIdHint, max: 40 },
        { name: "message_thread_id", label: form.threadId, hint: form.threadIdHint, max: 10 },
        { ...url, label: form.server, hint: form.serverHints.telegram },
      ];
    case "ntfy":
      return [
        { name: "topic", label: form.topic, hint: form.topicHint, max: 64 },
        { ...url, label: form.server, hint: form.serverHints.ntfy },
        { name: "access_token", label: form.accessToken, max: 200, type: "password" },
      ];
  }
}

/** Form values of a channel. @param kept settings that may be left empty because they are already stored */
export const channelSchema = (kept: readonly SettingName[] = []) =>
  z
    .object({
      kind: z.enum(CHANNEL_KINDS),
      name: text,
      language: z.enum(LANGUAGES.map(({ tag }) => tag)),
      wants_alerts: z.boolean(),
      wants_digest: z.boolean(),
      address: optionalText,
      url: optionalText,
      bot_token: optionalText,
      chat_id: optionalText,
      message_thread_id: optionalText.check(z.regex(/^([1-9]\d{0,9})?$/, "thread")),
      topic: optionalText,
      access_token: optionalText,
    })
    .check(({ value, issues }) => {
      for (const name of NEEDED[value.kind])
        if (value[name] === "" && !kept.includes(name))
          issues.push({ code: "custom", input: value, path: [name], message: "missing" });
    });

/** Form values of an existing channel, without secrets. */
export const shownSettings = ({ kind, target, chat_id, message_thread_id }: Channel): Partial<Settings> => ({
  ...(kind === "email" ? { address: target } : {}),
  ...(chat_id === null ? {} : { chat_id }),
  ...(message_thread_id === null ? {} : { message_thread_id: String(message_thread_id) }),
});

/** The filled-in settings of a kind, for the request. */
export const toSettings = (fields: readonly ChannelField[], values: Partial<Settings>) =>
  Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = values[name];
      return value ? [[name, name === "message_thread_id" ? Number(value) : value] as const] : [];
    }),
  );
