import { message } from "@orwatch/messages/message";
import { runJobNow } from "@orwatch/server/jobs/service";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addChannel, deliver, deliveriesOf, notify, startMailServer } from "../support/alerts/channels.ts";
import { type Receiver, startReceiver } from "../support/alerts/receivers.ts";
import { seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";
import { english, italian } from "./messages.ts";

let harness: Harness;
let user: Caller;
let receiver: Receiver;
let server: Awaited<ReturnType<typeof startMailServer>>;
/** A Sunday; the digest is due the morning after. */
beforeEach(async () => {
  server = await startMailServer();
  receiver = await startReceiver();
  harness = await startHarness({
    sim: { now: "2026-03-08T20:00:00Z" },
    env: {
      ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8",
      PUBLIC_URL: "https://keys.example.com",
      SMTP_URL: server.url,
      MAIL_FROM: "orwatch@example.com",
    },
  });
  user = await harness.createUser();
});
afterEach(async () => {
  await harness.close();
  await receiver.close();
  await server.close();
});

const lastBody = () => JSON.parse(receiver.received.at(-1)?.body ?? "{}");
const SYNCS_AGAIN = message("key_sync_stale_resolved", { key_id: 1, key: "x" });
const ITALIAN = italian(SYNCS_AGAIN);
const ENGLISH = english(SYNCS_AGAIN);

test("notifications and tests are in the language of the channel, the inbox in the reader's", async () => {
  const telegram = { kind: "telegram", url: receiver.url, bot_token: `123456789:${"a".repeat(35)}`, chat_id: "1" };
  const { id } = await addChannel(user, { ...telegram, language: "it" });
  await notify(harness, user, SYNCS_AGAIN);
  await deliver(harness);
  expect(lastBody().text).toContain(`<b>${ITALIAN}</b>`);
  expect(lastBody().text).toContain('<a href="https://keys.example.com/alerts">Apri orwatch</a>');
  expect((await deliveriesOf(user)).at(-1).title).toBe(ITALIAN);
  await user.post(`/api/channels/${id}/test`);
  expect(lastBody().text).toContain(italian(message("channel_test_title", {})));
  expect((await user.put(`/api/channels/${id}`, { language: "en" })).body.language).toBe("en");
  await user.post(`/api/channels/${id}/test`);
  expect(lastBody().text).toContain(english(message("channel_test_title", {})));
  expect((await user.put(`/api/channels/${id}`, { language: "fr" })).status).toBe(400);

  const titleIn = async (query: string) => (await user.get(`/api/inbox${query}`)).body.items[0].title;
  expect([await titleIn("?language=it"), await titleIn(""), await titleIn("?language=en")]).toEqual([
    ITALIAN,
    ENGLISH,
    ENGLISH,
  ]);
});

test("code and digest of an email channel are in its language", async () => {
  seedUsage(harness, { email: user.email, keys: ["shop"], models: ["openai/gpt-5"], through: "2026-03-08", days: 40 });
  for (const [address, language] of [
    ["ada@example.com", "it"],
    ["bob@example.com", "en"],
  ]) {
    const { id } = await addChannel(user, { kind: "email", address, language, wants_digest: true });
    const code = /(\d{6}) (?:=C3=A8|è|is) (?:il tuo codice di conferma|your confirmation code)/.exec(
      server.mails.at(-1)?.source ?? "",
    )?.[1];
    expect((await user.post(`/api/channels/${id}/confirm`, { code })).status).toBe(200);
  }
  server.mails.length = 0;
  harness.sim.clock.set(new Date("2026-03-09T07:00:00Z"));
  await runJobNow(harness.server.app, "digest");
  await deliver(harness);
  const mailTo = (address: string) => server.mails.find(({ to }) => to[0] === address)?.source ?? "";
  for (const part of ['<html lang="it">', "La tua settimana: ", "Chiavi pi", "iscrizione al riepilogo"])
    expect(mailTo("ada@example.com")).toContain(part);
  for (const part of ['<html lang="en">', "Your week: ", "Top keys", "Unsubscribe from the weekly digest"])
    expect(mailTo("bob@example.com")).toContain(part);
});
