import { message } from "@orwatch/messages/message";
import { expect, test } from "vitest";
import { type ChannelKind, providerOf } from "./index.ts";

const FIELDS = {
  url: "https://example.com",
  bot_token: "t",
  chat_id: "-100",
  message_thread_id: null,
  topic: "a",
  access_token: null,
};

/** What a provider makes of a response of its service. */
async function explain(kind: ChannelKind, answer: { status: number | null; answer: string }) {
  const { toSettings, send } = providerOf(kind);
  const { isLasting, error, moved, retryAfterS } = await send({
    settings: toSettings(FIELDS),
    notification: {
      messageId: "msg_1",
      kind: "test",
      title: "",
      message: message("channel_test_title", {}),
      items: [],
      createdAt: new Date("2026-03-10T12:00:00Z"),
      site: null,
      language: "en",
    },
    digest: null,
    sentAt: new Date("2026-03-10T12:00:00Z"),
    signal: AbortSignal.timeout(1000),
    http: async () => ({ ok: false, ...answer, error: PASSING, retryAfterS: null }),
    mail: async () => ({ ok: true, answer: "" }),
  });
  return { isLasting, error, moved, retryAfterS };
}

const PASSING = message("host_send_failed", { host: "example.com" });

const telegram = (error_code: number, description: string, more = {}) =>
  JSON.stringify({ ok: false, error_code, description, ...more });

test.each([
  ["telegram", 403, telegram(403, "Forbidden: bot was blocked by the user"), "telegram_bot_blocked"],
  ["telegram", 403, telegram(403, "Forbidden: bot was kicked from the supergroup chat"), "telegram_bot_removed"],
  ["telegram", 403, telegram(403, "Forbidden: something new"), "telegram_no_rights"],
  ["telegram", 400, telegram(400, "Bad Request: chat not found"), "telegram_chat_not_found"],
  ["telegram", 400, telegram(400, "Bad Request: message thread not found"), "telegram_topic_closed"],
  ["telegram", 401, telegram(401, "Unauthorized"), "telegram_token_unknown"],
  ["telegram", 404, telegram(404, "Not Found"), "telegram_token_unknown"],
  ["slack", 404, "no_service", "slack_webhook_deleted"],
  ["slack", 404, "channel_is_archived", "slack_channel_archived"],
  ["slack", 410, "channel_is_archived", "slack_channel_archived"],
  ["slack", 403, "action_prohibited", "slack_not_allowed"],
  ["discord", 404, '{"message": "Unknown Webhook", "code": 10015}', "discord_webhook_deleted"],
  ["discord", 401, '{"message": "Invalid Webhook Token", "code": 50027}', "discord_webhook_deleted"],
  ["ntfy", 401, '{"code":40101,"http":401,"error":"unauthorized"}', "ntfy_token_rejected"],
  ["ntfy", 403, '{"code":40301,"http":403,"error":"forbidden"}', "ntfy_topic_forbidden"],
  ["webhook", 410, "", "channel_receiver_gone"],
] as const)("%s answering %i %s is a permanent failure", async (kind, status, answer, code) => {
  expect(await explain(kind, { status, answer })).toMatchObject({ isLasting: true, error: { code }, moved: null });
});

test.each([
  ["telegram", 400, telegram(400, "Bad Request: can't parse entities")],
  ["telegram", 429, telegram(429, "Too Many Requests: retry after 5", { parameters: { retry_after: 5 } })],
  ["telegram", 403, "<html>403 Forbidden</html>"],
  ["telegram", 502, telegram(502, "Bad Gateway")],
  ["slack", 404, "<html>404 Not Found</html>"],
  ["slack", 500, "no_service"],
  ["discord", 404, "<html>404 Not Found</html>"],
  ["discord", 429, '{"code":0,"retry_after":1}'],
  ["ntfy", 429, '{"code":42901}'],
  ["webhook", 404, ""],
  ["webhook", 403, ""],
  ["webhook", null, ""],
] as const)("%s answering %s %s is a temporary failure", async (kind, status, answer) => {
  expect(await explain(kind, { status, answer })).toMatchObject({ isLasting: false, error: PASSING, moved: null });
});

test("a Telegram group that became a supergroup has a new id, which is not rounded", async () => {
  const answer =
    '{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1001234567890123456}}';
  const { moved } = await explain("telegram", { status: 400, answer });
  expect(moved).toMatchObject({ chatId: "-1001234567890123456" });
  expect((await explain("webhook", { status: 400, answer })).moved).toBeNull();
});

test("the delay that Telegram asks for is read from its response", async () => {
  const answer = telegram(429, "Too Many Requests: retry after 5", { parameters: { retry_after: 5 } });
  expect((await explain("telegram", { status: 429, answer })).retryAfterS).toBe(5);
});
