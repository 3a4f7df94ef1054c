import { afterAll, beforeAll, expect, test } from "vitest";
import { addChannel } from "../support/alerts/channels.ts";
import { type Receiver, startReceiver } from "../support/alerts/receivers.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let receiver: Receiver;
beforeAll(async () => {
  harness = await startHarness({
    sim: { now: new Date().toISOString() },
    env: { ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8", PUBLIC_URL: "https://keys.example.com" },
  });
  user = await harness.createUser();
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await harness.close();
});

const BOT = "123456789:AAEhBOweik6ad9r_zWxC-0123456789abcd";

test("an eleventh channel is rejected, also when many are added at once", async () => {
  const answers = await Promise.all(
    Array.from({ length: 14 }, (_, n) =>
      user.post("/api/channels", { kind: "webhook", name: `${n}`, url: receiver.url }),
    ),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
  for (const { id } of (await user.get("/api/channels")).body.items) await user.delete(`/api/channels/${id}`);
});

test.each([
  [{ kind: "webhook" }, "url", "field_missing"],
  [{ kind: "webhook", url: "ftp://example.com" }, "url", "field_not_url"],
  [{ kind: "webhook", url: "https://a:b@example.com" }, "url", "field_url_with_login"],
  [{ kind: "telegram", chat_id: "1" }, "bot_token", "field_missing"],
  [{ kind: "telegram", chat_id: "1/../x", bot_token: BOT }, "chat_id", "field_not_chat_id"],
  [{ kind: "telegram", chat_id: "1", bot_token: "123/../../x" }, "bot_token", "field_not_bot_token"],
  [{ kind: "ntfy", topic: "a/b" }, "topic", "field_not_topic"],
  [{ kind: "ntfy", topic: "a", url: "https://ntfy.sh/a" }, "url", "field_url_no_topic"],
  [{ kind: "telegram", chat_id: "1", bot_token: BOT, url: "https://example.com/?x=1" }, "url", "field_url_server_only"],
  [{ kind: "ntfy", topic: "a", access_token: "a\r\nb: c" }, "access_token", "field_not_access_token"],
  [{ kind: "email", address: "nobody" }, "address", "field_not_email"],
  [{ kind: "slack", url: "https://example.com", topic: "x" }, "topic", "field_not_for_kind"],
  [{ kind: "webhook", url: "https://example.com", wants_digest: true }, "wants_digest", "field_not_for_kind"],
  [{ kind: "pigeon" }, "kind", "field_not_allowed"],
])("rejects the channel %j at %s with %s", async (fields, path, reason) => {
  const answer = await user.post("/api/channels", { name: "x", ...fields });
  expect(answer.status).toBe(400);
  expect(answer.body.issues).toContainEqual(expect.objectContaining({ path, reason }));
});

test("a private address is rejected when it is entered", async () => {
  const closed = await startHarness();
  const person = await closed.createUser();
  for (const url of [
    "http://127.0.0.1:8080/",
    "http://[::1]/",
    "http://2130706433/",
    "http://169.254.169.254/latest",
  ]) {
    const answer = await person.post("/api/channels", { kind: "webhook", name: "x", url });
    expect([answer.status, answer.body.issues?.[0]?.path], url).toEqual([400, "url"]);
  }
  const { id } = await addChannel(person, { kind: "webhook", url: `http://localhost:${receiver.port}/` });
  expect((await person.post(`/api/channels/${id}/test`)).body).toMatchObject({ state: "failed" });
  await closed.close();
});
