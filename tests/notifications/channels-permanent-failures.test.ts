import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addChannel, deliver, deliveriesOf, notify, passTime } from "../support/alerts/channels.ts";
import { type Receiver, startReceiver } from "../support/alerts/receivers.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let receiver: Receiver;
let user: Caller;
let users = 0;
beforeAll(async () => {
  harness = await startHarness({
    sim: { now: "2026-03-10T12:00:00Z" },
    env: { ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" },
  });
  receiver = await startReceiver();
});
beforeEach(async () => {
  harness.sim.clock.advance(61_000);
  users += 1;
  user = await harness.createUser(`lasting${users}@example.com`);
  receiver.received.length = 0;
});
afterAll(async () => {
  await harness.close();
  await receiver.close();
});

const BOT = `123456789:${"a".repeat(35)}`;
const channel = async (id: number) => (await user.get(`/api/channels/${id}`)).body;
const telegramSays = (error_code: number, description: string, more = {}) =>
  JSON.stringify({ ok: false, error_code, description, ...more });

const KINDS: Record<string, (url: string) => Record<string, unknown>> = {
  telegram: (url) => ({ kind: "telegram", url, bot_token: BOT, chat_id: "-100" }),
  slack: (url) => ({ kind: "slack", url: `${url}/services/T/B/secret` }),
  discord: (url) => ({ kind: "discord", url: `${url}/api/webhooks/1/secret` }),
  ntfy: (url) => ({ kind: "ntfy", url, topic: "alerts" }),
  webhook: (url) => ({ kind: "webhook", url: `${url}/hook` }),
};

describe("permanent rejections", () => {
  test.each([
    ["telegram", 403, telegramSays(403, "Forbidden: bot was blocked by the user"), "telegram_bot_blocked"],
    ["telegram", 400, telegramSays(400, "Bad Request: chat not found"), "telegram_chat_not_found"],
    ["slack", 404, "no_service", "slack_webhook_deleted"],
    ["slack", 404, "channel_is_archived", "slack_channel_archived"],
    ["discord", 404, '{"message":"Unknown Webhook","code":10015}', "discord_webhook_deleted"],
    ["ntfy", 401, '{"code":40101,"http":401}', "ntfy_token_rejected"],
    ["ntfy", 403, '{"code":40301,"http":403}', "ntfy_topic_forbidden"],
    ["webhook", 410, "", "channel_receiver_gone"],
  ])("a rejection turns the channel off at once: %s answering %i %s", async (kind, status, answer, code) => {
    const { id } = await addChannel(user, KINDS[kind]?.(receiver.url) ?? {});
    receiver.answer((res) => res.writeHead(status).end(answer));
    await notify(harness, user, "A budget is passed");
    await deliver(harness);
    expect(receiver.received).toHaveLength(1);
    expect(await channel(id)).toMatchObject({
      status: "off",
      status_message: expect.any(String),
      status_reason: { code },
    });
    expect(await deliveriesOf(user)).toMatchObject([
      { state: "failed", next_try_at: null, last_status: status, last_error_message: { code } },
    ]);
    const { items } = (await user.get("/api/inbox")).body;
    expect(items[0]).toMatchObject({
      kind: "channel",
      items: [{ message: { code: "channel_turned_off", params: { cause: { code } } } }],
    });
    await passTime(harness, 2);
    expect(receiver.received).toHaveLength(1);
  });

  test.each([
    ["telegram", 403, "<html>Forbidden</html>"],
    ["slack", 404, "<html>Not Found</html>"],
    ["discord", 404, "<html>Not Found</html>"],
    ["webhook", 404, ""],
    ["telegram", 502, telegramSays(502, "Bad Gateway")],
  ])("a delivery is retried after %s answering %i %s", async (kind, status, answer) => {
    const { id } = await addChannel(user, KINDS[kind]?.(receiver.url) ?? {});
    receiver.answer((res) => res.writeHead(status).end(answer));
    await notify(harness, user, "A budget is passed");
    await deliver(harness);
    expect(await channel(id)).toMatchObject({ status: "failing", is_active: true });
    receiver.answer((res) => res.writeHead(200).end("{}"));
    await passTime(harness, 1);
    expect(await deliveriesOf(user)).toMatchObject([{ state: "delivered" }]);
  });
});

describe("a Telegram group that became a supergroup", () => {
  const NEW = -1_001_234_567_890;
  const chats = () => receiver.received.map(({ body }) => JSON.parse(body).chat_id);
  beforeEach(() =>
    receiver.answer((res, { body }) =>
      JSON.parse(body).chat_id === String(NEW)
        ? res.writeHead(200).end('{"ok":true}')
        : res
            .writeHead(400)
            .end(
              telegramSays(400, "Bad Request: group chat was upgraded", { parameters: { migrate_to_chat_id: NEW } }),
            ),
    ),
  );

  test("a Telegram supergroup receives the message at once under its new id, which is stored", async () => {
    const { id } = await addChannel(user, KINDS.telegram?.(receiver.url) ?? {});
    await notify(harness, user, "first");
    await deliver(harness);
    expect(chats()).toEqual(["-100", String(NEW)]);
    expect(await channel(id)).toMatchObject({ status: "ok", chat_id: String(NEW), target: `chat ${NEW}` });
    await notify(harness, user, "second");
    await deliver(harness);
    expect(chats()).toEqual(["-100", String(NEW), String(NEW)]);
  });

  test("a Telegram supergroup receives test messages under its new id", async () => {
    const { id } = await addChannel(user, KINDS.telegram?.(receiver.url) ?? {});
    expect((await user.post(`/api/channels/${id}/test`)).body).toMatchObject({ state: "delivered" });
    expect(await channel(id)).toMatchObject({ chat_id: String(NEW) });
  });
});
