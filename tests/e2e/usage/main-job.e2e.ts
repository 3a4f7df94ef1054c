import { expect, type Page, test } from "@playwright/test";
import { keepSecret } from "../../support/server/suite-log.ts";
import { expectAccessible, expectAccessibleEverywhere, logIn, registerUser, signIn } from "../support/person.ts";
import { dayAgo, openAccount, PASSWORD, type Product, startProduct } from "../support/product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
/** The keys page of a user without keys. */
const NO_KEYS = "No keys yet";

test.afterAll(() => product.stop());

async function addKey(page: Page, name: string, secret: string) {
  await page.goto(`${product.url}/keys?add=true`);
  const dialog = page.getByRole("dialog", { name: "Add a key" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("OpenRouter key").fill(secret);
  await dialog.getByRole("button", { name: "Add key" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
}

/** The exact value of the first number in a region or row. */
const exact = (page: Page, region: string) =>
  page.getByRole("region", { name: region, exact: true }).locator("[data-exact]").first().getAttribute("data-exact");

const asNanos = (text: string | null) => {
  const [whole = "0", fraction = ""] = (text ?? "").split(".");
  return BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));
};

test("registers, adds keys, syncs, and shows the ledger's numbers to the nano-dollar", async ({ page }) => {
  const { app, batch, manager } = openAccount(product.sim);
  await page.goto(`${product.url}/register`);
  await page.getByRole("textbox", { name: "Email" }).fill("ada@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Confirm password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page).toHaveURL(/\/dashboard/);
  for (const { value } of await page.context().cookies()) keepSecret(value);
  await expect(page.getByRole("heading", { name: "Set up orwatch" })).toBeVisible();
  await expectAccessible(page);
  await addKey(page, "Manager", manager.secret);
  await addKey(page, "App", app.secret);
  await addKey(page, "Batch", batch.secret);
  await expectAccessibleEverywhere(page);

  await page.goto(`${product.url}/dashboard`);
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Synced." })).toBeVisible();
  const { ledger } = product.sim;
  for (const [label, days] of [
    ["30 days", 30],
    ["7 days", 7],
    ["90 days", 90],
  ] as const) {
    await page.getByRole("link", { name: label }).click();
    await expect(page.getByRole("link", { name: label })).toHaveAttribute("aria-current", /page|true/);
    const range = { from: dayAgo(days - 1), to: dayAgo(0) };
    const truth = [app, batch].map((key) => ledger.totals({ keyHash: key.hash, ...range }));
    const cost = truth.reduce((sum, totals) => sum + totals.costNanos, 0n);
    await expect.poll(async () => asNanos(await exact(page, "Cost"))).toBe(cost);
    expect(await exact(page, "Requests")).toBe(String(truth.reduce((sum, totals) => sum + totals.requests, 0)));
    expect(await exact(page, "Tokens")).toBe(String(truth.reduce((sum, totals) => sum + totals.promptTokens, 0)));
    const perKey = page.getByRole("table", { name: /Usage by key/ }).getByRole("row");
    await expect(perKey.filter({ hasText: "App" }).locator("[data-exact]").nth(1)).toHaveAttribute(
      "data-exact",
      /^\d+\.\d{2,9}$/,
    );
    const shown = await perKey.filter({ hasText: "App" }).locator("[data-exact]").nth(1).getAttribute("data-exact");
    expect(asNanos(shown)).toBe(truth[0]?.costNanos);
  }
  await expectAccessibleEverywhere(page);

  await page.getByRole("button", { name: "Show as table" }).click();
  const table = page.getByRole("table", { name: /\(table\)/ });
  await expect(table).toBeVisible();
  await expectAccessible(page);
});

test("shows the numbers of the REST API", async ({ page }) => {
  await logIn(page, product, "ada@example.com");
  const login = await page.request.post(`${product.url}/api/auth/login`, {
    data: { email: "ada@example.com", password: PASSWORD },
  });
  const { access_token } = await login.json();
  const rest = await page.request.get(`${product.url}/api/stats/dashboard?days=30`, {
    headers: { authorization: `Bearer ${access_token}` },
  });
  const { summary, by_model } = await rest.json();
  expect(await exact(page, "Cost")).toBe(summary.total_cost);
  const cells = page
    .getByRole("table", { name: /Top models/ })
    .getByRole("row")
    .filter({ hasText: by_model[0].model });
  await expect(cells.locator("[data-exact]").nth(2)).toHaveAttribute("data-exact", by_model[0].cost);
});

test("keeps the range in the URL after a reload and a restart of the server", async ({ page }) => {
  await logIn(page, product, "ada@example.com");
  const month = await exact(page, "Cost");
  await page.getByRole("link", { name: "90 days" }).click();
  await expect(page).toHaveURL(/days=90/);
  await expect.poll(() => exact(page, "Cost")).not.toBe(month);
  const before = await exact(page, "Cost");
  await product.restart();
  await page.reload();
  await expect.poll(() => exact(page, "Cost")).toBe(before);
});

test("without a management key, shows spend from now on and explains what is missing", async ({ page }) => {
  const { app } = openAccount(product.sim);
  await registerUser(product, "grace@example.com");
  await signIn(page, product, "grace@example.com");
  await addKey(page, "Lone", app.secret);
  await page.goto(`${product.url}/dashboard`);
  await expect(page.getByText(/management key/i).first()).toBeVisible();
  const today = product.sim.ledger.totals({ keyHash: app.hash, from: dayAgo(0), to: dayAgo(0) }).costNanos;
  await expect.poll(async () => asNanos(await exact(page, "Cost"))).toBe(today);
  expect(await exact(page, "Requests")).toBe("null");
  await expectAccessible(page);
});

test("shows a rejected key at its field and stores nothing", async ({ page }) => {
  await registerUser(product, "edsger@example.com");
  await signIn(page, product, "edsger@example.com");
  await page.goto(`${product.url}/keys?add=true`);
  const dialog = page.getByRole("dialog", { name: "Add a key" });
  await dialog.getByLabel("Name").fill("Not a key");
  await dialog.getByLabel("OpenRouter key").fill(`sk-or-v1-${"0".repeat(64)}`);
  await dialog.getByRole("button", { name: "Add key" }).click();
  await expect(dialog.getByText(/OpenRouter does not accept this key/)).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${product.url}/keys`);
  await expect(page.getByRole("heading", { name: NO_KEYS })).toBeVisible();
  await expect(page.getByText("Not a key")).toHaveCount(0);
});

test("two users never see each other's keys or numbers", async ({ page }) => {
  await registerUser(product, "barbara@example.com");
  await signIn(page, product, "barbara@example.com");
  await page.goto(`${product.url}/keys`);
  await expect(page.getByRole("heading", { name: NO_KEYS })).toBeVisible();
  await expect(page.getByText("App", { exact: true })).toHaveCount(0);
  await page.goto(`${product.url}/dashboard`);
  await expect(page.getByRole("heading", { name: "Set up orwatch" })).toBeVisible();
});

test("deleting a key asks for confirmation and deletes its usage", async ({ page }) => {
  await signIn(page, product, "grace@example.com");
  await page.goto(`${product.url}/keys`);
  await page.getByRole("button", { name: "Actions for Lone" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Delete Lone?" });
  await expect(dialog.getByText(/^\$0\.21 on \d+ \w+ \(1 row\)/)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Lone", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Actions for Lone" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete key and 1 usage row" }).click();
  await expect(page.getByText("Lone", { exact: true })).toHaveCount(0);
});
