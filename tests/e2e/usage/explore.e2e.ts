import { readFileSync } from "node:fs";
import { expect, type Locator, type Page, test } from "@playwright/test";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  listenToConsole,
  logIn,
  openRest,
  register,
  registerUser,
  syncKey,
} from "../support/person.ts";
import { dayAgo, openAccount, type Product, startProduct } from "../support/product.ts";

let product: Product;
let keys: ReturnType<typeof openAccount>;
const EMAIL = "ada@example.com";
const SONNET = "anthropic/claude-sonnet-4.5";

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

const open = (page: Page, query = "") => page.goto(`${product.url}/explore${query}`);
const body = (page: Page) => page.getByRole("table", { name: /^Usage by/ }).locator("tbody tr");
const foot = (page: Page) => page.getByRole("table", { name: /^Usage by/ }).locator("tfoot [data-exact]");
const exactOf = (cell: Locator) => cell.getAttribute("data-exact");
const nanosOf = (usd: string | null) => {
  const [whole = "0", fraction = ""] = (usd ?? "").split(".");
  return BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));
};
const ledgerOf = (from: string, to: string) =>
  [keys.app, keys.batch].map((key) => product.sim.ledger.totals({ keyHash: key.hash, from, to }).costNanos);

/** Counts presses of the mouse, and the requests for data that they lead to. */
function countClicks(page: Page) {
  const requests: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/trpc/") && pathname.includes("explore.get")) requests.push(pathname);
  });
  let clicks = 0;
  return {
    requests,
    async press(target: Locator) {
      clicks += 1;
      await target.click();
    },
    get clicks() {
      return clicks;
    },
  };
}

test("answers common questions in at most four clicks, each with one request", async ({ page }) => {
  const said = listenToConsole(page);
  await logIn(page, product, EMAIL);
  await open(page);
  await expect(body(page)).toHaveCount(3);
  const counted = countClicks(page);

  // Spend per hour today.
  await counted.press(page.getByRole("link", { name: "Today" }));
  await expect(page.getByRole("button", { name: "Interval: Hour (automatic)" })).toBeVisible();
  await expect(page.getByRole("slider", { name: /^Cost per hour by model/ })).toBeVisible();
  expect(counted.clicks).toBe(1);
  await expect.poll(() => counted.requests.length).toBe(1);

  // Anthropic last month by key.
  await open(page);
  const before = counted.clicks;
  await counted.press(page.getByRole("link", { name: "Last month" }));
  await counted.press(page.getByRole("button", { name: "Filter", exact: true }));
  await page.keyboard.type("anthropic");
  await counted.press(page.getByRole("link", { name: "Show only Vendor anthropic" }));
  await page.keyboard.press("Escape");
  await counted.press(page.getByRole("group", { name: "Group by" }).getByRole("link", { name: "Key", exact: true }));
  await expect(body(page)).toHaveCount(1);
  await expect(body(page).first()).toContainText("App");
  await expect(page.getByRole("list", { name: "Filters" })).toContainText("Vendor: anthropic");
  expect(counted.clicks - before).toBe(4);
  await expectAccessibleEverywhere(page);

  // By provider, app and end user: what is not collected is a group of its own.
  await open(page);
  for (const name of ["Provider", "App", "End user"]) {
    await page.getByRole("group", { name: "Group by" }).getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("columnheader", { name, exact: true })).toBeVisible();
    expect(nanosOf(await exactOf(foot(page).nth(4)))).toBe(
      ledgerOf(dayAgo(29), dayAgo(0)).reduce((sum, cost) => sum + cost, 0n),
    );
  }
  expect(said).toEqual([]);
});

