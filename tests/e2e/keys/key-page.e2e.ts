import { formatNanos } from "@orwatch/domain/money";
import { expect, type Page, test } from "@playwright/test";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  listenToConsole,
  openRest,
  registerUser,
  signIn,
  waitForHistory,
} from "../support/person.ts";
import { dayAgo, openAccount, type Product, startProduct } from "../support/product.ts";

const ADMIN = "ada@example.com";
const OTHER = "grace@example.com";

let product: Product;
let account: ReturnType<typeof openAccount>;
/** A day that costs many times as much as usual. */
const SPIKE = dayAgo(3);
/** Path of the page of a key of the administrator. */
let path = "";
test.beforeAll(async () => {
  product = await startProduct();
  account = openAccount(product.sim);
  product.sim.ledger.spendOnDay(SPIKE, account.app, "openai/gpt-5-mini-2025-08-07", {
    costNanos: 4_000_000_000n,
    promptTokens: 9_000,
    completionTokens: 800,
    reasoningTokens: 321,
  });
  for (const email of [ADMIN, OTHER]) await registerUser(product, email);
  const rest = await openRest(product, ADMIN);
  await rest.post("/api/accounts", { name: "Acme", key: account.manager.secret });
  await collect(false);
  await waitForHistory(rest);
  const { items } = (await rest.get("/api/keys?limit=100")).body;
  path = `/keys/${items.find(({ name }: { name: string }) => name === "app").id}`;
});
test.afterAll(() => product.stop());

/** Turns the collection of hours and providers on or off, so that no job collects them in between. */
async function collect(isOn: boolean) {
  const rest = await openRest(product, ADMIN);
  const [{ id }] = (await rest.get("/api/accounts")).body.items;
  await rest.put(`/api/accounts/${id}`, {
    // The others would use up the requests of the account for a minute.
    breakdowns: {
      hours: isOn,
      providers: isOn,
      apps: false,
      finish_reasons: false,
      members: false,
      workspaces: false,
    },
  });
}

/** What the ledger has of the key, as the page writes it. */
const costOf = (from: string): string =>
  formatNanos(product.sim.ledger.totals({ keyHash: account.app.hash, from, to: dayAgo(0) }).costNanos);

const fact = (page: Page, label: string) => page.locator("dl > div").filter({ hasText: label });
const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

/** Cost in the foot of a table. */
const totalOf = (page: Page, name: string) =>
  region(page, name).locator("tfoot [data-exact]").filter({ hasText: "$" }).first();

test("the page of a key opens from lists of keys, and its numbers equal the ledger", async ({ page }) => {
  const said = listenToConsole(page);
  await signIn(page, product, ADMIN);
  for (const [where, table] of [
    ["/dashboard?days=7", "Usage by key"],
    ["/accounts", "Keys of this OpenRouter account"],
    ["/keys", "Your keys"],
  ] as const) {
    await page.goto(`${product.url}${where}`);
    await page.getByRole("table", { name: table }).getByRole("link", { name: "app", exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`${path}(\\?days=7)?$`));
    await expect(page.getByRole("heading", { name: "app", level: 1 })).toBeVisible();
  }
  await expect(page).toHaveTitle("app · orwatch");
  await expect(page.getByText("Discovered, no secret stored")).toBeVisible();
  const firstOfMonth = `${dayAgo(0).slice(0, 8)}01`;
  await expect(fact(page, "This month").locator("[data-exact]")).toHaveAttribute("data-exact", costOf(firstOfMonth));
  await expect(fact(page, "Limit")).toContainText(/of \$50\.00 · resets/);
  await expect(totalOf(page, "Top models")).toHaveAttribute("data-exact", costOf(dayAgo(29)));
  await expect(fact(page, "Reasoning tokens").locator("[data-exact]")).toHaveAttribute("data-exact", "321");
  await page.getByRole("link", { name: "7 days" }).click();
  await expect(totalOf(page, "Top models")).toHaveAttribute("data-exact", costOf(dayAgo(6)));
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Keys" }).click();
  await expect(page).toHaveURL(`${product.url}/keys`);
  expect(said).toEqual([]);
});

