import { expect, type Locator, type Page, test } from "@playwright/test";
import { logIn, openRest, registerUser, syncKey } from "../support/person.ts";
import { openAccount, type Product, startProduct } from "../support/product.ts";

let product: Product;
const EMAIL = "ada@example.com";
const SONNET = "anthropic/claude-sonnet-4.5";
const DEEPSEEK = "deepseek/deepseek-chat-v3.1";

test.beforeAll(async () => {
  product = await startProduct();
  const keys = openAccount(product.sim);
  await registerUser(product, EMAIL);
  const rest = await openRest(product, EMAIL);
  const manager = await rest.post("/api/keys", { name: "Manager", key: keys.manager.secret });
  await rest.post("/api/keys", { name: "App", key: keys.app.secret });
  await rest.post("/api/keys", { name: "Batch", key: keys.batch.secret });
  await syncKey(rest, manager.body.id);
});
test.afterAll(() => product.stop());

const legendOf = (page: Page) => page.getByRole("group", { name: /^Chart series/ });
const readoutOf = (page: Page) => page.getByRole("slider", { name: /^Cost by day/ });
/** What `openAccount` spends on Sonnet the day before, to the nano-dollar. */
const YESTERDAY = "$0.211000038";

test("the legend isolates or hides one series by mouse and keyboard, and the values follow", async ({ page }) => {
  await logIn(page, product, EMAIL);
  const legend = legendOf(page);
  const series = legend.getByRole("button", { pressed: true });
  await expect(series).toHaveCount(3);
  const sonnet = legend.getByRole("button", { name: SONNET });

  await sonnet.click();
  await expect(series).toHaveText([SONNET]);
  await readoutOf(page).focus();
  await page.keyboard.press("End");
  await expect(readoutOf(page)).toHaveAttribute("aria-valuetext", /^\d+ \w+ so far: /);
  await page.keyboard.press("ArrowLeft");
  await expect(readoutOf(page)).toHaveAttribute("aria-valuetext", new RegExp(`: \\${YESTERDAY}; ${SONNET} `));
  await expect(page.locator("[data-readout]")).toContainText("Total shown");
  await page.keyboard.press("Escape");
  await expect(page.locator("[data-readout]")).toHaveCount(0);
  await sonnet.click();
  await expect(series).toHaveCount(3);

  await sonnet.click({ modifiers: ["Shift"] });
  await expect(series).toHaveCount(2);
  await expect(sonnet).toHaveAttribute("aria-pressed", "false");
  await legend.getByRole("button", { name: "Show all" }).click();
  await sonnet.focus();
  await page.keyboard.press("Shift+Enter");
  await expect(series).toHaveCount(2);
  await expect(sonnet).toHaveAttribute("aria-pressed", "false");
});

test("the table beside the chart has the same values, and copied values are exact", async ({ page }) => {
  await logIn(page, product, EMAIL);
  await legendOf(page).getByRole("button", { name: SONNET }).click();
  await page.getByRole("button", { name: "Show as table" }).click();
  const table = page.getByRole("table", { name: "Cost per day by model (table)" });
  await expect(table.getByRole("columnheader")).toHaveText(["Day", /^Total/, SONNET]);
  const yesterday = table.locator("tbody tr").nth(1).getByRole("cell").last();
  await expect(yesterday).toHaveText("$0.21");
  const copied = await yesterday.evaluate(
    (cell) =>
      new Promise<string | undefined>((resolve) => {
        document.addEventListener("copy", (event) => resolve(event.clipboardData?.getData("text/plain")), {
          once: true,
        });
        const number = cell.querySelector("[data-exact]") ?? cell;
        getSelection()?.selectAllChildren(number);
        document.execCommand("copy");
      }),
  );
  expect(copied).toBe("0.211000038");
  await page.getByRole("button", { name: "Show as chart" }).click();
  await expect(readoutOf(page)).toBeVisible();
});

test("a model has one colour in chart, share and table, in every range and after a reload", async ({ page }) => {
  await logIn(page, product, EMAIL);
  const colourOf = (place: Locator) =>
    place
      .locator("span[aria-hidden]")
      .first()
      .evaluate((one) => getComputedStyle(one).backgroundColor);
  const legend = legendOf(page);
  const first = await colourOf(legend.getByRole("button", { name: DEEPSEEK }));
  expect(first).not.toBe(await colourOf(legend.getByRole("button", { name: SONNET })));
  const row = page.getByRole("table", { name: "Top models" }).getByRole("row").filter({ hasText: DEEPSEEK });
  expect(await colourOf(row)).toBe(first);
  for (const where of ["/dashboard?days=7", `/dashboard?model=${encodeURIComponent(DEEPSEEK)}`, "/dashboard?days=90"]) {
    await page.goto(`${product.url}${where}`);
    expect(await colourOf(legendOf(page).getByRole("button", { name: DEEPSEEK })), where).toBe(first);
  }
});
