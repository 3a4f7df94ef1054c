import { expect, test } from "vitest";
import { judgeAnswer } from "./lasting.ts";

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
] as const)("%s %i %s is lasting", (kind, status, answer, code) => {
  expect(judgeAnswer(kind, { status, answer })).toEqual({ lasting: { code, params: {} }, movedTo: null });
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
] as const)("%s %s %s may pass", (kind, status, answer) => {
  expect(judgeAnswer(kind, { status, answer })).toEqual({ lasting: null, movedTo: null });
});

test("a group that became a supergroup has moved, to an id that no number rounds", () => {
  const answer =
    '{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1001234567890123456}}';
  expect(judgeAnswer("telegram", { status: 400, answer })).toEqual({ lasting: null, movedTo: "-1001234567890123456" });
  expect(judgeAnswer("webhook", { status: 400, answer }).movedTo).toBeNull();
});