test("hours and providers are unknown until they are collected, and then sum to the total", async ({ page }) => {
  await signIn(page, product, ADMIN);
  await page.goto(`${product.url}${path}`);
  for (const [name, title] of [
    ["When it spends", "Hours are not known yet"],
    ["Providers", "Providers are not known yet"],
  ] as const) {
    await expect(region(page, name).getByText(title)).toBeVisible();
    await expect(region(page, name).getByText("turned off for the account “Acme”")).toBeVisible();
  }
  await expectAccessibleEverywhere(page);

  await collect(true);
  await page.goto(`${product.url}/jobs`);
  const job = page.getByRole("region", { name: "Fetch breakdowns" });
  await job.getByRole("button").first().click();
  const rest = await openRest(product, ADMIN);
  for (const dimension of ["hour", "provider"])
    await expect
      .poll(async () => {
        const range = `start_date=${dayAgo(29)}&end_date=${dayAgo(0)}`;
        const { items } = (await rest.get(`/api/breakdowns?dimension=${dimension}&${range}`)).body;
        return items.some(({ value }: { value: string | null }) => value !== null);
      })
      .toBe(true);

  await page.goto(`${product.url}${path}`);
  const hours = region(page, "When it spends").getByRole("grid", { name: "Cost by weekday and hour (UTC)" });
  await expect(hours.locator("[data-at]")).toHaveCount(7 * 24);
  await expect(hours.getByRole("gridcell", { name: /: \$0\.\d*[1-9]/ })).not.toHaveCount(0);
  await expect(totalOf(page, "Providers")).toHaveAttribute("data-exact", costOf(dayAgo(29)));
  const unknown = region(page, "Providers").getByRole("row", { name: /^Not known yet/ });
  await expect(unknown.locator("[data-exact]").first()).toHaveAttribute("data-exact", costOf(dayAgo(0)));
  await expect(
    region(page, "Providers").getByText(/^Providers are known from .* on, except for today\.$/),
  ).toBeVisible();
  await expect(
    region(page, "Providers")
      .getByText(/^[\d.]+ s$/)
      .first(),
  ).toBeVisible();
  await expectAccessibleEverywhere(page);
});

test("a day that stands out is labelled in the chart and opens in the dashboard", async ({ page }) => {
  await signIn(page, product, ADMIN);
  await page.goto(`${product.url}${path}`);
  const chart = region(page, "Cost per day by model");
  await expect(chart.locator("svg").getByText(/^[\d.]+× usual$/)).toBeVisible();
  const days = chart.getByRole("list", { name: "Days that stand out" }).getByRole("listitem");
  await expect(days).toHaveCount(1);
  await expect(days).toContainText(/\$4\.\d+, usually \$0\.2\d/);
  await expect(days).toContainText("mostly openai/gpt-5-mini-2025-08-07 ($4.00)");
  await days.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/dashboard\\?.*start_date=${SPIKE}&end_date=${SPIKE}`));
});

test("a new alert rule starts with the key, and is then listed on its page", async ({ page }) => {
  await signIn(page, product, ADMIN);
  await page.goto(`${product.url}${path}`);
  await expect(fact(page, "Alerts")).toContainText("None firing");
  await page.getByRole("link", { name: "New alert rule" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a rule" });
  await expect(dialog.getByRole("checkbox", { name: "app", exact: true })).toBeChecked();
  await expect(dialog.getByRole("checkbox", { name: "batch" })).not.toBeChecked();
  await dialog.getByLabel("Amount (USD)").fill("3");
  await dialog.getByRole("button", { name: "Add rule" }).click();
  await expect(dialog).toBeHidden();
  await page.goto(`${product.url}${path}`);
  await expect(region(page, "Alert rules").getByText(/spend of app exceeds \$3/i)).toBeVisible();
});

test("the history of a key lists its changes at OpenRouter", async ({ page }) => {
  product.sim.ledger.updateKey(account.app, { limitNanos: 70_000_000_000n });
  const rest = await openRest(product, ADMIN);
  const [{ id }] = (await rest.get("/api/accounts")).body.items;
  await rest.post(`/api/accounts/${id}/sync`, {});
  await signIn(page, product, ADMIN);
  await page.goto(`${product.url}${path}`);
  const events = page.getByRole("list", { name: "History at OpenRouter" }).getByRole("listitem");
  await expect(events).toHaveCount(1);
  await expect(events).toContainText("$70.00");
});

test("a key of another user, or a mistyped address, is not found", async ({ page }) => {
  await signIn(page, product, OTHER);
  for (const where of [path, "/keys/999999", "/keys/app"]) {
    await page.goto(`${product.url}${where}`);
    await expect(page.getByRole("heading", { name: "Key not found" })).toBeVisible();
    await expect(page).toHaveTitle("Key not found · orwatch");
  }
  await expectAccessible(page);
  await page.getByRole("link", { name: "Go to your keys" }).click();
  await expect(page).toHaveURL(`${product.url}/keys`);
});

test("the page of a key without a management key explains what is missing", async ({ page }) => {
  const rest = await openRest(product, OTHER);
  const secret = product.sim.ledger.addKey(product.sim.ledger.addAccount().id, { name: "lone" }).secret;
  const { body } = await rest.post("/api/keys", { name: "lone", key: secret });
  await signIn(page, product, OTHER);
  await page.goto(`${product.url}/keys/${body.id}`);
  await expect(page.getByText("Secret stored")).toBeVisible();
  await expect(page.getByText("No management key covers this key.")).toHaveCount(2);
  await expect(fact(page, "Cost per request").locator("[data-exact]")).toHaveAttribute("data-exact", "null");
  await page.getByRole("link", { name: "Add a management key" }).first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
});
