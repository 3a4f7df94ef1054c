import { expect, test } from "@playwright/test";
import { expectAccessible, registerUser } from "../support/person.ts";
import { PASSWORD, type Product, startProduct } from "../support/product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

test("login returns to the requested page with its filters and reports missing input at its field", async ({
  page,
}) => {
  await registerUser(product, "ada@example.com");
  const where = "/explore?days=7&interval=month";
  await page.goto(`${product.url}${where}`);
  await expect(page).toHaveURL(/\/login\?redirect=/);
  const email = page.getByRole("textbox", { name: "Email" });
  const password = page.getByLabel("Password", { exact: true });
  await expect(email).toHaveAttribute("autocomplete", "username");
  await expect(password).toHaveAttribute("autocomplete", "current-password");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(email).toBeFocused();
  await expect(email).toHaveAccessibleDescription(/Email is required/);

  await password.evaluate((field) =>
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "A", modifierCapsLock: true, bubbles: true })),
  );
  await expect(page.getByText("Caps Lock is on")).toBeVisible();
  await expectAccessible(page);
  await email.fill("ada@example.com");
  await password.fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${product.url}${where}`);
  await expect(page.getByRole("heading", { name: "No keys yet" })).toBeVisible();
  await page.getByRole("link", { name: "Add key" }).click();
  await expect(page.getByRole("dialog", { name: "Add a key" })).toContainText("Can create and delete keys");
});

test("closed registration shows an explanation and no form", async ({ page }) => {
  const closed = await startProduct({ ALLOW_REGISTRATION: "false" });
  try {
    await page.goto(`${closed.url}/register`);
    await expect(page.getByText("Registration is closed")).toBeVisible();
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Log in" }).click();
    await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
  } finally {
    await closed.stop();
  }
});
