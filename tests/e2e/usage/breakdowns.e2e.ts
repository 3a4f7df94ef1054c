import { usd } from "@orwatch/openrouter-sim";
import { expect, type Page, test } from "@playwright/test";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  logIn,
  openRest,
  registerUser,
  signIn,
  waitForHistory,
} from "../support/person.ts";
import { dayAgo, type Product, startProduct } from "../support/product.ts";

const EMAIL = "ada@example.com";
const NEW_EMAIL = "grace@example.com";
const DAYS = 20;

test.describe.configure({ mode: "serial" });

let product: Product;
let accountId: string;
test.beforeAll(async () => {
  product = await startProduct({ BREAKDOWN_RETENTION_DAYS: "90" });
});
test.afterAll(() => product.stop());

/** An account with a key that two apps use, one of them with a name that could be markup. */
async function watchAccount() {
  const { ledger } = product.sim;
  const account = ledger.addAccount({ creditsNanos: usd("100") });
  const manager = ledger.addManagementKey(account.id, { name: "manager" });
  const key = ledger.addKey(account.id, { name: "production" });
  for (let day = DAYS; day >= 0; day--)
    for (const [index, app] of ["Acme Chat", '<img src="x"> مرحبا'.repeat(8)].entries())
      ledger.spend(new Date(`${dayAgo(day)}T00:00:00Z`), key, "anthropic/claude-sonnet-4.5", {
        costNanos: BigInt(2 - index) * 100_000_007n,
        requests: 2,
        promptTokens: 500,
        completionTokens: 60,
        app,
        externalUser: `person-${index}`,
      });
  const rest = await openRest(product, EMAIL);
  await rest.post("/api/accounts", { name: "Acme", key: manager.secret });
  await waitForHistory(rest);
  const [{ id, breakdowns }] = (await rest.get("/api/accounts")).body.items;
  await rest.put(`/api/accounts/${id}`, { breakdowns: { ...breakdowns, end_users: true } });
  return account.id;
}

/** An account whose only usage is of today: its breakdowns arrive after the day has ended. */
async function watchNewAccount() {
  const { ledger } = product.sim;
  const account = ledger.addAccount();
  const manager = ledger.addManagementKey(account.id, { name: "manager" });
  const key = ledger.addKey(account.id, { name: "first" });
  ledger.spendOnDay(dayAgo(0), key, "openai/gpt-5-mini", { costNanos: usd("0.3"), requests: 3, app: "Acme Chat" });
  const rest = await openRest(product, NEW_EMAIL);
  await rest.post("/api/accounts", { name: "New", key: manager.secret });
  await waitForHistory(rest);
}

/** Runs the job and waits for the dimension that is fetched last. */
async function fetchBreakdowns(page: Page) {
  await page.goto(`${product.url}/jobs`);
  await page.getByRole("button", { name: "Run “Fetch breakdowns” now" }).click();
  const rest = await openRest(product, EMAIL);
  const where = `/api/breakdowns?dimension=end_user&start_date=${dayAgo(DAYS)}&end_date=${dayAgo(0)}`;
  await expect.poll(async () => (await rest.get(where)).body.since).not.toBeNull();
}

const openPart = (page: Page) => page.goto(`${product.url}/accounts?part=breakdowns`);
const decimalOf = (nanos: bigint) =>
  `${nanos / 1_000_000_000n}.${String(nanos % 1_000_000_000n).padStart(9, "0")}`.replace(/0{1,7}$/, "");
const nanosOf = (decimal: string | null) => {
  const [whole = "0", fraction = ""] = (decimal ?? "").split(".");
  return BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));
};

