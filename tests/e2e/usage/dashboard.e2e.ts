import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible, logIn, openRest, registerUser, syncKey } from "../support/person.ts";
import { dayAgo, type Product, startProduct } from "../support/product.ts";

let product: Product;
const EMAIL = "ada@example.com";

test.beforeAll(async () => {
  product = await startProduct();
  const { ledger } = product.sim;
  const account = ledger.addAccount({ creditsNanos: 500_000_000_000n });
  const manager = ledger.addManagementKey(account.id, { name: "manager" });
  const [app, batch] = ["app", "batch"].map((name) => ledger.addKey(account.id, { name }));
  // Batch costs five times as much in the last week as in the week before.
  for (let day = 0; day < 60; day++)
    for (const [key, dollars] of [
      [app, 2],
      [batch, day < 8 ? 5 : 1],
    ] as const)
      if (key)
        ledger.spendOnDay(dayAgo(day), key, "maker/a", {
          costNanos: BigInt(dollars) * 1_000_000_000n,
          requests: dollars,
          promptTokens: 100 * dollars,
          completionTokens: 10 * dollars,
        });
  await registerUser(product, EMAIL);
  const rest = await openRest(product, EMAIL);
  const { body } = await rest.post("/api/keys", { name: "Manager", key: manager.secret });
  await syncKey(rest, body.id);
});
test.afterAll(() => product.stop());

/** Clicks, which are counted. */
function counted() {
  let clicks = 0;
  return {
    async click(target: Locator) {
      clicks += 1;
      await target.click();
    },
    get clicks() {
      return clicks;
    },
  };
}

const figure = (page: Page, label: string | RegExp) => page.locator("dl > div").filter({ hasText: label });

test("answers three questions in few clicks: credits, this month against last, and the key that grew most", async ({
  page,
}) => {
  await logIn(page, product, EMAIL);
  await expect(figure(page, "Credits left")).toContainText(/Run out around \d+ \w+/);

  const month = counted();
  await month.click(figure(page, "Month to date").getByRole("link"));
  await expect(page.getByRole("region", { name: /^Cost of .*, cumulative$/ })).toBeVisible();
  await expect(page.getByText(/^Dashed line: /)).toBeVisible();
  await expect(page.locator("[data-forecast]")).toBeVisible();
  await expectAccessible(page);
  expect(month.clicks).toBe(1);
  await page.getByRole("link", { name: "Daily" }).click();
  await expect(page).not.toHaveURL(/view=/);

  const grew = counted();
  await grew.click(page.getByRole("link", { name: "7 days" }));
  const first = page.getByRole("table", { name: "What changed" }).getByRole("row").nth(1);
  await expect(first).toContainText("batch");
  await expect(first).toContainText(/requests \+\$/);
  expect(grew.clicks).toBeLessThanOrEqual(4);
});

test("each figure of the dashboard has its exact value and opens what is behind it", async ({ page }) => {
  await logIn(page, product, EMAIL);
  for (const [label, where] of [
    ["Month to date", /view=month/],
    [/^Forecast for/, /\/alerts\?.*part=forecast/],
    ["Credits left", /\/accounts\?.*part=reconciliation/],
    ["Today so far", /start_date=.*end_date=/],
  ] as const) {
    await page.goto(`${product.url}/dashboard`);
    const link = figure(page, label).getByRole("link");
    await expect(link.locator("[data-exact]")).toHaveAttribute("data-exact", /^\d+\.\d{2,9}$/);
    await link.click();
    await expect(page).toHaveURL(where);
  }
});

test("the chart is on the first screen of a phone", async ({ page }) => {
  await logIn(page, product, EMAIL);
  for (const size of [
    { width: 360, height: 740 },
    { width: 400, height: 844 },
  ]) {
    await page.setViewportSize(size);
    const box = await page.locator("#main svg:has(pattern)").boundingBox();
    expect(box?.y, `top at ${size.width}`).toBeLessThan(size.height - 200);
  }
});
