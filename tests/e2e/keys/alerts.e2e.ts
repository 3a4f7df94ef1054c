import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { usd } from "@orwatch/openrouter-sim";
import { expect, type Page, test } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { keepSecret } from "../../support/server/suite-log.ts";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  listenToConsole,
  logIn,
  openRest,
  register,
  signIn,
  syncKey,
} from "../support/person.ts";
import { dayAgo, openAccount, type Product, startProduct } from "../support/product.ts";

let product: Product;
let receiver: Server;
const received: { headers: Record<string, string>; body: string }[] = [];
let status = 200;
let secretOf = "";

test.beforeAll(async () => {
  product = await startProduct({ ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" });
  receiver = createServer((req, res) => {
    let body = "";
    req.setEncoding("utf8").on("data", (part: string) => {
      body += part;
    });
    req.on("end", () => {
      received.push({ headers: req.headers as Record<string, string>, body });
      res.writeHead(status).end("noted");
    });
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
});
test.afterAll(async () => {
  receiver.close();
  await product.stop();
});

const hookUrl = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
const part = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Alert pages" }).getByText(name).click();

test("adds a webhook, shows its secret once, and sends a signed test message", async ({ page }) => {
  const said = listenToConsole(page);
  await register(page, product, "ada@example.com");
  await page.getByRole("link", { name: "Alerts" }).click();
  await expect(page.getByRole("heading", { name: "No notifications" })).toBeVisible();
  await expectAccessible(page);

  await part(page, "Channels");
  await expect(page.getByRole("heading", { name: "No channels yet" })).toBeVisible();
  await page.getByRole("link", { name: "Add channel" }).click();
  const adding = page.getByRole("dialog", { name: "Add a channel" });
  await adding.getByLabel("Type").selectOption("email");
  await expect(adding.getByText("This server cannot send email")).toBeVisible();
  await adding.getByLabel("Type").selectOption("webhook");
  await adding.getByRole("button", { name: "Add channel" }).click();
  await expect(adding.getByText("URL is required.")).toBeVisible();
  await expectAccessible(page);
  await adding.getByLabel("URL").fill("ftp://example.com");
  await page.keyboard.press("Enter");
  await expect(adding.getByLabel("URL")).toHaveAttribute("aria-invalid", "true");
  await adding.getByLabel("URL").fill(hookUrl());
  await adding.getByLabel("Name").fill("Cost bot");
  await adding.getByRole("button", { name: "Add channel" }).click();
  const shown = page.getByRole("alertdialog", { name: "Save this signing secret now" });
  const secret = await shown.getByLabel("Signing secret", { exact: true }).inputValue();
  keepSecret(secret);
  expect(secret).toMatch(/^whsec_/);
  await page.keyboard.press("Escape");
  await expect(shown.getByText("You have not copied the secret")).toBeVisible();
  await expectAccessible(page);
  await shown.getByRole("button", { name: "I have saved it" }).click();
  await expect(shown).toBeHidden();
  expect(await page.content()).not.toContain(secret);

  await page.getByRole("button", { name: "Actions for Cost bot" }).click();
  await page.getByRole("menuitem", { name: "Send test message" }).click();
  await expect(page.getByText("The test message reached Cost bot.")).toBeVisible();
  expect(() => new Webhook(secret).verify(received[0]?.body ?? "", received[0]?.headers ?? {})).not.toThrow();
  await expect(page.getByText("Working")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Actions for Cost bot" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const editing = page.getByRole("dialog", { name: "Edit Cost bot" });
  await expect(editing.getByLabel("URL")).toHaveValue("");
  await expectAccessible(page);
  await editing.getByLabel("URL").fill(`${hookUrl()}?edited`);
  await editing.getByRole("button", { name: "Save" }).click();
  await expect(editing).toBeHidden();
  const before = received.length;
  await page.getByRole("button", { name: "Actions for Cost bot" }).click();
  await page.getByRole("menuitem", { name: "Send test message" }).click();
  await expect.poll(() => received.length).toBe(before + 1);
  expect(() => new Webhook(secret).verify(received[before]?.body ?? "", received[before]?.headers ?? {})).not.toThrow();
  secretOf = secret;
  // The rejected request: Chromium logs its status.
  expect(said.filter((line) => !line.includes("400 (Bad Request)"))).toEqual([]);
});

test("creates a rule that fires, shows the alert in inbox and webhook, and marks read, snoozes and deletes it", async ({
  page,
}) => {
  const said = listenToConsole(page);
  const { app, manager } = openAccount(product.sim);
  await signIn(page, product, "ada@example.com");
  const rest = await openRest(product, "ada@example.com");
  await page.goto(`${product.url}/alerts`);
  await part(page, "Rules");
  await page.getByRole("link", { name: "Add rule" }).click();
  const rule = page.getByRole("dialog", { name: "Add a rule" });
  await rule.getByRole("button", { name: "Add rule" }).click();
  await expect(rule.getByText("Enter an amount above 0")).toBeVisible();
  await expect(rule.getByLabel("Amount (USD)")).toBeFocused();
  await expectAccessible(page);
  await rule.getByLabel("Amount (USD)").fill("0,25");
  await rule.getByLabel("Name").fill("A dear day");
  await rule.getByText("Selected keys").click();
  await rule.getByRole("button", { name: "Add rule" }).click();
  await expect(rule.getByText("Select at least one key, or all keys.")).toBeVisible();
  await rule.getByText("All keys, including new ones").click();
  await rule.getByRole("button", { name: "Add rule" }).click();
  await expect(page.getByText("When the spend of all keys combined exceeds $0.25 in a UTC day")).toBeVisible();

  product.sim.ledger.spendOnDay(dayAgo(0), app, "openai/gpt-5-mini-2025-08-07", {
    costNanos: usd("1.5"),
    requests: 1,
    promptTokens: 10,
    completionTokens: 10,
  });
  await rest.post("/api/keys", { name: "manager", key: manager.secret });
  await rest.post("/api/keys", { name: "app", key: app.secret });
  const { body } = await rest.get("/api/keys");
  for (const { id } of body.items) await syncKey(rest, id);
  await part(page, "Inbox");
  const message = page.getByRole("listitem").filter({ hasText: "Spend of all keys on" }).first();
  await expect(async () => {
    await page.reload();
    await expect(message).toBeVisible({ timeout: 5000 });
  }).toPass();
  await expect(page.getByRole("link", { name: /Alerts/ }).getByText(/unread/)).toHaveCount(1);
  await expectAccessibleEverywhere(page);
  await expect.poll(() => received.some(({ body }) => body.includes("Spend of all keys"))).toBe(true);
  for (const { headers, body } of received) expect(() => new Webhook(secretOf).verify(body, headers)).not.toThrow();
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.getByText("Unread (0)")).toBeVisible();

  await part(page, "Rules");
  const row = page.getByRole("listitem").filter({ hasText: "A dear day" });
  await expect(row.getByText("Firing")).toBeVisible();
  await row.getByRole("button", { name: "Actions for A dear day" }).click();
  await page.getByRole("menuitem", { name: "Snooze 1 day" }).click();
  await expect(row.getByText(/Snoozed until/)).toBeVisible();
  await row.getByRole("button", { name: "Actions for A dear day" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const question = page.getByRole("alertdialog", { name: "Delete rule A dear day?" });
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await question.getByRole("button", { name: "Delete rule" }).click();
  await expect(row).toHaveCount(0);
  expect(said).toEqual([]);
});

test("shows a failed delivery with its reason, retries it, and saves quiet hours and a pause", async ({ page }) => {
  await logIn(page, product, "ada@example.com");
  const rest = await openRest(product, "ada@example.com");
  status = 500;
  await page.goto(`${product.url}/alerts?part=channels`);
  await page.getByRole("button", { name: "Actions for Cost bot" }).click();
  await page.getByRole("menuitem", { name: "Send test message" }).click();
  await expect(page.getByText(/The test message did not reach Cost bot/)).toBeVisible();
  await rest.post("/api/alerts/rules", { name: "Any spend", kind: "spend", span: "month", amount: "0.01" });
  const { body } = await rest.get("/api/keys");
  for (const { id } of body.items) await syncKey(rest, id);
  await page.getByRole("button", { name: "Actions for Cost bot" }).click();
  await page.getByRole("menuitem", { name: "View deliveries" }).click();
  await expect(page).toHaveURL(/part=sent.*channel=/);
  await page.getByLabel("Show").selectOption("failed");
  await expect(page.getByRole("row").filter({ hasText: "Test" })).toHaveCount(1);
  await page.getByLabel("Show").selectOption("waiting");
  const waiting = page.getByRole("row").filter({ hasText: "Spend of all keys in" });
  // After two attempts the next one is a minute away, so that it does not compete with the click below.
  await expect(async () => {
    await page.reload();
    await expect(waiting.getByText(/^[2-9] attempts, next/)).toBeVisible({ timeout: 5000 });
  }).toPass();
  await expectAccessibleEverywhere(page);
  status = 200;
  await waiting.getByRole("button", { name: /^Send again: Spend of all keys in/ }).click();
  await expect(page.getByText("Sending again.")).toBeVisible();
  await page.getByLabel("Show").selectOption("delivered");
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/^[3-9] attempts/)).toBeVisible({ timeout: 5000 });
  }).toPass();

  await page.goto(`${product.url}/alerts?part=rules`);
  await page.getByText("From – to").click();
  await page.getByLabel("To", { exact: true }).fill("22:00");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Start and end must be different.")).toBeVisible();
  await page.getByLabel("To", { exact: true }).fill("06:30");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Settings saved.")).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText(/Notifications are paused until/)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("To", { exact: true })).toHaveValue("06:30");
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
});

test("shows the forecast of the month, how it is computed, and earlier forecasts", async ({ page }) => {
  await signIn(page, product, "ada@example.com");
  await page.goto(`${product.url}/alerts?part=forecast`);
  const rest = await openRest(product, "ada@example.com");
  const { body } = await rest.get("/api/forecast");
  const bar = page.getByRole("img", { name: /^So far \$/ });
  await expect(bar).toBeVisible();
  await expect(page.locator(`[data-exact="${body.month.middle}"]`).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "How it is calculated" })).toBeVisible();
  await expect(page.getByText("left of $50.00")).toBeVisible();
  await expectAccessibleEverywhere(page);
  await page.getByLabel("Keys", { exact: true }).selectOption({ label: "manager" });
  await expect(page).toHaveURL(/key=/);
});

test("another user sees no rules, alerts or channels, and long names in any script fit", async ({ page }) => {
  await register(page, product, "bob@example.com");
  const rest = await openRest(product, "bob@example.com");
  await page.goto(`${product.url}/alerts`);
  await expect(page.getByRole("heading", { name: "No notifications" })).toBeVisible();
  await page.goto(`${product.url}/alerts?part=sent`);
  await expect(page.getByRole("heading", { name: "No deliveries yet" })).toBeVisible();
  for (const name of ["تنبيه الإنفاق 🔔", "W".repeat(100)]) {
    await rest.post("/api/alerts/rules", { name, kind: "key_invalid" });
    await rest.post("/api/channels", { kind: "webhook", name, url: `${hookUrl()}?${"q".repeat(300)}` });
  }
  for (const one of ["rules", "channels"]) {
    await page.goto(`${product.url}/alerts?part=${one}`);
    await expect(page.getByRole("heading", { name: "W".repeat(100) })).toBeVisible();
    await expectAccessibleEverywhere(page);
  }
});
