import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, logIn, openRest, register, registerUser, signIn, syncKey } from "../support/person.ts";
import { openAccount, PASSWORD, type Product, startProduct } from "../support/product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

const again = (page: Page) => page.getByRole("alertdialog", { name: "Log in again" });

async function logInAgain(page: Page) {
  await again(page).getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(again(page)).toBeHidden();
}

/** Everything a page stores in the browser outside its memory. */
const readStorage = (page: Page) =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, location.href]));

test("a session that ends while a key is added keeps the input in memory only and sends it after the login", async ({
  page,
}) => {
  await registerUser(product, "ada@example.com");
  await signIn(page, product, "ada@example.com");
  const { app } = openAccount(product.sim);
  await page.goto(`${product.url}/keys?add=true`);
  const form = page.getByRole("dialog", { name: "Add a key" });
  await form.getByLabel("Name").fill("Production");
  await form.getByLabel("OpenRouter key").fill(app.secret);
  await form.getByLabel("Description").fill("What the website uses");
  await page.context().clearCookies();
  await form.getByRole("button", { name: "Add key" }).click();
  await expect(again(page).getByLabel("Password", { exact: true })).toBeFocused();
  await expect(again(page).getByLabel("Email")).toHaveValue("ada@example.com");
  await expectAccessible(page);
  await again(page).getByLabel("Password", { exact: true }).fill("Not-My-Horse-9");
  await page.keyboard.press("Enter");
  await expect(again(page).getByText("Wrong email address or password.")).toBeVisible();
  expect(await readStorage(page)).not.toContain(app.secret);
  await page.keyboard.press("Escape");
  await expect(form.getByText("Your session has expired.")).toBeVisible();
  await expect(form.getByLabel("Name")).toHaveValue("Production");
  await expect(form.getByLabel("OpenRouter key")).toHaveValue(app.secret);
  await expect(form.getByLabel("Description")).toHaveValue("What the website uses");
  await form.getByRole("button", { name: "Add key" }).click();
  await logInAgain(page);
  await expect(form).toBeHidden();
  await expect(page.getByText("Production", { exact: true }).first()).toBeVisible();
});

test("a session that ends while a token is issued or a password changed keeps the input until after the login", async ({
  page,
}) => {
  await signIn(page, product, "ada@example.com");
  await page.goto(`${product.url}/tokens?issue=true`);
  const form = page.getByRole("dialog", { name: "Create an API token" });
  await form.getByLabel("Name").fill("Billing script");
  await page.context().clearCookies();
  await page.keyboard.press("Enter");
  await logInAgain(page);
  await page.getByRole("button", { name: "I have saved it" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Billing script" })).toBeVisible();

  await page.goto(`${product.url}/profile`);
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByLabel("New password", { exact: true }).fill("Another-Horse-10");
  await page.getByLabel("Confirm new password").fill("Another-Horse-10");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(again(page)).toBeVisible();
  expect(await readStorage(page)).not.toContain("Horse");
  await logInAgain(page);
  await expect(page.getByRole("status").filter({ hasText: "Password changed." })).toBeVisible();
});

test("filters of the statistics survive the end of a session", async ({ page }) => {
  await register(page, product, "grace@example.com");
  const rest = await openRest(product, "grace@example.com");
  const { app, manager } = openAccount(product.sim);
  const { body } = await rest.post("/api/keys", { name: "Manager", key: manager.secret });
  await rest.post("/api/keys", { name: "App", key: app.secret });
  await syncKey(rest, body.id);
  await page.goto(`${product.url}/explore?group_by=%5B%22model%22%5D&exclude_model=a%2Fb`);
  await expect(page.getByRole("rowheader").or(page.getByRole("row")).nth(1)).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole("link", { name: "Last 7 days" }).click();
  const password = page.getByLabel("Password", { exact: true });
  await expect(password).toBeVisible();
  if (page.url().includes("/login")) await page.getByLabel("Email").fill("grace@example.com");
  await password.fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(/\/explore\?.*exclude_model/);
  await expect(page).toHaveURL(/days=7/);
  await expect(page.getByRole("list", { name: "Filters" })).toContainText("Not Model: a/b");
  await expect(page.getByRole("table")).toBeVisible();
});

const LOST = "orwatch is not responding.";
/** A skeleton sent without its app has none of it. */
const expectApp = (page: Page) => expect(page.getByRole("button", { name: "User", exact: true })).toBeVisible();

async function expectBack(page: Page) {
  await expect(page.getByText(LOST)).toHaveCount(0, { timeout: 15_000 });
  await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
  await expect(page.getByRole("alert")).toHaveCount(0);
}

test("reports an unreachable server, keeps its data, and recovers by itself", async ({ page }) => {
  await signIn(page, product, "grace@example.com");
  await page.goto(`${product.url}/dashboard?days=90`);
  await expectApp(page);
  await expect(page.getByText("Cost").first()).toBeVisible();
  await product.down();
  await page.getByRole("link", { name: "30 days" }).click();
  await expect(page.getByText(LOST).first()).toBeVisible();
  await expectAccessible(page);
  await product.up();
  await expectBack(page);
});

test("a page that was not loaded before the outage appears once the server is back", async ({ page }) => {
  await signIn(page, product, "grace@example.com");
  await page.goto(`${product.url}/profile`);
  await expectApp(page);
  // The palette is loaded while the page is idle, so that it opens without a server too.
  await page.waitForLoadState("networkidle");
  await product.down();
  await page.getByRole("link", { name: "Dashboard" }).click();
  await expect(page.getByText(LOST).first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
  await page.keyboard.press("Escape");
  await product.up();
  await expectBack(page);
  await expect(page.getByRole("heading", { name: "Dashboard", level: 1 })).toBeVisible();
  await expect(page.getByText("Cost").first()).toBeVisible();
});

test("a page that is loading when the server goes away loads as soon as the server is back", async ({ page }) => {
  await signIn(page, product, "grace@example.com");
  await page.route(/\/(assets\/.*\.js|health)/, (route) => route.abort("connectionrefused"));
  const refused = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/health"));
  await page.goto(`${product.url}/keys`, { waitUntil: "commit" });
  await refused;
  await page.unrouteAll();
  await expect(page.getByRole("heading", { name: "Keys", level: 1 })).toBeVisible({ timeout: 15_000 });
  await expectBack(page);
});

test("reloads once when a page requests a file removed by an update", async ({ page }) => {
  await logIn(page, product, "grace@example.com");
  await expectApp(page);
  let loads = 0;
  // Stored before any file of the reloaded page is requested.
  page.on("request", (request) => request.isNavigationRequest() && loads++);
  await page.route(/\/assets\/_authed\.jobs-.*\.js/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.getByRole("link", { name: "Jobs" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(loads).toBe(1);
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Jobs", level: 1 })).toBeVisible();
});

test("too many wrong passwords show when to try again", async ({ page }) => {
  await page.goto(`${product.url}/login`);
  await page.getByLabel("Email").fill("grace@example.com");
  for (let attempt = 0; attempt < 6; attempt++) {
    await page.getByLabel("Password", { exact: true }).fill(`Not-My-Horse-${attempt}`);
    await page.getByRole("button", { name: "Log in" }).click();
    await expect(page.getByRole("button", { name: "Log in" })).not.toHaveAttribute("aria-busy", "true");
    await expect(page.getByRole("alert")).toBeVisible();
  }
  await expect(page.getByRole("alert")).toHaveText(/Try again in \d+ seconds?, at \d\d:\d\d:\d\d\./);
});
