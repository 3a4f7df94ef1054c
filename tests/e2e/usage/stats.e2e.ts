import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  listenToConsole,
  logIn,
  openRest,
  registerUser,
  signIn,
  syncKey,
} from "../support/person.ts";
import { dayAgo, openAccount, type Product, startProduct } from "../support/product.ts";

let product: Product;
let keys: ReturnType<typeof openAccount>;
const EMAIL = "ada@example.com";

test.beforeAll(async () => {
  product = await startProduct();
  keys = openAccount(product.sim);
  await registerUser(product, EMAIL);
  const rest = await openRest(product, EMAIL);
  const manager = await rest.post("/api/keys", { name: "Manager", key: keys.manager.secret });
  await rest.post("/api/keys", { name: "App", key: keys.app.secret });
  await rest.post("/api/keys", { name: "Batch", key: keys.batch.secret });
  await syncKey(rest, manager.body.id);
});
test.afterAll(() => product.stop());

const body = (page: Page) => page.locator("tbody tr");
const exactOf = (page: Page, row: string, column: number) =>
  page.locator(row).locator("[data-exact]").nth(column).getAttribute("data-exact");
const nanosOf = (usd: string | null) => {
  const [whole = "0", fraction = ""] = (usd ?? "").split(".");
  return BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));
};
/** Cost on the screen, row by row. */
const costs = (page: Page) =>
  page
    .locator("tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) => row.querySelectorAll("[data-exact]")[0]?.getAttribute("data-exact") ?? ""),
    );

test("rows by day equal the ledger, the total is their sum, and the export equals the screen", async ({ page }) => {
  const said = listenToConsole(page);
  await logIn(page, product, EMAIL);
  await page.getByRole("link", { name: "90 days" }).click();
  await expect(page).toHaveURL(/days=90/);
  await page.getByRole("link", { name: "Statistics" }).click();
  await expect(page).toHaveURL(/stats\?days=90/);
  await expect(page.getByRole("link", { name: "90 days" })).toHaveAttribute("aria-current", /page|true/);
  await expect(body(page)).toHaveCount(61);
  const shown = await costs(page);
  for (const [index, cost] of shown.entries()) {
    const day = { from: dayAgo(index), to: dayAgo(index) };
    const truth = [keys.app, keys.batch].map(
      (key) => product.sim.ledger.totals({ keyHash: key.hash, ...day }).costNanos,
    );
    expect(nanosOf(cost), dayAgo(index)).toBe(truth.reduce((sum, nanos) => sum + nanos, 0n));
  }
  expect(nanosOf(await exactOf(page, "tfoot tr", 0))).toBe(shown.reduce((sum, cost) => sum + nanosOf(cost), 0n));
  await expect(body(page).first()).toContainText("so far");
  await expect(page.getByText("All days of this range have data.")).toBeVisible();
  await expectAccessibleEverywhere(page);

  await page.getByRole("link", { name: "Model", exact: true }).click();
  await expect(page).toHaveURL(/model/);
  await page.getByRole("link", { name: "Month", exact: true }).click();
  await expect(page).toHaveURL(/month/);
  await page.getByRole("button", { name: "Cost (USD)" }).click();
  await expect(page).toHaveURL(/sort=-cost/);
  await page.getByRole("button", { name: "Cost (USD)" }).click();
  await expect(page).toHaveURL(/sort=cost/);
  await expect
    .poll(async () => (await costs(page)).map((cost) => Number(cost)))
    .toEqual((await costs(page)).map(Number).sort((a, b) => a - b));
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download these rows as JSON" }).click(),
  ]);
  const file: { cost: string }[] = JSON.parse(readFileSync(await download.path(), "utf8"));
  expect(file.map(({ cost }) => cost)).toEqual(await costs(page));
  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download these rows as CSV", exact: true }).click(),
  ]);
  expect(csv.suggestedFilename()).toMatch(/^usage_.*_by-month-model\.csv$/);
  expect(readFileSync(await csv.path(), "utf8").split("\r\n")).toHaveLength(file.length + 2);
  const [excel] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download these rows as CSV for Excel" }).click(),
  ]);
  const [head] = readFileSync(await excel.path(), "utf8").split("\r\n");
  expect(head).toMatch(/^\uFEFFmonth,api_key_id,api_key_name,model,requests_count,tokens_input,tokens_output,cost,/);
  expect(said).toEqual([]);
});

