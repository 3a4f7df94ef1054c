import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { cut, toLine } from "../mail/text.ts";
import { toDiscordBody } from "./discord.ts";
import { toMail } from "./email.ts";
import type { Notification } from "./notification.ts";
import { toNtfyBody } from "./ntfy.ts";
import { toSlackBody } from "./slack.ts";
import { toTelegramBody } from "./telegram.ts";
import { toWebhookBody } from "./webhook.ts";

let tried = 0;
afterAll(() => void process.stdout.write(`messages: ${tried} tried in every shape\n`));

const message = (given: Partial<Notification> = {}): Notification => ({
  messageId: "msg_1",
  language: "en",
  kind: "alert",
  title: "2 budgets are passed",
  message: { code: "alert_count", params: { count: 2 } },
  items: [{ text: "shop spent $12.50 today, more than $10.00", rule_id: 3 }, { text: "lab has 2 % left" }],
  createdAt: new Date("2026-03-10T12:00:00Z"),
  site: "https://keys.example.com",
  ...given,
});

test("a webhook has every field of the Standard Webhooks format", () => {
  expect(JSON.parse(toWebhookBody(message()))).toEqual({
    type: "notice.alert",
    timestamp: "2026-03-10T12:00:00.000Z",
    data: {
      kind: "alert",
      title: "2 budgets are passed",
      message: { code: "alert_count", params: { count: 2 } },
      items: [{ text: "shop spent $12.50 today, more than $10.00", rule_id: 3 }, { text: "lab has 2 % left" }],
      url: "https://keys.example.com/alerts",
    },
  });
  expect(JSON.parse(toWebhookBody(message({ kind: "test", site: null })))).toMatchObject({
    type: "test",
    data: { url: null },
  });
});

describe("names of keys in messages", () => {
  const nasty = message({
    title: "<!channel> *&*",
    items: [{ text: "[x](//evil) <b> @everyone `a` _b_ ||c||\n# d" }],
  });

  test("a name creates no mention and no link in Slack", () => {
    expect(JSON.parse(toSlackBody(nasty)).text).toBe(
      "*&lt;!channel&gt; ∗&amp;∗*\n• [x](//evil) &lt;b&gt; @everyone `a` _b_ ||c|| # d\n<https://keys.example.com/alerts|Open orwatch>",
    );
  });

  test("Discord messages have no mentions and no formatting", () => {
    const body = JSON.parse(toDiscordBody(nasty));
    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(body.content).toBe(
      "**\\<!channel\\> \\*&\\***\n• \\[x\\]\\(//evil\\) \\<b\\> \\@everyone \\`a\\` \\_b\\_ \\|\\|c\\|\\| \\# d\n<https://keys.example.com/alerts>",
    );
  });

  test("a name is escaped in the HTML for Telegram", () => {
    const body = JSON.parse(toTelegramBody(nasty, { chatId: "-100" }));
    expect(body).toMatchObject({ chat_id: "-100", parse_mode: "HTML" });
    expect(body.message_thread_id).toBeUndefined();
    expect(JSON.parse(toTelegramBody(nasty, { chatId: "-100", threadId: 12 })).message_thread_id).toBe(12);
    expect(body.text.split("\n")[0]).toBe("<b>&lt;!channel&gt; *&amp;*</b>");
  });

  test("a name is escaped in the HTML of an email and leaves its subject on one line", () => {
    const mail = toMail(message({ title: "<script>\r\nBcc: a@example.com", items: [{ text: "<img src=x>" }] }));
    expect(mail.subject).toBe("[orwatch] <script> Bcc: a@example.com");
    expect(mail.html).toContain("&lt;script&gt; Bcc: a@example.com");
    expect(mail.html).toContain("<li>&lt;img src=x&gt;</li>");
    expect(mail.html).not.toMatch(/<script|<img/);
    expect(mail.text).toContain("https://keys.example.com/alerts?part=channels");
    expect(toMail(message({ site: null })).html).not.toContain("href");
  });
});

