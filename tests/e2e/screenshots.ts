// Saves a screenshot of every page in light, dark and on a phone, and one in Italian, to the folder given on the command line; further
// arguments limit the pages.
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { fillBelievableYear } from "@orwatch/openrouter-sim";
import { chromium, type Page } from "@playwright/test";
import { PASSWORD, startProduct } from "./support/product.ts";

const folder = path.resolve(process.argv[2] ?? "test-results/screenshots");
const only = process.argv.slice(3);
mkdirSync(folder, { recursive: true });

const product = await startProduct({ MAX_API_KEYS_PER_USER: "50", ALLOW_PRIVATE_WEBHOOKS: "127.0.0.0/8" });
const life = fillBelievableYear(product.sim.ledger, { until: new Date(), days: 365 });
const post = async (where: string, body: unknown, credential = "") => {
  const response = await fetch(`${product.url}${where}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(credential ? { authorization: `Bearer ${credential}` } : {}) },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, string>;
};
const email = "demo@example.com";
await post("/api/auth/register", { email, password: PASSWORD, password_confirm: PASSWORD });
for (const other of ["finance@example.com", "research@example.com"])
  await post("/api/auth/register", { email: other, password: PASSWORD, password_confirm: PASSWORD });
const { access_token = "" } = await post("/api/auth/login", { email, password: PASSWORD });
const manager = await post("/api/keys", { name: "Account manager", key: life.managementSecret }, access_token);
for (const key of life.keys)
  await post("/api/keys", { name: key.name, key: key.secret, description: key.note }, access_token);
const rule = (body: object) => post("/api/alerts/rules", body, access_token);
await rule({ name: "A dear day", kind: "spend", span: "day", amount: "1.00" });
await rule({ name: "Each key’s month", kind: "spend", span: "month", amount: "20.00", each_key: true });
const receiver = createServer((_, res) => res.end("noted")).listen(0, "127.0.0.1");
await once(receiver, "listening");
const { port } = receiver.address() as AddressInfo;
const channel = (body: object) => post("/api/channels", body, access_token);
const hook = await channel({ kind: "webhook", name: "Cost bot", url: `http://127.0.0.1:${port}/hook` });
const broken = await channel({ kind: "slack", name: "#spending", url: "http://127.0.0.1:1/gone" });
await post(`/api/keys/${manager.id}/sync`, {}, access_token);
for (const { id } of [hook, broken]) await post(`/api/channels/${id}/test`, {}, access_token);

for (const name of ["Billing script", "Grafana"]) {
  const { token } = await post("/api/tokens", { name }, access_token);
  if (name === "Grafana") await fetch(`${product.url}/api/v1/keys`, { headers: { authorization: `Bearer ${token}` } });
}

const team = await post("/api/teams", { name: "Research" }, access_token);
const invite = (body: object) => post(`/api/teams/${team.id}/invitations`, body, access_token);
for (const [member, role] of [
  ["finance@example.com", "viewer"],
  ["research@example.com", "admin"],
]) {
  const { token } = await invite({ role });
  const login = await post("/api/auth/login", { email: member, password: PASSWORD });
  await post("/api/invitations/accept", { token }, login.access_token);
}
await invite({ role: "editor", email: "new@example.com" });
const { token: invitation } = await invite({ role: "viewer" });
const share = (body: object) => post(`/api/share-links`, body, access_token);
const shown = await share({ name: "Acme: AI costs", scope: { kind: "dashboard", days: 90, shows_key_names: true } });
const locked = await share({ name: "For the client", password: PASSWORD });

const browser = await chromium.launch({
  ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});

async function logIn(page: Page) {
  await page.goto(`${product.url}/login`);
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL(/dashboard/);
}

const LOOKS = [
  { name: "light", colorScheme: "light", viewport: { width: 1360, height: 900 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1360, height: 900 } },
  { name: "phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
  { name: "wide", colorScheme: "light", viewport: { width: 2560, height: 1300 } },
] as const;

for (const look of LOOKS) {
  const context = await browser.newContext({
    colorScheme: look.colorScheme,
    viewport: look.viewport,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const shoot = async (name: string, where: string, ready: string) => {
    if (only.length > 0 && !only.includes(name)) return;
    await page.goto(`${product.url}${where}`);
    await page.getByText(ready).first().waitFor();
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: path.join(folder, `${name}-${look.name}.png`), fullPage: true });
  };
  await shoot("login", "/login", "Log in");
  await shoot("register", "/register", "Sign up");
  await shoot("invite", `/invite#${invitation}`, "Your role");
  await shoot("forgot-password", "/forgot-password", "This server sends no email");
  await shoot("reset-password", "/reset-password#token=x", "Choose a new password");
  await shoot("confirm-email", "/confirm-email#token=x", "Confirm your email address");
  await shoot("share", `/share#${shown.token}`, "Top models");
  await shoot("share-locked", `/share#${locked.token}`, "Enter the password");
  await shoot("share-gone", "/share#x", "This link does not work");
  await logIn(page);
  await shoot("join", `/invite#${invitation}`, "Join team");
  await shoot("team", `/team?team=${team.id}`, "research@example.com");
  await shoot("team-settings", `/team?part=settings&team=${team.id}`, "Delete team");
  await shoot("team-activity", `/team?part=activity&team=${team.id}`, "Invitation");
  await shoot("team-shares", "/team?part=shares", "For the client");
  await shoot("share-dashboard", "/team?part=shares&share=true", "Create link");
  await shoot("invite-member", `/team?invite=true&team=${team.id}`, "Create link");
  await shoot("team-missing", "/keys?team=999", "Go to my team");
  if (only.length === 0 || only.includes("switcher")) {
    await page.goto(`${product.url}/dashboard?team=${team.id}`);
    await page.getByRole("button", { name: look.name === "phone" ? "User" : /^Team:/ }).click();
    await page.getByRole("link", { name: "New team" }).waitFor();
    await page.screenshot({ path: path.join(folder, `switcher-${look.name}.png`) });
  }
  await shoot("dashboard", "/dashboard?days=90", "Top models");
  await shoot("dashboard-by-key", "/dashboard?days=30&by=key&compare=true", "Top models");
  if (only.length === 0 || only.includes("calendar")) {
    await page.getByRole("button", { name: "Custom" }).click();
    await page.getByText("Select the first day.").waitFor();
    await page.screenshot({ path: path.join(folder, `calendar-${look.name}.png`) });
  }
  await shoot("explore", "/explore?group_by=%5B%22key%22%2C%22model%22%5D&compare=true", "Total of");
  await shoot("explore-lines", "/explore?metric=cost_per_request&group_by=%5B%22vendor%22%5D&days=90", "Total of");
  await shoot(
    "explore-area",
    "/explore?cumulative=true&chart=area&group_by=%5B%22key%22%2C%22vendor%22%5D&table=pivot",
    "Total",
  );
  await shoot("explore-hours", "/explore?period=today", "Total of");
  await shoot("explore-heatmap", "/explore?chart=heatmap&days=7", "Total of");
  await shoot("usage-rows", "/stats?days=90&group_by=%5B%22week%22%2C%22model%22%5D&sort=-cost", "Total of");
  await shoot("keys", "/keys", "production-api");
  await shoot("key", "/keys/2", "When it spends");
  await shoot("accounts", "/accounts", "Credits");
  await shoot("reconciliation", "/accounts?part=reconciliation", "Credits");
  await shoot("breakdowns", "/accounts?part=breakdowns", "What is collected");
  await shoot("account-history", "/accounts?part=history", "History");
  await shoot("keys-shown", "/keys?show=no_limit", "production-api");
  await shoot("alerts", "/alerts", "Mark all as read");
  await shoot("rules", "/alerts?part=rules", "A dear day");
  await shoot("add-rule", "/alerts?part=rules&add=true", "Alert me when");
  await shoot("channels", "/alerts?part=channels", "Cost bot");
  await shoot("add-channel", "/alerts?part=channels&add=true", "Add a channel");
  await shoot("sent", "/alerts?part=sent", "1 attempt");
  await shoot("forecast", "/alerts?part=forecast", "How it is calculated");
  await shoot("jobs", "/jobs", "Back up");
  await shoot("profile", "/profile", "Download my data");
  if (only.length === 0 || only.includes("second-factor")) {
    await page.goto(`${product.url}/profile`);
    await page.getByRole("button", { name: "Turn on…" }).click();
    await page.getByRole("dialog").getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByRole("img", { name: "QR code with the setup key" }).waitFor();
    await page.screenshot({ path: path.join(folder, `second-factor-${look.name}.png`) });
  }
  await shoot("users", "/users", "finance@example.com");
  await shoot("tokens", "/tokens", "Billing script");
  await shoot("issue-token", "/tokens?issue=true", "Name the program");
  await shoot("add-key", "/keys?add=true", "OpenRouter key");
  if (look.name === "light" && (only.length === 0 || only.includes("palette"))) {
    await page.goto(`${product.url}/dashboard`);
    await page.getByRole("button", { name: "Commands" }).click();
    await page.getByRole("combobox").waitFor();
    await page.screenshot({ path: path.join(folder, "palette-light.png") });
  }
  if (look.name === "light" && (only.length === 0 || only.includes("dashboard"))) {
    await page.evaluate(() => localStorage.setItem("orwatch.language", "it"));
    await page.goto(`${product.url}/dashboard?days=90`);
    await page.getByText("Modelli più costosi").first().waitFor();
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: path.join(folder, "dashboard-italian.png"), fullPage: true });
  }
  await context.close();
}
receiver.close();
await browser.close();
await product.stop();