test("rows and subtotals equal the ledger, a click filters, and a combination that is not collected says why", async ({
  page,
}) => {
  await logIn(page, product, EMAIL);
  await open(page, "?group_by=%5B%22key%22%2C%22model%22%5D&compare=true");
  await expect(body(page)).toHaveCount(5);
  const [app, batch] = ledgerOf(dayAgo(29), dayAgo(0));
  const costOf = (row: RegExp) => exactOf(page.getByRole("row", { name: row }).locator("[data-exact]").nth(4));
  expect(nanosOf(await costOf(/^App/))).toBe(app);
  expect(nanosOf(await costOf(/^Batch/))).toBe(batch);
  expect(nanosOf(await exactOf(foot(page).nth(4)))).toBe((app ?? 0n) + (batch ?? 0n));
  await expect(page.getByText(/compared with/)).toBeVisible();

  await page.getByRole("link", { name: "Pivot" }).click();
  await expect(page.getByRole("columnheader", { name: SONNET })).toBeVisible();
  expect(nanosOf(await exactOf(foot(page).last()))).toBe((app ?? 0n) + (batch ?? 0n));
  await expectAccessible(page);
  await page.getByRole("link", { name: "Groups" }).click();

  await body(page).getByRole("link", { name: "App" }).click();
  await expect(page.getByRole("list", { name: "Filters" })).toContainText("Key: App");
  await expect(body(page)).toHaveCount(3);
  await page.getByRole("link", { name: "Remove filter Key: App" }).click();
  await expect(body(page)).toHaveCount(5);

  await page.getByRole("button", { name: /^Metric/ }).click();
  await page.getByRole("link", { name: "Cache hit rate" }).click();
  await page.getByRole("button", { name: /^Interval/ }).click();
  await expect(
    page
      .getByText("Hours are known for", { exact: false })
      .or(page.getByText("Reasoning and cached tokens are known by day"))
      .first(),
  ).toBeVisible();
  await page.keyboard.press("Escape");
  await open(page, "?group_by=%5B%22provider%22%2C%22app%22%5D");
  await expect(page.getByText("Use only one of them.").first()).toBeVisible();
});

test("dragging zooms, a bar opens its days, and the keyboard does both", async ({ page }) => {
  await logIn(page, product, EMAIL);
  await open(page, "?days=90&interval=month&group_by=%5B%22key%22%5D");
  const slider = page.getByRole("slider");
  await slider.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`start_date=${dayAgo(0).slice(0, 7)}-01&end_date=${dayAgo(0)}`));

  await open(page, "?days=30");
  const box = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const at = (day: number) => box.x + ((day + 0.5) / 30) * box.width;
  await page.mouse.move(at(10), box.y + 40);
  await page.mouse.down();
  await page.mouse.move(at(15), box.y + 40);
  await page.mouse.up();
  await expect(page).toHaveURL(new RegExp(`start_date=${dayAgo(19)}&end_date=${dayAgo(14)}`));
  await page.goBack();
  await expect(page).toHaveURL(/days=30/);

  await slider.focus();
  await page.keyboard.press("Home");
  for (let day = 0; day < 3; day++) await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`start_date=${dayAgo(29)}&end_date=${dayAgo(26)}`));
});

test("views are saved, renamed, pinned and opened, and annotations stand on the chart", async ({ page }) => {
  await logIn(page, product, EMAIL);
  await open(page, "?metric=requests&group_by=%5B%22vendor%22%5D&chart=lines");
  await page.getByRole("button", { name: "Saved views" }).click();
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Requests by vendor");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  const saved = page.getByRole("button", { name: "Requests by vendor" });
  await expect(saved).toBeVisible();
  await saved.click();
  await page.getByRole("button", { name: "Pin Requests by vendor to the navigation" }).click();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Requests by vendor" })).toBeVisible();
  await page.getByRole("button", { name: "Rename Requests by vendor" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Vendors");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation").getByRole("link", { name: "Vendors" })).toBeVisible();
  await open(page);
  await page.getByRole("navigation").getByRole("link", { name: "Vendors" }).click();
  await expect(page).toHaveURL(/metric=requests.*chart=lines|chart=lines.*metric=requests/);

  await open(page);
  await page.getByRole("slider").focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "What happened" }).fill("Batch re-run");
  await page.keyboard.press("Enter");
  const list = page.getByRole("list", { name: "Annotations" });
  await expect(list).toContainText("Batch re-run");
  await expect(page.locator("[data-annotation]")).toHaveCount(1);
  await page.getByRole("slider").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("slider")).toHaveAttribute("aria-valuetext", /Batch re-run$/);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Delete annotation Batch re-run" }).click();
  await expect(list).toHaveCount(0);
});

