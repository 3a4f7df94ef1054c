import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, registerUser, signIn } from "../support/person.ts";
import { PASSWORD, type Product, startProduct } from "../support/product.ts";

const EMAIL = "ada@example.com";
const NOT_KEPT = "Your browser did not keep the session.";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
  await registerUser(product, EMAIL);
});
test.afterAll(() => product.stop());

/** Makes the browser reject session cookies from now on. */
const blockCookies = (page: Page) =>
  page.route(/auth\.signIn/, async (route) => {
    const answer = await fetch(route.request().url(), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: route.request().postData(),
    });
    await route.fulfill({ status: answer.status, contentType: "application/json", body: await answer.text() });
  });

/** Blocks storage, as a browser does when cookies and site data are disabled. */
const blockStorage = (page: Page) =>
  page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
  });

test("reports blocked cookies at login, at registration and in the login dialog", async ({ page }) => {
  await blockCookies(page);
  await page.goto(`${product.url}/login`);
  await page.getByRole("textbox", { name: "Email" }).fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText(NOT_KEPT);
  await expect(page).toHaveURL(`${product.url}/login`);
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue(EMAIL);
  await expectAccessible(page);

  await page.goto(`${product.url}/register`);
  await page.getByRole("textbox", { name: "Email" }).fill("bob@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Confirm password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText(NOT_KEPT);

  await page.unrouteAll();
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/tokens?issue=true`);
  await page.getByRole("dialog").getByLabel("Name").fill("Script");
  await page.context().clearCookies();
  await blockCookies(page);
  await page.keyboard.press("Enter");
  const again = page.getByRole("alertdialog", { name: "Log in again" });
  await again.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(again.getByRole("alert")).toContainText(NOT_KEPT);
});

test("keeps a selected language for the page when storage is blocked", async ({ page }) => {
  await blockStorage(page);
  await page.goto(`${product.url}/login`);
  await page.getByRole("button", { name: "Italiano" }).click();
  await expect(page.getByRole("heading", { name: "Accedi" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "it");
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
});

test("offers to reload a page when an update removed its file and storage is blocked", async ({ page }) => {
  await blockStorage(page);
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/dashboard`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  let loads = 0;
  // Stored before any file of the reloaded page is requested.
  page.on("request", (request) => request.isNavigationRequest() && loads++);
  // Missing for the old page, available for the reloaded one.
  await page.route(/\/assets\/.*users-.*\.js/, (route) =>
    loads === 0 ? route.fulfill({ status: 404, body: "" }) : route.continue(),
  );
  await page.getByRole("button", { name: "User", exact: true }).click();
  await page.getByRole("link", { name: "Users" }).click();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Users", level: 1 })).toBeVisible();
  await expect(page.getByRole("rowheader", { name: EMAIL })).toBeVisible();
  expect(loads).toBe(1);

  await page.unrouteAll();
  // Missing for good: no reload loop.
  await page.route(/\/assets\/.*jobs-.*\.js/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(`${product.url}/jobs`);
  await expect(page.getByRole("heading", { name: "This page could not be loaded" })).toBeVisible();
  const before = loads;
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Dashboard" }).click();
  await expect(page.getByRole("heading", { name: "Dashboard", level: 1 })).toBeVisible();
  expect(loads).toBe(before);
});