test("details are columns on request, with 0 only where it is known", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/stats?group_by=%5B%22model%22%5D`);
  const heads = page.getByRole("columnheader");
  await expect(heads.filter({ hasText: "Output tokens" })).toBeVisible();
  await expect(heads.filter({ hasText: "Reasoning tokens" })).toHaveCount(0);
  await page.getByRole("link", { name: "Details" }).click();
  await expect(page).toHaveURL(/details=true/);
  const head = heads.filter({ hasText: "Reasoning tokens" });
  await expect(head).toBeVisible();
  const column = await head.evaluate((cell) => (cell as HTMLTableCellElement).cellIndex);
  const values = await page
    .locator("tbody tr")
    .evaluateAll(
      (rows, index) =>
        rows.map((row) => row.children[index]?.querySelector("[data-exact]")?.getAttribute("data-exact")),
      column,
    );
  const unattributed = await page.getByRole("row", { name: /^\(unattributed\)/ }).count();
  expect(values.filter((value) => value === "null")).toHaveLength(unattributed);
  expect(values.filter((value) => value === "0")).toHaveLength(values.length - unattributed);
  await expectAccessible(page);
  await page.reload();
  await expect(head).toBeVisible();
  await page.getByRole("link", { name: "Details" }).click();
  await expect(page).not.toHaveURL(/details/);
  await expect(heads.filter({ hasText: "Output tokens" })).toBeVisible();
  await expect(head).toHaveCount(0);
});

test("filters include and exclude, stay in the URL, and apply to the dashboard and back", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/stats?days=30&group_by=%5B%22key%22%2C%22model%22%5D`);
  await expect(body(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Models" }).click();
  await page.getByRole("button", { name: "Exclude openai/gpt-5-mini-2025-08-07" }).click();
  await expect(body(page)).toHaveCount(2);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Keys", exact: true }).click();
  await page.getByRole("checkbox", { name: "Only App" }).check();
  await expect(body(page)).toHaveCount(1);
  await page.keyboard.press("Escape");
  const chips = page.getByRole("list", { name: "Filters" });
  await expect(chips.getByRole("link")).toHaveCount(2);
  await page.reload();
  await expect(body(page)).toHaveCount(1);
  await expect(chips).toContainText("Excluded model: openai/gpt-5-mini-2025-08-07");

  await page.getByRole("link", { name: "Dashboard" }).click();
  await expect(chips).toContainText("Key: App");
  await expect(chips).toContainText("Excluded model: openai/gpt-5-mini-2025-08-07");
  await expect(page.getByRole("table", { name: "Top models" }).locator("tbody tr")).toHaveCount(1);
  await page.getByRole("link", { name: "365 days" }).click();
  await expect(page).toHaveURL(/days=365/);
  await page.getByRole("link", { name: "Statistics" }).click();
  await expect(chips).toContainText("Key: App");
  await expect(chips).toContainText("Excluded model: openai/gpt-5-mini-2025-08-07");
  await expect(page.getByRole("link", { name: "365 days" })).toHaveAttribute("aria-current", /page|true/);
  await page.getByRole("link", { name: "Remove filter Key: App" }).click();
  await expect(chips.getByRole("link")).toHaveCount(1);
  await page.getByRole("link", { name: "Remove filter Excluded model: openai/gpt-5-mini-2025-08-07" }).click();
  await expect(chips).toHaveCount(0);

  await page.getByRole("link", { name: "Month", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: "Month" })).toBeVisible();
  await body(page).first().getByRole("link").first().click();
  await expect(page).toHaveURL(/start_date=/);
  await expect(page.getByRole("columnheader", { name: "Day" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("columnheader", { name: "Month" })).toBeVisible();
});

test("pages through many rows by keyboard and fetches each page once", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/stats?days=90&group_by=%5B%22day%22%2C%22key%22%2C%22model%22%5D`);
  await expect(page.getByText(/^1–100 of 1\d\d$/)).toBeVisible();
  await expect(body(page)).toHaveCount(100);
  const first = await body(page).first().textContent();
  await page.getByRole("link", { name: "Next" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^101–1\d\d of 1\d\d$/)).toBeVisible();
  await expect.poll(() => body(page).first().textContent()).not.toBe(first);
  await page.getByRole("button", { name: "Input tokens" }).press("Enter");
  await expect(page.getByText(/^1–100 of/)).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Input tokens" })).toHaveAttribute("aria-sort", "descending");
});

test("distinguishes unknown days from days without usage", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/stats?model=nobody/none`);
  await expect(page.getByRole("heading", { name: "No usage in this range" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(body(page).first()).toBeVisible();
  await page.goto(`${product.url}/stats?start_date=2020-01-01&end_date=2020-01-31`);
  await expect(page.getByRole("heading", { name: "No data for these days" })).toBeVisible();
});

test("another user sees no usage, even when filtering by the key ids", async ({ page }) => {
  await registerUser(product, "grace@example.com");
  await signIn(page, product, "grace@example.com");
  await page.goto(`${product.url}/stats?api_key_id=%5B1%2C2%2C3%5D&days=90`);
  await expect(page.getByRole("heading", { name: "No keys yet" })).toBeVisible();
  await expect(page.getByText("App", { exact: true })).toHaveCount(0);
});
