import { evaluateAll } from "@orwatch/server/alerts/evaluation/evaluate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addChannel, deliver, startMailServer } from "../support/alerts/channels.ts";
import { type Receiver, startReceiver } from "../support/alerts/receivers.ts";
import { createAccount, type Scenario, startScenario } from "../support/openrouter/scenario.ts";
import { settle } from "../support/server/harness.ts";

/** Names that are sentences of the product, of this version and of earlier ones. */
const RULE = "Credits: production under $20";
const KEY = "Credits: OpenRouter took too long.";
const LANGUAGES = ["en", "it"] as const;
const WORDS = { en: "which was deleted", it: "è stata eliminata" };

let scenario: Scenario;
let receiver: Receiver;
let mail: Awaited<ReturnType<typeof startMailServer>>;
beforeAll(async () => {
  receiver = await startReceiver();
  mail = await startMailServer();
  scenario = await startScenario("2026-03-10T12:00:00Z", {
    env: { ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8", SMTP_URL: mail.url, MAIL_FROM: "orwatch@example.com" },
  });
  const { user, harness } = scenario;
  for (const language of LANGUAGES) {
    const url = (kind: string) => `${receiver.url}/${kind}/${language}`;
    await addChannel(user, { kind: "webhook", language, url: url("webhook") });
    await addChannel(user, { kind: "slack", language, url: url("slack") });
    await addChannel(user, { kind: "discord", language, url: url("discord") });
    const email = await addChannel(user, { kind: "email", language, address: `${language}@example.com` });
    const code = /^Subject: .*?(\d{6})/m.exec(mail.mails.at(-1)?.source ?? "")?.[1];
    expect((await user.post(`/api/channels/${email.id}/confirm`, { code })).status).toBe(200);
  }
  const added = await user.post("/api/keys", { name: KEY, key: createAccount(scenario).key.secret });
  await settle(harness);
  await user.post("/api/alerts/rules", { name: RULE, kind: "key_invalid", api_key_ids: [added.body.id] });
  expect((await user.delete(`/api/keys/${added.body.id}`)).status).toBe(204);
  mail.mails.length = 0;
  receiver.received.length = 0;
  await evaluateAll(harness.server.app);
  await deliver(harness);
});
afterAll(async () => {
  await scenario.harness.close();
  await receiver.close();
  await mail.close();
});

const bodyOf = (kind: string, language: string) =>
  JSON.parse(receiver.received.find(({ path }) => path === `/${kind}/${language}`)?.body ?? "{}");

function expectNames(text: string, language: "en" | "it"): void {
  expect(text).toContain(WORDS[language]);
  expect(text).toContain(RULE);
  expect(text).toContain(KEY);
}

describe.each(LANGUAGES)("names that read like messages, in %s", (language) => {
  test("names that read like messages are unchanged in the inbox", async () => {
    const [notice] = (await scenario.user.get(`/api/inbox?language=${language}`)).body.items;
    expectNames(notice.items[0].text, language);
    expectNames(notice.title, language);
    expect(notice.message.params).toMatchObject({ rule: RULE, key: KEY });
    expect(notice.items[0]).toMatchObject({ rule_name: RULE, key_name: KEY, message: notice.message });
  });

  test("names that read like messages are unchanged in a webhook", () => {
    const { data } = bodyOf("webhook", language);
    expectNames(data.title, language);
    expectNames(data.items[0].text, language);
    expect(data.items[0]).toMatchObject({ rule_name: RULE, key_name: KEY });
    expect(data.items[0].message.params).toMatchObject({ rule: RULE, key: KEY });
  });

  test("names that read like messages are unchanged in chats", () => {
    expectNames(bodyOf("slack", language).text, language);
    expectNames(bodyOf("discord", language).content.replaceAll("\\", ""), language);
  });

  test("names that read like messages are unchanged in email", () => {
    const { source = "" } = mail.mails.find(({ to }) => to[0] === `${language}@example.com`) ?? {};
    expectNames(
      Buffer.from(source.replace(/=([0-9A-F]{2})/g, "%$1"), "latin1")
        .toString()
        .replace(/(?:%[0-9A-F]{2})+/g, decodeURIComponent),
      language,
    );
  });
});

test("a rule keeps its name in the list", async () => {
  const { items } = (await scenario.user.get("/api/alerts/rules")).body;
  expect(items.at(-1)).toMatchObject({ name: RULE, name_message: null });
});