test("files contain exactly what is shown, with period and filters", async ({ page }) => {
  await logIn(page, product, EMAIL);
  await open(page, `?group_by=%5B%22key%22%5D&model=%5B%22${encodeURIComponent(SONNET)}%22%5D`);
  await expect(body(page)).toHaveCount(1);
  const total = await exactOf(foot(page).nth(4));
  const save = async (name: string) => {
    await page.getByRole("button", { name: "Export" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name, exact: true }).click(),
    ]);
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
  };
  const csv = await save("CSV");
  expect(csv.name).toMatch(/^orwatch_cost_.*_by-key_model-anthropic-claude-sonnet-4-5\.csv$/);
  expect(csv.text).toContain(
    "key,requests,tokens_input,tokens_output,cost_per_request,cost,start_date,end_date,filters",
  );
  expect(csv.text).toContain(`,${total},${dayAgo(29)},${dayAgo(0)},model=${SONNET}`);
  const json = JSON.parse((await save("JSON")).text);
  expect(json).toMatchObject({ start_date: dayAgo(29), end_date: dayAgo(0), filters: { model: [SONNET] } });
  expect(json.rows.at(-1).cost).toBe(total);
  const svg = await save("Chart as SVG");
  expect(svg.text).toContain(`Model: ${SONNET}`);
  const png = await save("Chart as PNG");
  expect(png.name).toMatch(/\.png$/);
  expect(png.text.length).toBeGreaterThan(1000);
});

test("addresses of Statistics lead to the same rows, with sorting, details, pages and files", async ({ page }) => {
  const said = listenToConsole(page);
  await logIn(page, product, EMAIL);
  await page.goto(`${product.url}/stats?days=90`);
  await expect(page).toHaveURL(/\/explore\?.*table=rows/);
  await expect(body(page)).toHaveCount(61);
  const costs = () =>
    body(page).evaluateAll((rows) =>
      rows.map((row) => row.querySelector("[data-exact]")?.getAttribute("data-exact") ?? ""),
    );
  const shown = await costs();
  for (const index of [0, 1, 30, 60])
    expect(nanosOf(shown[index] ?? "")).toBe(
      ledgerOf(dayAgo(index), dayAgo(index)).reduce((sum, cost) => sum + cost, 0n),
    );
  await expect(page.getByText("All days of this range have data.")).toBeVisible();

  await page.goto(`${product.url}/stats?days=90&group_by=%5B%22month%22%2C%22model%22%5D&sort=-cost`);
  await expect(page.getByRole("columnheader", { name: "Month" })).toBeVisible();
  await page.getByRole("button", { name: "Cost (USD)" }).click();
  await expect(page).toHaveURL(/sort=cost/);
  await expect.poll(async () => (await costs()).map(Number)).toEqual((await costs()).map(Number).sort((a, b) => a - b));
  await page.getByRole("button", { name: "Export" }).click();
  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "CSV", exact: true }).click(),
  ]);
  expect(csv.suggestedFilename()).toMatch(/^usage_.*_by-month-model\.csv$/);
  await page.getByRole("link", { name: "Details" }).click();
  await expect(page.getByRole("columnheader", { name: "Reasoning tokens" })).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${product.url}/stats?days=90&group_by=%5B%22day%22%2C%22key%22%2C%22model%22%5D`);
  await expect(page.getByText(/^1–100 of 1\d\d$/)).toBeVisible();
  await page.getByRole("link", { name: "Next" }).press("Enter");
  await expect(page.getByText(/^101–1\d\d of 1\d\d$/)).toBeVisible();
  expect(said).toEqual([]);
});

test("unknown days, no usage and no keys are told apart", async ({ page }) => {
  await logIn(page, product, EMAIL);
  await open(page, "?model=unknown/model");
  await expect(page.getByRole("heading", { name: "No usage in this range" })).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(body(page).first()).toBeVisible();
  await open(page, "?start_date=2020-01-01&end_date=2020-01-31");
  await expect(page.getByRole("heading", { name: "No data for these days" })).toBeVisible();
  await page.context().clearCookies();
  await register(page, product, "grace@example.com");
  await open(page, "?api_key_id=%5B1%2C2%2C3%5D&days=90");
  await expect(page.getByRole("heading", { name: "No keys yet" })).toBeVisible();
  await expect(page.getByText("Key: App")).toHaveCount(0);
});
