import { type BrowserContext, expect, type Page, type Request, test } from "@playwright/test";
import { listenToConsole, openRest, register, syncKey } from "../support/person.ts";
import { openAccount, type Product, startProduct } from "../support/product.ts";

const EMAIL = "ada@example.com";
const PAGES = [
  "/dashboard?days=90&by=key",
  "/keys",
  "/keys/2",
  "/stats",
  "/alerts?part=rules",
  "/tokens",
  "/jobs",
  "/profile",
  "/users",
];

let product: Product;
let session: BrowserContext;
test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  const page = await browser.newPage();
  await register(page, product, EMAIL);
  const rest = await openRest(product, EMAIL);
  const { app, manager } = openAccount(product.sim);
  await rest.post("/api/keys", { name: "Manager", key: manager.secret });
  const { body } = await rest.post("/api/keys", { name: "App", key: app.secret });
  await syncKey(rest, body.id);
  session = page.context();
});
test.afterAll(() => product.stop());

/** A browser of the same account with an empty cache. */
async function fresh(page: Page) {
  await page.context().addCookies(await session.cookies());
  return page;
}

const pathOf = (request: Request) => new URL(request.url()).pathname;

for (const where of PAGES)
  test(`${where} renders with one request for data`, async ({ page }) => {
    const questions: Request[] = [];
    (await fresh(page)).on("request", (request) => {
      if (pathOf(request).startsWith("/trpc/")) questions.push(request);
    });
    await page.goto(`${product.url}${where}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(questions).toHaveLength(1);
  });

test("shows a skeleton in the page's theme and language while its data is on the way", async ({ browser }) => {
  for (const { locale, colorScheme, title } of [
    { locale: "en-GB", colorScheme: "light", title: "Dashboard" },
    { locale: "it-IT", colorScheme: "dark", title: "Panoramica" },
  ] as const) {
    const context = await browser.newContext({ locale, colorScheme });
    await context.addCookies(await session.cookies());
    const page = await context.newPage();
    const said = listenToConsole(page);
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/\/trpc\//, async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(`${product.url}/dashboard`);
    await expect(page.locator(".skeleton").first()).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    await expect(page.locator("html")).toHaveAttribute("lang", locale.slice(0, 2));
    release();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    expect(said).toEqual([]);
    await context.close();
  }
});

test("an ended session redirects to the login and back", async ({ page }) => {
  await page.context().addCookies((await session.cookies()).map((it) => ({ ...it, value: "a".repeat(40) })));
  await page.goto(`${product.url}/keys?page=1`);
  await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
  await expect(page).toHaveURL(/\/login\?redirect=%2Fkeys/);
});

test("a failed first request shows a retry instead of an endless skeleton", async ({ page }) => {
  await fresh(page);
  await page.route(/\/trpc\//, (route) => route.fulfill({ status: 500, json: {} }));
  await page.goto(`${product.url}/keys`);
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await page.unroute(/\/trpc\//);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Keys", level: 1 })).toBeVisible();
});
