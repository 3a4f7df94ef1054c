import { type BrowserContext, expect, type Page, type Request, test } from "@playwright/test";
import { listenToConsole, openRest, register } from "./person.ts";
import { openAccount, type Product, startProduct } from "./product.ts";

const EMAIL = "ada@example.com";
const PAGES = [
  "/dashboard?days=90&by=key",
  "/keys",
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
  await rest.post(`/api/keys/${body.id}/sync`, {});
  session = page.context();
});
test.afterAll(() => product.stop());

/** A browser of the same account with an empty cache. */
async function fresh(page: Page) {
  await page.context().addCookies(await session.cookies());
  return page;
}

/** Holds back the app's file until `release`, as a slow connection does after everything small has arrived. */
async function holdApp(page: Page) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/assets\/base-/, async (route) => {
    await released;
    await route.continue();
  });
  return () => release();
}

const pathOf = (request: Request) => new URL(request.url()).pathname;

for (const where of PAGES)
  test(`${where} renders with one request, sent before the app has loaded, and files named in its HTML`, async ({
    page,
  }) => {
    const requests: Request[] = [];
    (await fresh(page)).on("request", (request) => requests.push(request));
    const questions = () => requests.filter((request) => pathOf(request).startsWith("/trpc/"));
    const release = await holdApp(page);
    const answer = await page.goto(`${product.url}${where}`, { waitUntil: "commit" });
    await expect.poll(() => questions().length).toBe(1);
    const [first] = questions();
    expect((await first?.response())?.status()).toBe(200);
    expect(await page.evaluate(() => document.querySelector("h1:not(#root > [inert] *)")), "no app yet").toBeNull();
    release();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(questions()).toHaveLength(1);
    const named = [...((await answer?.text()) ?? "").matchAll(/(?:href|src)="(\/assets\/[^"]+\.js)"/g)].map(
      ([, it]) => it,
    );
    const painted = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter(({ name, startTime }) => /\/assets\/.*\.js$/.test(name) && startTime < performance.now())
        .map(({ name }) => new URL(name).pathname),
    );
    for (const name of named) expect(painted, "what is named is used").toContain(name);
    expect(named.length).toBeGreaterThan(6);
  });

test("sends a skeleton of the page in its layout, theme and language", async ({ browser }) => {
  for (const { locale, colorScheme, width, dashboard, login, register } of [
    {
      locale: "en-GB",
      colorScheme: "light",
      width: 1280,
      dashboard: "Dashboard",
      login: "Log in",
      register: "Sign up",
    },
    {
      locale: "it-IT",
      colorScheme: "dark",
      width: 390,
      dashboard: "Panoramica",
      login: "Accedi",
      register: "Registrati",
    },
  ] as const) {
    const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 800 } });
    for (const { where, title, cookies } of [
      { where: "/login", title: login, cookies: [] },
      { where: "/register", title: register, cookies: [] },
      { where: "/dashboard", title: dashboard, cookies: await session.cookies() },
    ]) {
      await context.clearCookies();
      await context.addCookies(cookies);
      const page = await context.newPage();
      const said = listenToConsole(page);
      const release = await holdApp(page);
      await page.goto(`${product.url}${where}`, { waitUntil: "commit" });
      const picture = page.locator("#root > [inert]:visible");
      await expect(picture).toHaveCount(1);
      await expect(picture).toHaveAttribute("lang", locale.slice(0, 2));
      await expect(picture.locator("h1")).toHaveText(title);
      await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
      await expect(page.getByRole("heading"), "nothing in it can be reached").toHaveCount(0);
      await page.evaluate(() => document.fonts.ready);
      const before = await picture.locator("h1").boundingBox();
      release();
      const heading = page.getByRole("heading", { level: 1, name: title });
      await expect(heading).toBeVisible();
      await expect(page.locator("#root > [inert]")).toHaveCount(0);
      await page.evaluate(() => document.fonts.ready);
      const after = await heading.boundingBox();
      expect(Math.abs((after?.x ?? 0) - (before?.x ?? 99)), `${where} sideways`).toBeLessThan(1);
      // On a phone a filter beside the title may increase the height of its line.
      expect(Math.abs((after?.y ?? 0) - (before?.y ?? 99)), `${where} down`).toBeLessThan(5);
      expect(said).toEqual([]);
      await page.close();
    }
    await context.close();
  }
});

test("a saved language overrides the browser's, in the skeleton too", async ({ page }) => {
  await page.goto(`${product.url}/login`);
  await page.getByRole("button", { name: "Italiano" }).click();
  await expect(page.getByRole("heading", { name: "Accedi" })).toBeVisible();
  const release = await holdApp(page);
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("#root > [lang=it] h1")).toBeVisible();
  await expect(page.locator("#root > [lang=en] h1")).toBeHidden();
  release();
  await expect(page.getByRole("heading", { name: "Accedi" })).toBeVisible();
});

test("an ended session leads to the login and back, even though the page was sent", async ({ page }) => {
  await page.context().addCookies((await session.cookies()).map((it) => ({ ...it, value: "a".repeat(40) })));
  await page.goto(`${product.url}/keys?page=1`);
  await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
  await expect(page).toHaveURL(/\/login\?redirect=%2Fkeys/);
});

test("a failure of the first request offers a retry instead of an endless skeleton", async ({ page }) => {
  await fresh(page);
  await page.route(/\/trpc\//, (route) => route.fulfill({ status: 500, json: {} }));
  await page.goto(`${product.url}/keys`);
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await page.unroute(/\/trpc\//);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Keys", level: 1 })).toBeVisible();
});
