import { expect, test } from "vitest";
import { toItalian } from "../inbox/italian.ts";
import { judgeAnswer, LASTING_SENTENCES } from "./lasting.ts";

const telegram = (error_code: number, description: string, more = {}) =>
  JSON.stringify({ ok: false, error_code, description, ...more });

test.each([
  ["telegram", 403, telegram(403, "Forbidden: bot was blocked by the user"), /blocked/],
  ["telegram", 403, telegram(403, "Forbidden: bot was kicked from the supergroup chat"), /member/],
  ["telegram", 403, telegram(403, "Forbidden: something new"), /may not write/],
  ["telegram", 400, telegram(400, "Bad Request: chat not found"), /no such chat/],
  ["telegram", 400, telegram(400, "Bad Request: message thread not found"), /topic/],
  ["telegram", 401, telegram(401, "Unauthorized"), /bot token/],
  ["telegram", 404, telegram(404, "Not Found"), /bot token/],
  ["slack", 404, "no_service", /no longer knows/],
  ["slack", 404, "channel_is_archived", /archived/],
  ["slack", 410, "channel_is_archived", /archived/],
  ["slack", 403, "action_prohibited", /administrator/],
  ["discord", 404, '{"message": "Unknown Webhook", "code": 10015}', /no longer knows/],
  ["discord", 401, '{"message": "Invalid Webhook Token", "code": 50027}', /no longer knows/],
  ["ntfy", 401, '{"code":40101,"http":401,"error":"unauthorized"}', /access token/],
  ["ntfy", 403, '{"code":40301,"http":403,"error":"forbidden"}', /topic/],
  ["webhook", 410, "", /gone for good/],
] as const)("%s %i %s is lasting", (kind, status, answer, words) => {
  expect(judgeAnswer(kind, { status, answer })).toEqual({ lasting: expect.stringMatching(words), movedTo: null });
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

test("every reason has its Italian, alone and in the notice of a channel that was switched off", () => {
  const after = " Test the channel and switch it on again when it works.";
  for (const sentence of LASTING_SENTENCES) {
    expect(toItalian(sentence), sentence).not.toBe(sentence);
    expect(toItalian(sentence + after), sentence).not.toContain(sentence);
  }
});
