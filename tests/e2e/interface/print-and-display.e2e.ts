import { usd } from "@orwatch/openrouter-sim";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { openRest, registerUser, signIn, syncKey } from "../support/person.ts";
import { dayAgo, openAccount, type Product, startProduct } from "../support/product.ts";

// Pages in print, high contrast and large text.

let product: Product;
const EMAIL = "ada@example.com";
/** The width between the margins of an A4 page in portrait. */
const PAPER = 703;

test.beforeAll(async () => {
  product = await startProduct();
  const { app, batch, manager } = openAccount(product.sim);
  product.sim.ledger.spendOnDay(dayAgo(45), batch, "vendor/dear", {
    costNanos: usd("990000"),
    requests: 9,
    promptTokens: 9,
    completionTokens: 9,
  });
  await registerUser(product, EMAIL);
  const rest = await openRest(product, EMAIL);
  const added = await rest.post("/api/keys", { name: "Manager", key: manager.secret });
  await rest.post("/api/keys", { name: "App", key: app.secret });
  await rest.post("/api/keys", { name: "Batch", key: batch.secret });
  await syncKey(rest, added.body.id);
});
test.afterAll(() => product.stop());

const overflowOf = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const styleOf = (place: Locator, property: string) =>
  place.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

/** Labels of the cost axis, and the space left beside the longest. */
async function axisOf(page: Page) {
  const labels = page.locator("svg text[text-anchor=end].tabular-nums");
  await expect(labels.first()).toBeVisible();
  return {
    words: await labels.allTextContents(),
    room: await labels.evaluateAll((all) =>
      Math.min(
        ...all.map(
          (label) =>
            label.getBoundingClientRect().left - (label.closest("svg")?.getBoundingClientRect().left ?? Infinity),
        ),
      ),
    ),
  };
}

test("keeps meaningful colours and outlines selections in high contrast", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(`${product.url}/dashboard?days=30`);
  const changes = page.getByRole("table", { name: "What changed" });
  await expect(changes.getByRole("row").nth(1)).toBeVisible();
  const canvas = await styleOf(page.locator("html"), "background-color");

  const legend = page.getByRole("group", { name: /^Chart series/ }).getByRole("button");
  const swatches = await Promise.all(
    [0, 1].map((n) => styleOf(legend.nth(n).locator("span").first(), "background-color")),
  );
  expect(new Set([canvas, ...swatches]).size, "colours of the legend").toBe(3);
  const fill = changes.getByRole("row").nth(1).locator("[style]");
  expect(await styleOf(fill, "background-color")).not.toBe(canvas);
  expect(await styleOf(fill.locator(".."), "outline-style")).toBe("solid");
  const money = page.getByRole("region", { name: "Usage by key" }).locator("tbody tr").first().locator("[style]");
  expect(await styleOf(money, "background-image")).toContain("gradient");
  expect(await styleOf(money, "background-size")).toMatch(/^100% 3px$/);
  const limit = page.getByRole("region", { name: "Keys with limits" }).locator("tbody [style]").first();
  expect(await styleOf(limit, "background-color")).not.toBe(canvas);
  expect(await styleOf(limit.locator(".."), "outline-style")).toBe("solid");

  const rail = page.getByRole("navigation", { name: "Main" });
  const isMarked = async (link: Locator) => (await styleOf(link, "outline-style")) === "solid";
  expect(await isMarked(rail.getByRole("link", { name: "Dashboard" }))).toBe(true);
  expect(await isMarked(rail.getByRole("link", { name: "Keys" }))).toBe(false);
  const ranges = page.getByRole("group", { name: "Date range" });
  expect(await isMarked(ranges.getByRole("link", { name: "30 days" }))).toBe(true);
  expect(await isMarked(ranges.getByRole("link", { name: "90 days" }))).toBe(false);

  await page.goto(`${product.url}/keys`);
  const bar = page.getByRole("row", { name: /^App/ }).locator("[style]");
  expect(await styleOf(bar, "background-color")).not.toBe(canvas);
  const add = page.getByRole("link", { name: "Add key" });
  expect(await styleOf(add, "background-color"), "the ground that the system gives letters").toMatch(
    /^rgba?\(255, 255, 255\b/,
  );
  expect(await styleOf(add, "color")).not.toBe(canvas);
});

