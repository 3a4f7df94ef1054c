import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
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
import { openAccount, PASSWORD, type Product, startProduct } from "../support/product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

const NEXT = "Another-Horse-10";
const EMAIL = "ada@example.com";
test.use({ timezoneId: "Europe/Rome" });

test("changes the password and shows every error at its field", async ({ page, browser }) => {
  const said = listenToConsole(page);
  await register(page, product, EMAIL);
  const elsewhere = await browser.newPage();
  await logIn(elsewhere, product, EMAIL);
  await page.getByRole("button", { name: "User", exact: true }).click();
  await page.getByRole("link", { name: "Profile" }).click();
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
  await page.getByLabel("Current password").fill("Not-My-Horse-9");
  await page.getByLabel("New password", { exact: true }).fill("short");
  await page.getByLabel("Confirm new password").fill("other");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("The password does not meet all requirements yet.")).toBeVisible();
  await expect(page.getByText("The passwords do not match.")).toBeVisible();
  await expectAccessibleEverywhere(page);
  await page.getByLabel("New password", { exact: true }).fill(NEXT);
  await page.getByLabel("Confirm new password").fill(NEXT);
  await page.getByLabel("Confirm new password").press("Enter");
  await expect(page.getByText("Wrong password. Nothing was changed.")).toBeVisible();
  await expect(page.getByLabel("Current password")).toBeFocused();
  await expect(page.getByLabel("New password", { exact: true })).toHaveValue(NEXT);
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Password changed." })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
  await elsewhere.goto(`${product.url}/keys`);
  await expect(elsewhere).toHaveURL(/login\?redirect=%2Fkeys/);
  await elsewhere.close();
  // Chromium logs rejected requests too.
  expect(said.filter((line) => !line.includes("status of 400"))).toEqual([]);
});

test("saves theme and time zone; days stay UTC", async ({ page }) => {
  await signIn(page, product, EMAIL, NEXT);
  await page.goto(`${product.url}/profile`);
  await page.getByText("Dark", { exact: true }).last().click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByText(/It is now .* UTC\./)).toBeVisible();
  await page.getByText("This browser: Europe/Rome").click();
  await expect(page.getByText(/It is now .* (CEST|CET|GMT\+\d)\./)).toBeVisible();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByText(/It is now .* (CEST|CET|GMT\+\d)\./)).toBeVisible();
  await page.goto(`${product.url}/dashboard`);
  await expect(page.getByRole("heading", { name: "Set up orwatch" })).toBeVisible();
});

test("exports one JSON file with every row and no secret", async ({ page }) => {
  await register(page, product, "grace@example.com");
  const rest = await openRest(product, "grace@example.com");
  const { app, manager } = openAccount(product.sim);
  const { body } = await rest.post("/api/keys", { name: "Manager", key: manager.secret });
  await rest.post("/api/keys", { name: "App", key: app.secret });
  await syncKey(rest, body.id);
  const issued = await rest.post("/api/tokens", { name: "Billing" });
  await page.goto(`${product.url}/profile`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download my data" }).click(),
  ]);
  const text = readFileSync(await download.path(), "utf8");
  const file = JSON.parse(text);
  expect(file.account.email).toBe("grace@example.com");
  expect(file.keys.map((key: { name: string }) => key.name)).toEqual(["Manager", "App", "batch"]);
  // Two models each day of one key, one model on six days of seven of the other.
  expect(Object.values(file.usage).flat()).toHaveLength(2 * 61 + 52);
  for (const secret of [app.secret, manager.secret, issued.body.token, PASSWORD]) expect(text).not.toContain(secret);
});

test("deletes the user after e-mail and password are entered", async ({ page }) => {
  await signIn(page, product, "grace@example.com");
  await page.goto(`${product.url}/profile`);
  await page.getByRole("button", { name: "Delete user…" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Delete your user and all data?" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Delete user and all data" }).click();
  await expect(dialog.getByText("This is not your email address.")).toBeVisible();
  await dialog.getByLabel("Type grace@example.com to confirm").fill("Grace@example.com");
  await dialog.getByLabel("Password", { exact: true }).fill("Not-My-Horse-9");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Wrong password. Nothing was changed.")).toBeVisible();
  await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/register/);
  await page.goto(`${product.url}/login`);
  await page.getByRole("textbox", { name: "Email" }).fill("grace@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByText("Wrong email address or password.")).toBeVisible();
});
