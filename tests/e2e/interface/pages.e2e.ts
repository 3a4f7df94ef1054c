import { expect, test } from "@playwright/test";
import Database from "better-sqlite3";
import { listenToConsole, registerUser, signIn } from "../support/person.ts";
import { type Product, startProduct } from "../support/product.ts";

const EMAIL = "ada@example.com";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
  await registerUser(product, EMAIL);
});
test.afterAll(() => product.stop());

/** Creates messages of an account, as alerts do. */
function addNotices(count: number) {
  const db = new Database(product.file);
  const add = db.prepare(
    "INSERT INTO notifications (team_id, kind, title, items, created_at) SELECT id, 'alert', ?, ?, created_at FROM teams",
  );
  const rest = { event: "alert", rule_id: null, rule_name: null, rule_kind: null, api_key_id: null, key_name: null };
  const value = { threshold: null, value: null, unit: null, window: null };
  for (let at = 1; at <= count; at++)
    add.run(`Message ${at}`, JSON.stringify([{ ...rest, ...value, text: `Message ${at}` }]));
  db.close();
}

test("marking the last unread notifications of a page as read shows the previous page", async ({ page }) => {
  addNotices(22);
  await signIn(page, product, EMAIL);
  const said = listenToConsole(page);
  await page.goto(`${product.url}/alerts?only=unread&page=2`);
  await expect(page.getByText("Message 1", { exact: true })).toBeVisible();
  for (const left of [21, 20]) {
    await page
      .getByRole("button", { name: /^Mark as read/ })
      .last()
      .click();
    await expect(page.getByRole("link", { name: `Unread (${left})` })).toBeVisible();
  }
  await expect(page.getByText("Message 22", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(`${product.url}/alerts?only=unread`);
  await expect(page.getByText("You have read everything")).toHaveCount(0);
  expect(said).toEqual([]);
});

test("a page number beyond the end shows the last page", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/alerts?page=50000`);
  await expect(page).toHaveURL(`${product.url}/alerts?page=2`);
  await expect(page.getByText("Message 1", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page).toHaveURL(`${product.url}/alerts`);
});

test("a closed dialog leaves no entry in the history", async ({ page }) => {
  await signIn(page, product, EMAIL);
  const dialog = page.getByRole("dialog");
  const rail = page.getByRole("navigation", { name: "Main" });
  for (const { where, link, path } of [
    { where: "Keys", link: "Add key", path: "/keys" },
    { where: "API tokens", link: "Create API token", path: "/tokens" },
  ]) {
    await page.goto(`${product.url}/dashboard?days=7`);
    await rail.getByRole("link", { name: where }).click();
    await page.getByRole("link", { name: link }).click();
    await expect(dialog).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(`${product.url}${path}`);
    await expect(dialog).toHaveCount(0);
    await page.goForward();
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(page).toHaveURL(`${product.url}${path}`);
    await page.goBack();
    await expect(page).toHaveURL(/\/dashboard\?days=7/);
  }

  for (const part of ["rules", "channels"]) {
    await page.goto(`${product.url}/dashboard?days=7`);
    await page.goto(`${product.url}/alerts?part=${part}`);
    await page.getByRole("link", { name: /^Add / }).click();
    await expect(dialog).toBeVisible();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog).toHaveCount(0);
    await page.goBack();
    await expect(page).toHaveURL(/\/dashboard\?days=7/);
  }

  // From another page: the dialog's entry becomes the page's.
  await page.goto(`${product.url}/dashboard?days=7`);
  await expect(page.getByRole("heading", { name: "Dashboard", level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Type a command" }).fill("create");
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Name")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(`${product.url}/tokens`);
  await page.goBack();
  await expect(page).toHaveURL(/\/dashboard\?days=7/);
});