test("prints every row in light colours without controls", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(`${product.url}/stats?days=90`);
  const rows = page.locator("main tbody tr");
  await expect(rows).toHaveCount(61);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const rail = page.getByRole("navigation", { name: "Main" });
  await expect(rail).toBeVisible();

  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  await page.setViewportSize({ width: PAPER, height: 1000 });
  const box = await page.getByRole("region", { name: /^Usage by/ }).evaluate((section) => ({
    hidden: section.scrollHeight - section.clientHeight,
    wide: section.scrollWidth - section.clientWidth,
  }));
  expect(box).toEqual({ hidden: 0, wide: 0 });
  expect(await styleOf(page.locator("html"), "background-color")).toBe("rgb(255, 255, 255)");
  expect(await styleOf(page.locator("html"), "color-scheme")).toBe("light");
  expect(await styleOf(page.locator("thead"), "display")).toBe("table-header-group");
  expect(await styleOf(rows.first(), "break-inside")).toBe("avoid");
  await expect(rail).toBeHidden();
  await expect(page.getByRole("button", { name: "Export" })).toBeHidden();
  await expect(page.getByRole("link", { name: "Last 30 days" })).toBeHidden();
  await expect(page.getByText(/^\d+ \w+( \d+)? – \d+ \w+ \(90 days\)$/)).toBeVisible();
  expect(await overflowOf(page)).toBe(0);

  await page.goto(`${product.url}/stats?days=90&group_by=%5B%22day%22%2C%22key%22%2C%22model%22%5D`);
  await expect(rows).toHaveCount(100);
  expect(await overflowOf(page), "by day, key and model").toBe(0);
});

test("prints the chart as wide as the page without another measurement", async ({ page }) => {
  await page.addInitScript(() => {
    // It reports the first size only.
    globalThis.ResizeObserver = class {
      readonly report: ResizeObserverCallback;
      constructor(report: ResizeObserverCallback) {
        this.report = report;
      }
      observe() {
        requestAnimationFrame(() => this.report([], this));
      }
      unobserve() {}
      disconnect() {}
    };
  });
  await signIn(page, product, EMAIL);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${product.url}/dashboard?days=30`);
  const chart = page.locator("main svg", { has: page.locator("pattern") });
  await expect(page.getByRole("region", { name: "Usage by key" })).toBeVisible();
  const widthOf = () => chart.evaluate((svg) => svg.getBoundingClientRect().width);
  await expect.poll(widthOf).toBeGreaterThan(PAPER);

  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: PAPER, height: 1000 });
  const right = await chart.evaluate((svg) => svg.getBoundingClientRect().right);
  expect(right).toBeLessThanOrEqual(PAPER);
  expect(await overflowOf(page)).toBe(0);
  await expect(page.getByRole("button", { name: "Sync now" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Show as table" })).toBeHidden();
  // The legend consists of buttons and explains the colours.
  await expect(
    page
      .getByRole("group", { name: /^Chart series/ })
      .getByRole("button")
      .first(),
  ).toBeVisible();
});

test("the cost axis has room for labels up to a million a day", async ({ page }) => {
  await signIn(page, product, EMAIL);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${product.url}/dashboard?days=90`);
    const { words, room } = await axisOf(page);
    expect(words).toEqual(["$0", "$200k", "$400k", "$600k", "$800k", "$1m"]);
    expect(room, `${width} px wide`).toBeGreaterThanOrEqual(0);
  }
});

test("pages follow a browser text size of 150% without horizontal scrolling", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const where of ["/dashboard?days=90", "/keys", "/explore"]) {
    await page.goto(`${product.url}${where}`);
    const cell = page.locator("main td").first();
    await expect(cell).toBeVisible();
    expect(await styleOf(cell, "font-size")).toBe("13px");
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "24px";
    });
    expect(await styleOf(cell, "font-size")).toBe("19.5px");
    await expect.poll(() => overflowOf(page), where).toBe(0);
    if (where.startsWith("/dashboard")) expect((await axisOf(page)).room).toBeGreaterThanOrEqual(0);
  }
});
