import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, logIn, register } from "./person.ts";
import { PASSWORD, type Product, startProduct } from "./product.ts";

const EMAIL = "ada@example.com";
const NOT_KEPT = "Your browser did not keep the session.";

let product: Product;
test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  const page = await browser.newPage();
  await register(page, product, EMAIL);
  await page.close();
});
test.afterAll(() => product.stop());

/** From now on the browser takes no cookie of a log-in. */
const blockCookies = (page: Page) =>
  page.route(/auth\.signIn/, async (route) => {
    const answer = await fetch(route.request().url(), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: route.request().postData(),
    });
    await route.fulfill({ status: answer.status, contentType: "application/json", body: await answer.text() });
  });

test("a browser that keeps no cookie is told of at the log-in, the registration and the log-in over a page", async ({
  page,
}) => {
  await blockCookies(page);
  await page.goto(`${product.url}/login`);
  await page.getByRole("textbox", { name: "E-mail" }).fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText(NOT_KEPT);
  await expect(page).toHaveURL(`${product.url}/login`);
  await expect(page.getByRole("textbox", { name: "E-mail" })).toHaveValue(EMAIL);
  await expectAccessible(page);

  await page.goto(`${product.url}/register`);
  await page.getByRole("textbox", { name: "E-mail" }).fill("bob@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Repeat password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText(NOT_KEPT);

  await page.unrouteAll();
  await logIn(page, product, EMAIL);
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
