import { message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { textsIn } from "@orwatch/messages/renderer";
import { z } from "zod";
import { escapeHtml, toLink } from "../mail/text.ts";
import {
  defineProvider,
  findReason,
  type KnownAnswers,
  optional,
  pasted,
  post,
  type Rejection,
  required,
  url,
  withDefault,
} from "./define.ts";
import { layOut } from "./layout.ts";
import type { Notification } from "./notification.ts";

interface TelegramSettings {
  url: string;
  botToken: string;
  chatId: string;
  /** A topic of a group; absent in channels of earlier versions. */
  threadId?: number | null;
}

/** A Telegram chat, through a bot. */
export const telegram = defineProvider({
  kind: "telegram",
  fields: {
    url: withDefault(url.describe("Server. Default: `https://api.telegram.org`."), "https://api.telegram.org"),
    bot_token: required(
      pasted
        .regex(/^\d{5,20}:[\w-]{30,100}$/, storeMessage(message("field_not_bot_token", {})))
        .describe("Token of the bot that sends messages."),
      { isSecret: true },
    ),
    chat_id: required(
      pasted
        .regex(/^(-?\d{1,20}|@[A-Za-z]\w{3,31})$/, storeMessage(message("field_not_chat_id", {})))
        .describe("ID or @name of the chat to send to."),
    ),
    message_thread_id: optional(
      z
        .int()
        .min(1)
        .max(2 ** 31 - 1)
        .describe(
          "Topic of a group with topics: the number after the chat in a link to the topic, such as 42 in `t.me/c/1234567890/42`.",
        ),
    ),
  },
  toSettings: (fields): TelegramSettings => ({
    url: fields.url.replace(/\/+$/, ""),
    botToken: fields.bot_token,
    chatId: fields.chat_id,
    threadId: fields.message_thread_id,
  }),
  toFields: ({ url, botToken, chatId, threadId = null }) => ({
    url,
    bot_token: botToken,
    chat_id: chatId,
    message_thread_id: threadId,
  }),
  findUrlFlaw: ({ search, hash }) => (search === "" && hash === "" ? null : message("field_url_server_only", {})),
  credential: "bot_token",
  target: ({ chatId, threadId }) => `chat ${chatId}${threadId ? `, topic ${threadId}` : ""}`,
  secrets: ({ botToken }) => [botToken],
  send: (input) =>
    post(
      input,
      {
        url: `${input.settings.url}/bot${input.settings.botToken}/sendMessage`,
        body: toTelegramBody(input.notification, input.settings),
      },
      { rejection: (answer) => explain(answer, input.settings), retryAfterS: readRetryAfter },
    ),
});

/** Telegram accepts 4,096 characters without markup. Markup is counted too, to be safe. */
export const toTelegramBody = (
  notification: Notification,
  chat: Pick<TelegramSettings, "chatId" | "threadId">,
): string =>
  JSON.stringify({
    chat_id: chat.chatId,
    ...(chat.threadId ? { message_thread_id: chat.threadId } : {}),
    text: layOut(notification, {
      max: 4096,
      title: (text) => `<b>${text}</b>`,
      toSafe: escapeHtml,
      link: (link) => toLink(link, textsIn(notification.language).open_orwatch()),
    }),
    parse_mode: "HTML",
    link_preview_options: { is_disabled: true },
  });

const ANSWERS: KnownAnswers = [
  [/bot was blocked by the user/i, "telegram_bot_blocked"],
  [/user is deactivated/i, "telegram_user_deleted"],
  [/can't initiate conversation/i, "telegram_not_started"],
  [/kicked|not a member/i, "telegram_bot_removed"],
  [/chat not found|PEER_ID_INVALID/i, "telegram_chat_not_found"],
  [/thread not found|TOPIC_(CLOSED|DELETED|ID_INVALID)/i, "telegram_topic_closed"],
  [
    /not enough rights|have no rights|CHAT_WRITE_FORBIDDEN|need administrator rights|"error_code":\s*403/i,
    "telegram_no_rights",
  ],
  [/"error_code":\s*(401|404)/, "telegram_token_unknown"],
];

/** A group that became a supergroup has a new id. */
function explain(answer: string, settings: TelegramSettings): Rejection<TelegramSettings> {
  const chatId = /"migrate_to_chat_id":\s*(-?\d{1,20})/.exec(answer)?.[1];
  if (chatId !== undefined) return { moved: { ...settings, chatId } };
  return /"ok":\s*false/.test(answer) ? { reason: findReason(ANSWERS, answer) } : {};
}

/** Telegram says in the body how long to wait. */
function readRetryAfter(answer: string): number | null {
  const seconds = Number(/"retry_after":\s*(\d{1,6})/.exec(answer)?.[1]);
  return seconds > 0 ? seconds : null;
}