test("a message of one item states it once, and a webhook contains all of it", () => {
  const one = message({ title: "shop spent $12.50", items: [{ text: "shop spent $12.50" }], site: null });
  expect(JSON.parse(toSlackBody(one)).text).toBe("*shop spent $12.50*");
  expect(JSON.parse(toNtfyBody(one, "t"))).toMatchObject({ title: "orwatch", message: "shop spent $12.50" });
  expect(toMail(one).text).toBe("shop spent $12.50\n\nManage these emails in orwatch, under Alerts.\n");
  expect(toMail(one).html).not.toContain("<ul>");
  expect(JSON.parse(toWebhookBody(one)).data.items).toHaveLength(1);
});

test("a message of several items states each once, below a title without them", () => {
  const texts = ["Spend of key “shop”: $12.50.", "Spend of key “lab”: $3.00.", "OpenRouter accepts key “app” again."];
  const several = message({
    title: "2 alerts, 1 alert resolved",
    items: [...texts, texts[0] ?? ""].map((text) => ({ text })),
  });
  const bodies = [
    JSON.parse(toSlackBody(several)).text,
    JSON.parse(toDiscordBody(several)).content.replaceAll("\\", ""),
    JSON.parse(toTelegramBody(several, { chatId: "1" })).text,
    JSON.parse(toNtfyBody(several, "t")).message,
    toMail(several).text,
    toMail(several).html,
  ];
  for (const body of bodies) for (const text of texts) expect(body.split(text), body).toHaveLength(2);
  expect(toMail(several).subject).toBe("[orwatch] 2 alerts, 1 alert resolved");
});

test("a single long sentence is not truncated in a chat", () => {
  const text = `OpenRouter no longer accepts key “shop”. ${"It was refused. ".repeat(15)}`.trim();
  const one = message({ title: text, items: [{ text }], site: null });
  expect(JSON.parse(toSlackBody(one)).text).toBe(`*${text}*`);
  expect(JSON.parse(toNtfyBody(one, "t")).message).toBe(text);
});

test("bidirectional marks and control characters are removed", () => {
  expect(toLine("a\u0000b\r\nc\u202ed\u2066e\u2028f")).toBe("a b cde f");
});

test("items that do not fit are counted", () => {
  const many = message({ items: Array.from({ length: 500 }, (_, n) => ({ text: `key ${n} ${"x".repeat(100)}` })) });
  const { content } = JSON.parse(toDiscordBody(many));
  expect(content).toMatch(/\n… and 48\d more\n/);
  expect(content.length).toBeLessThanOrEqual(2000);
});

test("a text is truncated between characters, never inside one", () => {
  expect(cut("ab", 2)).toBe("ab");
  expect(cut("a😀😀", 4)).toBe("a😀…");
  expect(cut("😀😀", 2)).toBe("…");
});

test("messages with any text are valid and within the limits of their service", { timeout: 30_000 }, () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.constantFrom("&".repeat(700), "<".repeat(700), "*".repeat(700), "€".repeat(700), "😀".repeat(400), ""),
  );
  const items = fc.array(
    text.map((value) => ({ text: value })),
    { maxLength: 16 },
  );
  fc.assert(
    fc.property(text, items, fc.boolean(), (title, list, hasSite) => {
      tried += 1;
      const made = message({ title, items: list, ...(hasSite ? {} : { site: null }) });
      expect(JSON.parse(toSlackBody(made)).text.length).toBeLessThanOrEqual(4000);
      expect(JSON.parse(toDiscordBody(made)).content.length).toBeLessThanOrEqual(2000);
      const { text: html } = JSON.parse(toTelegramBody(made, { chatId: "1", threadId: 7 }));
      expect(html.length).toBeLessThanOrEqual(4096);
      expect(html.replace(/<\/?b>|<a href="[^"]*">|<\/a>|&(amp|lt|gt|quot);/g, "")).not.toMatch(/[<>&]/);
      const ntfy = JSON.parse(toNtfyBody(made, "t"));
      expect(Buffer.byteLength(ntfy.message)).toBeLessThanOrEqual(4096);
      expect(toMail(made).subject).not.toMatch(/[\r\n]/);
      expect(JSON.parse(toWebhookBody(made)).data.items).toHaveLength(list.length);
    }),
    { numRuns: 100 },
  );
});
