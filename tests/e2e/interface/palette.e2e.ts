import { expect, type Page, test } from "@playwright/test";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  listenToConsole,
  logIn,
  openRest,
  signIn,
} from "../support/person.ts";
import { openAccount, PASSWORD, type Product, startProduct } from "../support/product.ts";

const EMAIL = "ada@example.com";
let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
  const account = { email: EMAIL, password: PASSWORD, password_confirm: PASSWORD };
  const headers = { "content-type": "application/json" };
  await fetch(`${product.url}/api/auth/register`, { method: "POST", headers, body: JSON.stringify(account) });
});
test.afterAll(() => product.stop());

const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });
const field = (page: Page) => page.getByRole("combobox", { name: "Type a command" });
const active = (page: Page) => page.getByRole("option", { selected: true });

const button = (page: Page) => page.getByRole("button", { name: "Commands" });

async function command(page: Page, typed: string) {
  await expect(button(page)).toBeVisible();
  await page.keyboard.press("Control+k");
  await field(page).pressSequentially(typed);
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeHidden();
}

test("Ctrl-K opens any page, adds a key, syncs, and changes theme, range and language", async ({ page }) => {
  const said = listenToConsole(page);
  await logIn(page, product, EMAIL);
  await command(page, "go tok");
  await expect(page).toHaveURL(/\/tokens/);
  await command(page, "add key");
  const form = page.getByRole("dialog", { name: "Add a key" });
  await expect(form.getByLabel("Name")).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toHaveCount(0);
  await page.keyboard.press("Escape");

  const rest = await openRest(product, EMAIL);
  const { app, manager } = openAccount(product.sim);
  await rest.post("/api/keys", { name: "Manager", key: manager.secret });
  await rest.post("/api/keys", { name: "App", key: app.secret });
  await command(page, "sync");
  await expect(page.getByRole("status").filter({ hasText: /^Synced/ })).toBeVisible();
  await command(page, "90");
  await expect(page).toHaveURL(/\/dashboard\?days=90/);
  await command(page, "dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await command(page, "system");
  await command(page, "italiano");
  await expect(page.getByRole("heading", { name: "Panoramica" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("option", { name: "Lingua: English" }).click();
  await expect(page.getByRole("heading", { name: "Dashboard" })).toBeVisible();
  expect(said).toEqual([]);
});

test("arrow keys select commands and announce them, and Escape restores focus", async ({ page }) => {
  await logIn(page, product, EMAIL);
  await button(page).press("Enter");
  await expect(field(page)).toBeFocused();
  await expect(active(page)).toHaveText("Go to Dashboard");
  await page.keyboard.press("ArrowDown");
  await expect(active(page)).toHaveText("Go to Explore");
  expect(await field(page).getAttribute("aria-activedescendant")).toBe(await active(page).getAttribute("id"));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(active(page)).toHaveText("Language: Italiano");
  await expectAccessibleEverywhere(page);
  await field(page).fill("last");
  await expect(palette(page).getByRole("status")).toHaveText("4 commands");
  await field(page).fill("nothing of the kind");
  await expect(palette(page).getByText("No matching commands.")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(button(page)).toBeFocused();
});

test("shortcuts select a range and ? lists them, except while typing or when disabled", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/explore?model=a/b`);
  await expect(page.getByRole("heading", { name: "Explore" })).toBeVisible();
  await page.keyboard.press("q");
  await expect(page).toHaveURL(/days=90/);
  await expect(page).toHaveURL(/model=/);
  await page.keyboard.press("Shift+?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Show the last 365 days");
  await expectAccessible(page);
  await page.keyboard.press("y");
  await expect(page).toHaveURL(/days=90/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Period/ }).click();
  await page.getByRole("button", { name: "Custom…" }).click();
  await page.getByLabel("From").focus();
  await page.keyboard.press("y");
  await expect(page).toHaveURL(/days=90/);
  await page.goto(`${product.url}/profile`);
  await page.getByText("Off", { exact: true }).click();
  await page.goto(`${product.url}/dashboard`);
  await expect(page.getByRole("heading", { name: "Dashboard" })).toBeVisible();
  await page.keyboard.press("y");
  await page.keyboard.press("Shift+?");
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeVisible();
  await expect(page).not.toHaveURL(/days=365/);
});
