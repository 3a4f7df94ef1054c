import { expect, type Page, test } from "@playwright/test";
import { logIn, openRest, registerUser, signIn, syncKey } from "../support/person.ts";
import { dayAgo, openAccount, type Product, startProduct } from "../support/product.ts";

let product: Product;
let keys: ReturnType<typeof openAccount>;
let managerId: number;
const EMAIL = "ada@example.com";

test.beforeAll(async () => {
  product = await startProduct();
  keys = openAccount(product.sim);
  await registerUser(product, EMAIL);
  const rest = await openRest(product, EMAIL);
  managerId = (await rest.post("/api/keys", { name: "Manager", key: keys.manager.secret })).body.id;
  await rest.post("/api/keys", { name: "App", key: keys.app.secret });
  await rest.post("/api/keys", { name: "Batch", key: keys.batch.secret });
  await syncKey(rest, managerId);
});
test.afterAll(() => product.stop());

/** Spends and syncs, as a background job does. */
async function syncElsewhere() {
  product.sim.ledger.spendOnDay(dayAgo(1), keys.batch, "deepseek/deepseek-chat-v3.1", {
    ...{ costNanos: 3_000_000_000n, requests: 1, promptTokens: 10, completionTokens: 1 },
  });
  const rest = await openRest(product, EMAIL);
  await syncKey(rest, managerId);
}

const total = (page: Page) => page.getByRole("region", { name: "Cost", exact: true }).locator("[data-exact]").first();
const isAsked = (page: Page) => page.waitForResponse((response) => response.url().includes("stats.freshness"));

test("an open dashboard updates after a sync and keeps scroll, selection and filters", async ({ page }) => {
  await page.clock.install();
  await logIn(page, product, EMAIL);
  // The first request returns the version of the data.
  await Promise.all([isAsked(page), page.reload()]);
  await page.waitForLoadState("networkidle");
  await expect(page.getByRole("heading", { name: "Needs attention" })).toBeVisible();
  const before = await total(page).getAttribute("data-exact");
  await page.getByRole("button", { name: "anthropic/claude-sonnet-4.5" }).click();
  await page.evaluate(() => {
    const tables = [...document.querySelectorAll("table")];
    const cell = tables.find(({ caption }) => caption?.textContent === "Usage by key")?.querySelector("tbody th a");
    if (cell) getSelection()?.selectAllChildren(cell);
    scrollTo(0, 500);
  });
  const selected = await page.evaluate(() => String(getSelection()));
  const scrolled = await page.evaluate(() => scrollY);
  const chart = await page.locator("#main svg:has(pattern)").elementHandle();
  await syncElsewhere();
  await Promise.all([isAsked(page), page.clock.fastForward("00:31")]);
  await expect(total(page)).not.toHaveAttribute("data-exact", String(before));
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  expect(await page.evaluate(() => String(getSelection()))).toBe(selected);
  await expect(page.getByRole("button", { name: "anthropic/claude-sonnet-4.5" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(page.getByRole("button", { name: "deepseek/deepseek-chat-v3.1" })).toHaveAttribute(
    "aria-pressed",
    "false",
  );
  expect(await chart?.evaluate((svg) => svg.isConnected)).toBe(true);
  await expect(page.getByText(/Synced (now|\d+ min ago)/)).toBeVisible();
});

test("a focused window checks for changes and refetches only then", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await Promise.all([isAsked(page), page.goto(`${product.url}/stats?days=7`)]);
  await expect(page.getByText(/Synced (now|\d+ min ago)\./)).toBeVisible();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(decodeURIComponent(new URL(request.url()).pathname)));
  await Promise.all([isAsked(page), page.evaluate(() => dispatchEvent(new Event("focus")))]);
  expect(asked.filter((path) => path.includes("stats.table"))).toEqual([]);
  const sum = page.locator("tfoot [data-exact]").first();
  const before = await sum.getAttribute("data-exact");
  await syncElsewhere();
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(sum).not.toHaveAttribute("data-exact", String(before));
});
