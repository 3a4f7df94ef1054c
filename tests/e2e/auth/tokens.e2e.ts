import { expect, test } from "@playwright/test";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  listenToConsole,
  register,
  registerUser,
  signIn,
} from "../support/person.ts";
import { type Product, startProduct } from "../support/product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct({ MAX_API_TOKENS_PER_USER: "2", RATE_LIMIT_REQUESTS: "250", RATE_LIMIT_WINDOW: "900" });
});
test.afterAll(() => product.stop());

const callApi = (token: string) =>
  fetch(`${product.url}/api/v1/stats`, { headers: { authorization: `Bearer ${token}` } });

test("issues a token, shows it once, uses it, lists its use, and revokes it", async ({ page }) => {
  const said = listenToConsole(page);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await register(page, product, "ada@example.com");
  await page.getByRole("link", { name: "API tokens" }).click();
  await expect(page.getByRole("heading", { name: "No API tokens yet" })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Create API token" }).click();
  const form = page.getByRole("dialog", { name: "Create an API token" });
  await expect(form.getByLabel("Name")).toBeFocused();
  await form.getByRole("button", { name: "Create API token" }).click();
  await expect(form.getByText("Name is required.")).toBeVisible();
  await expectAccessible(page);
  await expect(form.getByRole("checkbox", { name: "Read" })).toBeChecked();
  await form.getByLabel("Name").fill("Billing script");
  await form.getByLabel("Name").press("Enter");

  const shown = page.getByRole("alertdialog", { name: "Save your API token now" });
  const field = shown.getByLabel("API token", { exact: true });
  await expect(field).toHaveValue(/^or_api_[\w-]{64}$/);
  const token = await field.inputValue();
  await page.keyboard.press("Escape");
  await expect(shown.getByText("You have not copied the API token")).toBeVisible();
  await expectAccessible(page);
  await shown.getByRole("button", { name: "Copy API token" }).click();
  await expect(shown.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  await shown.getByRole("button", { name: "I have saved it" }).click();
  await expect(shown).toBeHidden();
  await expect(page.getByText(token)).toHaveCount(0);

  const row = page.getByRole("row").filter({ hasText: "Billing script" });
  // Neither used nor expiring.
  await expect(row.getByText("Never")).toHaveCount(2);
  expect((await callApi(token)).status).toBe(200);
  await page.reload();
  await expect(row.getByText("now", { exact: true })).toHaveCount(2);
  await expect(page.getByText(token)).toHaveCount(0);

  await row.getByRole("button", { name: "Revoke Billing script" }).click();
  const question = page.getByRole("alertdialog", { name: "Revoke Billing script?" });
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(row).toBeVisible();
  expect((await callApi(token)).status).toBe(200);
  await row.getByRole("button", { name: "Revoke Billing script" }).click();
  await question.getByRole("button", { name: "Revoke API token" }).click();
  await expect(page.getByRole("heading", { name: "No API tokens yet" })).toBeVisible();
  expect((await callApi(token)).status).toBe(401);
  expect(said).toEqual([]);
});

test("a token gets the chosen scopes and expiry, which the list shows", async ({ page }) => {
  await signIn(page, product, "ada@example.com");
  await page.goto(`${product.url}/tokens?issue=true`);
  const form = page.getByRole("dialog", { name: "Create an API token" });
  await form.getByLabel("Name").fill("Nightly job");
  await form.getByRole("checkbox", { name: "Read" }).uncheck();
  await form.getByRole("button", { name: "Create API token" }).click();
  await expect(form.getByRole("alert")).toHaveText("Choose at least one.");
  await expectAccessible(page);
  await form.getByRole("checkbox", { name: "Sync" }).check();
  await form.getByRole("checkbox", { name: "Manage keys" }).check();
  await form.getByLabel("Expires").selectOption("In 7 days");
  await form.getByRole("button", { name: "Create API token" }).click();
  const field = page.getByRole("alertdialog").getByLabel("API token", { exact: true });
  const token = await field.inputValue();
  await page.getByRole("button", { name: "I have saved it" }).click();
  const row = page.getByRole("row").filter({ hasText: "Nightly job" });
  await expect(row).toContainText("Sync and Manage keys");
  await expect(row.locator("td, th").nth(3)).not.toHaveText("Never");
  expect((await callApi(token)).status).toBe(403);
  await row.getByRole("button", { name: "Revoke Nightly job" }).click();
  await page.getByRole("button", { name: "Revoke API token" }).click();
  await expect(page.getByRole("heading", { name: "No API tokens yet" })).toBeVisible();
});

test("snippets use this server and its limit, and run unchanged", async ({ page }) => {
  await signIn(page, product, "ada@example.com");
  await page.goto(`${product.url}/tokens`);
  await expect(page.getByText("Each API token can make 250 requests every 15 minutes")).toBeVisible();
  const curl = (await page.locator("pre").filter({ hasText: "/api/v1/stats" }).textContent()) ?? "";
  const address = /"(http[^"]+)"/.exec(curl.slice(curl.indexOf("\n")))?.[1] ?? "";
  expect(address.startsWith(`${product.url}/api/v1/stats?`)).toBe(true);
  expect((await fetch(address)).status).toBe(401);
  await expect(page.locator("pre").filter({ hasText: "createClient" })).toContainText(`baseUrl: "${product.url}"`);
  await page.getByRole("link", { name: "Read about all endpoints and try them" }).click();
  await expect(page).toHaveURL(/\/docs/);
});

test("reports the limit of tokens; long names fit; other users see none of it", async ({ page }) => {
  await signIn(page, product, "ada@example.com");
  for (const name of ["مفتاح الفوترة 🔑", "W".repeat(100)]) {
    await page.goto(`${product.url}/tokens?issue=true`);
    await page.getByRole("dialog").getByLabel("Name").fill(name);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "I have saved it" }).click();
    await expect(page.getByRole("row").filter({ hasText: name })).toBeVisible();
  }
  await expect(page.getByText("You have reached the limit of 2 API tokens.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Create API token" })).toHaveCount(0);
  await expectAccessibleEverywhere(page);

  await page.goto(`${product.url}/tokens?issue=true`);
  await page.getByRole("dialog").getByLabel("Name").fill("One too many");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Revoke one first.");
  await expect(page.getByRole("dialog").getByLabel("Name")).toHaveValue("One too many");

  await page.context().clearCookies();
  await registerUser(product, "grace@example.com");
  await signIn(page, product, "grace@example.com");
  await page.goto(`${product.url}/tokens`);
  await expect(page.getByRole("heading", { name: "No API tokens yet" })).toBeVisible();
});
