import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "../support/person.ts";
import { openAccount, PASSWORD, type Product, startProduct } from "../support/product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

/** Presses Tab until the element called `name` has focus; every focused element on the way must show it. */
async function tabTo(page: Page, name: RegExp) {
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press("Tab");
    const { label, isShown } = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const field = element as HTMLInputElement;
      const holder = element.matches("input[type='radio']") ? element.parentElement : element;
      const { outlineStyle, outlineWidth } = getComputedStyle(holder ?? element);
      return {
        label: element.getAttribute("aria-label") ?? field.labels?.[0]?.textContent ?? element.textContent ?? "",
        isShown: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1,
      };
    });
    expect(isShown, `the focus is seen at ${label}`).toBe(true);
    if (name.test(label.trim())) return;
  }
  throw new Error(`Tab never reaches ${name}`);
}

test("registers, adds a key, selects a range and syncs by keyboard", async ({ page }) => {
  const { app } = openAccount(product.sim);
  await page.goto(`${product.url}/login`);
  await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
  await tabTo(page, /^Sign up$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Sign up" })).toBeVisible();
  await tabTo(page, /^Email/);
  await page.keyboard.type("ada@example.com");
  await tabTo(page, /^Password/);
  await page.keyboard.type(PASSWORD);
  await tabTo(page, /^Confirm password/);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Set up orwatch" })).toBeVisible();

  await tabTo(page, /^OpenRouter key/);
  await page.keyboard.type(app.secret);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Your key shows its own cost from now on.")).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Type a command" }).waitFor();
  await page.keyboard.type("keys");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Keys" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Type a command" }).waitFor();
  await page.keyboard.type("dashboard");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Dashboard" })).toBeVisible();
  await page.keyboard.press("w");
  await expect(page).toHaveURL(/days=7/);
  // The sync is disabled until the new key is counted.
  await expect(page.getByRole("button", { name: "Sync now" })).toBeEnabled();
  await tabTo(page, /^Sync now$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: /^Synced/ })).toBeVisible();
});

test("login and registration are accessible in light, dark and on a phone", async ({ page }) => {
  for (const [colorScheme, width] of [
    ["light", 1360],
    ["dark", 360],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    for (const where of ["login", "register"]) {
      await page.goto(`${product.url}/${where}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
      await expectAccessible(page);
    }
  }
});

test("applies the theme before the app loads, and a saved theme overrides the system's", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${product.url}/login`);
  await page.evaluate(() => localStorage.setItem("orwatch.theme", "dark"));
  // Empty, not missing: a page whose script cannot be loaded reloads.
  await page.route("**/assets/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.goto(`${product.url}/login`);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.evaluate(() => {
    document.documentElement.dataset.theme = "light";
  });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).not.toBe(ground);
});

test("needs no horizontal scrolling from 360 px to 4K and respects reduced motion", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`${product.url}/register`);
  await page.getByRole("textbox", { name: "Email" }).fill("grace@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Confirm password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { name: "Set up orwatch" })).toBeVisible();
  for (const where of ["/dashboard", "/explore", "/keys", "/accounts", "/tokens", "/jobs", "/profile"]) {
    await page.goto(`${product.url}${where}`);
    await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link").first()).toBeVisible();
    for (const width of [360, 640, 1024, 3840]) {
      await page.setViewportSize({ width, height: width > 2000 ? 2160 : 800 });
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await expect.poll(overflow, `${where} at ${width} px`).toBeLessThanOrEqual(0);
    }
  }
  await page.goto(`${product.url}/keys?add=true`);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  const seconds = await dialog.evaluate((element) => Number.parseFloat(getComputedStyle(element).animationDuration));
  expect(seconds).toBeLessThan(0.001);
});
