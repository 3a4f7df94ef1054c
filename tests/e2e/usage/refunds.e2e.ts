import { expect, type Page, test } from "@playwright/test";
import { openRest, registerUser, signIn, syncKey } from "../support/person.ts";
import { dayAgo, type Product, startProduct } from "../support/product.ts";

let product: Product;
const EMAIL = "ada@example.com";
const MODELS = ["anthropic/claude-sonnet-4.5", "deepseek/deepseek-chat-v3.1"] as const;

test.beforeAll(async () => {
  product = await startProduct();
  const { ledger } = product.sim;
  const account = ledger.addAccount({ creditsNanos: 100_000_000_000n });
  const manager = ledger.addManagementKey(account.id, { name: "manager" });
  const keys = ["app", "batch"].map((name) => ledger.addKey(account.id, { name }));
  // $1.50 of one key and a refund of $0.75 to the other, on one day.
  for (const [index, costNanos] of [1_500_000_000n, -750_000_000n].entries())
    ledger.spendOnDay(dayAgo(3), keys[index]!, MODELS[index]!, {
      ...{ costNanos, requests: 4, promptTokens: 900, completionTokens: 80 },
    });
  await registerUser(product, EMAIL);
  const rest = await openRest(product, EMAIL);
  const { body } = await rest.post("/api/keys", { name: "Manager", key: manager.secret });
  for (const key of keys) await rest.post("/api/keys", { name: key.name, key: key.secret });
  await syncKey(rest, body.id);
});
test.afterAll(() => product.stop());

/** Ticks of the axis with their height, and the bars above and below 0 in dollars. */
const chartOf = (page: Page) =>
  page.locator("#main svg:has(pattern)").evaluate((svg) => {
    const labels = [...svg.querySelectorAll("g > text")]
      .map((text) => ({ text: text.textContent ?? "", y: text.getBoundingClientRect() }))
      .filter(({ text }) => text.includes("$"))
      .map(({ text, y }) => ({ dollars: Number(text.replace("$", "")), y: y.top + y.height / 2 }));
    const [low, high] = [labels[0], labels.at(-1)];
    if (!low || !high) throw new Error("no axis");
    const perDollar = (low.y - high.y) / (high.dollars - low.dollars);
    const toDollars = (y: number) => low.dollars + (low.y - y) / perDollar;
    const bars = [...svg.querySelectorAll(":scope > path[d*='z']")].map((path) => {
      const { top, bottom } = path.getBoundingClientRect();
      return [toDollars(bottom), toDollars(top)].map((dollars) => Math.round(dollars * 20) / 20 + 0);
    });
    const net = svg.querySelector("[data-nets]")?.getBoundingClientRect();
    return { bars, net: net ? Math.round(toDollars((net.top + net.bottom) / 2) * 20) / 20 : null };
  });

for (const by of ["model", "key"])
  test(`draws a day with a refund on both sides of 0, by ${by}`, async ({ page }) => {
    await signIn(page, product, EMAIL);
    await page.goto(`${product.url}/dashboard?days=7${by === "key" ? "&by=key" : ""}`);
    await expect(page.getByRole("heading", { name: `Cost per day by ${by}` })).toBeVisible();
    await expect(page.locator("#main svg:has(pattern) > path[d*='z']")).toHaveCount(2);
    const { bars, net } = await chartOf(page);
    expect(bars.sort((left, right) => (left[0] ?? 0) - (right[0] ?? 0))).toEqual([
      [-0.75, 0],
      [0, 1.5],
    ]);
    expect(net).toBe(0.75);
    const slider = page.getByRole("slider");
    await slider.focus();
    for (let day = 0; day < 3; day++) await page.keyboard.press("ArrowLeft");
    await expect(slider).toHaveAttribute("aria-valuetext", /\$0\.75; .*\$1\.50, .*-\$0\.75/);
  });

test("changes, shares and bars of a refund are signed and stay inside their cells", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/dashboard?days=7`);
  const changes = page.getByRole("table", { name: "What changed" }).locator("tbody").getByRole("row");
  await expect(changes).toHaveText([/^app.*\+\$1\.50.*requests \+\$1\.50$/, /^batch.*-\$0\.75.*requests -\$0\.75$/]);
  const boxes = await changes.evaluateAll((rows) =>
    rows.map((row) => {
      const track = row.querySelector(".paint")!.getBoundingClientRect();
      const bar = row.querySelector(".paint > div")!.getBoundingClientRect();
      return [(bar.left - track.left) / track.width, (bar.right - track.left) / track.width].map(
        (part) => Math.round(part * 100) / 100,
      );
    }),
  );
  expect(boxes).toEqual([
    [0.33, 1],
    [0, 0.33],
  ]);
  await page.getByRole("group", { name: "Changes by" }).getByRole("link", { name: "Model" }).click();
  await expect(changes).toHaveText([/^anthropic\/claude-sonnet-4\.5/, /^deepseek\/deepseek-chat-v3\.1/]);
  const refund = page.getByRole("table", { name: "Usage by key" }).getByRole("row", { name: /batch/ });
  await expect(refund.locator("[data-refund]")).toHaveCSS("--share", "50%");
  await expect(refund).toContainText("-$0.75");
  const models = page.getByRole("table", { name: "Top models" }).locator("tbody").getByRole("row");
  await expect(models).toHaveText([/\$1\.50200%$/, /-\$0\.75-100%$/]);

  // Without remaining cost there is no share.
  await page.goto(`${product.url}/dashboard?days=7&model=${encodeURIComponent(MODELS[1])}`);
  await expect(models).toHaveText([/-\$0\.75–$/]);
  await page.goto(`${product.url}/stats?days=7&group_by=%5B%22key%22%5D`);
  await expect(page.locator("tbody [data-refund]")).toHaveText("-$0.75");
});