test("saves which breakdowns are collected", async ({ page }) => {
  await registerUser(product, EMAIL);
  await signIn(page, product, EMAIL);
  accountId = await watchAccount();
  await page.context().clearCookies();
  await registerUser(product, NEW_EMAIL);
  await signIn(page, product, NEW_EMAIL);
  await watchNewAccount();
  await openPart(page);
  await expect(page.getByRole("heading", { name: "Nothing collected yet" })).toBeVisible();
  await expectAccessibleEverywhere(page);
  await page.getByRole("button", { name: "What is collected" }).click();
  const dialog = page.getByRole("dialog", { name: "What is collected" });
  await expect(dialog.getByText("90 days")).toBeVisible();
  await dialog.getByRole("checkbox", { name: "Providers" }).uncheck();
  await expect(dialog.getByRole("checkbox", { name: "Latency and throughput" })).toBeDisabled();
  await dialog.getByRole("checkbox", { name: "Providers" }).check();
  await dialog.getByRole("checkbox", { name: "Hours" }).uncheck();
  await dialog.getByRole("checkbox", { name: "Finish reasons" }).uncheck();
  await dialog.getByRole("checkbox", { name: "Workspaces" }).uncheck();
  await dialog.getByRole("checkbox", { name: "End users" }).check();
  await expectAccessibleEverywhere(page);
  await dialog.getByRole("button", { name: "Save" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "What is collected" })).toBeFocused();
  const rest = await openRest(product, NEW_EMAIL);
  const [account] = (await rest.get("/api/accounts")).body.items;
  expect(account.breakdowns).toEqual({
    providers: true,
    apps: true,
    finish_reasons: false,
    members: true,
    workspaces: false,
    hours: false,
    performance: true,
    end_users: true,
  });
  await page.getByRole("link", { name: "Finish reason", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Finish reasons are not collected" })).toBeVisible();
  await page.getByRole("link", { name: "Workspace", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Workspaces are not collected" })).toBeVisible();
});

test("shows usage by app, and rows sum to the total of the account", async ({ page }) => {
  await logIn(page, product, EMAIL);
  await fetchBreakdowns(page);
  await openPart(page);
  const table = page.getByRole("table", { name: "Usage by app" });
  await expect(table.getByRole("row", { name: /^Acme Chat/ })).toBeVisible();
  await expect(table.getByRole("row", { name: /^Not broken down/ })).toBeVisible();
  const named = table.getByTitle(/^<img/);
  await expect(named).toHaveAttribute("dir", "auto");
  await expect(table.locator("img")).toHaveCount(0);
  const truth = product.sim.ledger.totals({ accountId, from: dayAgo(29), to: dayAgo(0) }).costNanos;
  await expect(table.locator("tfoot [data-exact]").first()).toHaveAttribute("data-exact", decimalOf(truth));
  const costs = await table
    .locator("tbody tr td:nth-of-type(1) [data-exact]")
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute("data-exact")));
  expect(costs.length).toBeGreaterThanOrEqual(3);
  expect(costs.reduce((sum, cost) => sum + nanosOf(cost), 0n)).toBe(truth);
  await expectAccessibleEverywhere(page);

  await page.getByRole("link", { name: "Provider", exact: true }).click();
  const providers = page.getByRole("table", { name: "Usage by provider" });
  await expect(providers.getByRole("row", { name: /^Anthropic/ })).toBeVisible();
  await expect(providers.locator("tfoot [data-exact]").first()).toHaveAttribute("data-exact", decimalOf(truth));
  const speed = page.getByRole("table", { name: "Latency and throughput" });
  const row = speed.getByRole("row", { name: /^anthropic\/ ?claude-sonnet-4\.5/ });
  await expect(row.getByRole("cell", { name: "Anthropic" })).toBeVisible();
  await expect(row.getByRole("cell", { name: /^[\d.]+ s$/ })).toHaveCount(2);
  await page.getByRole("link", { name: "7 days" }).click();
  const week = product.sim.ledger.totals({ accountId, from: dayAgo(6), to: dayAgo(0) }).costNanos;
  await expect(providers.locator("tfoot [data-exact]").first()).toHaveAttribute("data-exact", decimalOf(week));
});

test("asks for confirmation before it deletes end users", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await openPart(page);
  await page.getByRole("link", { name: "End user", exact: true }).click();
  await expect(page.getByRole("row", { name: /^person-0/ })).toBeVisible();

  await page.getByRole("button", { name: "What is collected" }).click();
  const dialog = page.getByRole("dialog", { name: "What is collected" });
  await dialog.getByRole("checkbox", { name: "End users" }).uncheck();
  await dialog.getByRole("button", { name: "Save" }).click();
  const question = page.getByRole("alertdialog", { name: "Stop collecting end users?" });
  await expectAccessible(page);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  await expect(dialog.getByRole("button", { name: "Save" })).toBeFocused();
  const rest = await openRest(product, EMAIL);
  const isOn = async () => (await rest.get("/api/accounts")).body.items[0].breakdowns.end_users;
  expect(await isOn()).toBe(true);

  await dialog.getByRole("button", { name: "Save" }).click();
  await question.getByRole("button", { name: "Delete and save" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "What is collected" })).toBeFocused();
  await expect(page.getByRole("link", { name: "End user", exact: true })).toBeHidden();
  await expect(page.getByRole("table", { name: "Usage by app" })).toBeVisible();
  expect(await isOn()).toBe(false);
});
