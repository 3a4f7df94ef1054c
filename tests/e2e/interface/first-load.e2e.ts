import { type BrowserContext, expect, type Locator, type Page, type Request, test } from "@playwright/test";
import { listenToConsole, openRest, registerUser, signIn, syncKey } from "../support/person.ts";
import { openAccount, type Product, startProduct } from "../support/product.ts";

declare global {
  interface Window {
    shift: number;
    /** Number of panels of the page after each change. */
    panelsShown: number[];
  }
}

const EMAIL = "ada@example.com";
const PAGES = [
  "/dashboard?days=90&by=key",
  "/keys",
  "/keys/2",
  "/explore",
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
  await registerUser(product, EMAIL);
  await signIn(page, product, EMAIL);
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
      // "What changed" asks for its data when it is shown.
      if (pathOf(request).startsWith("/trpc/") && pathOf(request) !== "/trpc/changes.get") questions.push(request);
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
    await expect(page.locator(".skeleton").filter({ visible: true }).first()).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    await expect(page.locator("html")).toHaveAttribute("lang", locale.slice(0, 2));
    release();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    expect(said).toEqual([]);
    await context.close();
  }
});

for (const { where, locale, title, lead } of [
  {
    where: "/login",
    locale: "en-GB",
    title: "Log in",
    lead: "See what your OpenRouter keys cost by day, model and key.",
  },
  { where: "/keys", locale: "it-IT", title: "Chiavi", lead: null },
] as const)
  test(`${where} shows its title before its scripts have loaded, and does not move it`, async ({ browser }) => {
    const context = await browser.newContext({ locale });
    if (where !== "/login") await context.addCookies(await session.cookies());
    const page = await context.newPage();
    const said = listenToConsole(page);
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/\/assets\/.*\.js$/, async (route) => {
      await released;
      await route.continue();
    });
    await page.addInitScript(() => {
      Object.assign(window, { shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(`${product.url}${where}`, { waitUntil: "commit" });
    // The position of the text, whatever the width of its element.
    const positionOf = (found: Locator) =>
      found
        .filter({ visible: true })
        .first()
        .evaluate((element) => {
          const range = document.createRange();
          range.selectNodeContents(element);
          const { x, y } = range.getBoundingClientRect();
          return { x: Math.round(x), y: Math.round(y) };
        });
    const texts = [page.locator(".text-title"), ...(lead ? [page.getByText(lead, { exact: true })] : [])];
    const before = await Promise.all(texts.map(positionOf));
    await expect(page.getByRole("heading")).toHaveCount(0);
    release();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    expect(await Promise.all(texts.map(positionOf))).toEqual(before);
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => window.shift)).toBeLessThanOrEqual(0.02);
    expect(said).toEqual([]);
    await context.close();
  });

test("the dashboard appears panel by panel when the app is opened", async ({ page }) => {
  await fresh(page);
  await page.addInitScript(() => {
    window.panelsShown = [];
    let shown = 0;
    new MutationObserver(() => {
      const panels = document.querySelectorAll("main section[aria-labelledby]").length;
      if (panels !== shown) window.panelsShown.push(panels);
      shown = panels;
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${product.url}/dashboard`);
  await expect(page.getByRole("region", { name: "Usage by key" })).toBeVisible();
  // The figures and the chart, then the panels below.
  expect(await page.evaluate(() => window.panelsShown.length)).toBeGreaterThanOrEqual(2);
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
