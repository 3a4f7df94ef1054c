import { expect, test } from "@playwright/test";
import Database from "better-sqlite3";
import { expectAccessible, openRest, registerUser, signIn } from "../support/person.ts";
import { type Product, startProduct } from "../support/product.ts";

const EMAIL = "ada@example.com";
/** More than two pages of the API, and than a table draws. */
const KEYS = 205;

/** Copies the only key with other names and hashes: orwatch checks at most 64 new keys a minute. */
function copyKey(file: string) {
  const db = new Database(file);
  const columns = (db.pragma("table_info(api_keys)") as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => !["id", "name", "key_hash", "created_at"].includes(name))
    .join(", ");
  const copy = db.prepare(
    `INSERT INTO api_keys (name, key_hash, created_at, ${columns}) SELECT ?, ?, created_at + ?, ${columns} FROM api_keys WHERE id = 1`,
  );
  for (let number = 2; number <= KEYS; number += 1)
    copy.run(nameOf(number), number.toString(16).padStart(64, "0"), number * 1000);
  db.close();
}

const nameOf = (number: number) => `key ${String(number).padStart(3, "0")}`;

let product: Product;
test.beforeAll(async () => {
  product = await startProduct({ MAX_API_KEYS_PER_USER: "300" });
  const account = product.sim.ledger.addAccount();
  await registerUser(product, EMAIL);
  const rest = await openRest(product, EMAIL);
  const name = nameOf(1);
  const key = product.sim.ledger.addKey(account.id, { name }).secret;
  expect((await rest.post("/api/keys", { name, key })).status).toBe(201);
  copyKey(product.file);
});
test.afterAll(() => product.stop());

test("the oldest of many keys can be selected in a rule and the forecast", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/alerts?part=forecast`);
  await expect(page.getByRole("combobox").getByRole("option", { name: "key 001" })).toBeAttached();

  await page.goto(`${product.url}/alerts?part=rules`);
  await page.getByRole("link", { name: "Add rule" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a rule" });
  await dialog.getByLabel("Amount (USD)").fill("3");
  await dialog.getByText("Selected keys").click();
  const search = dialog.getByRole("searchbox");
  await expect(search).not.toBeFocused();
  await expect(dialog.getByText("105 more")).toBeVisible();
  await search.fill("key 001");
  await search.press("Enter");
  await expect(dialog.getByRole("checkbox", { name: /^key / })).toHaveCount(1);
  await dialog.getByRole("checkbox", { name: "key 001" }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add rule" }).click();
  await expect(dialog).toBeHidden();
  const rule = page.getByText(/spend of key 001 exceeds \$3/i);
  await expect(rule).toBeVisible();

  await page
    .getByRole("listitem")
    .filter({ has: rule })
    .getByRole("button", { name: /^Actions/ })
    .click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await expect(page.getByRole("dialog").getByRole("checkbox", { name: /^key / }).first()).toBeChecked();
});

test("the table of many keys is paged, and search, filters, sorting and sums include all pages", async ({ page }) => {
  const db = new Database(product.file);
  db.prepare("UPDATE api_keys SET usage_nanos = 1000000000").run();
  db.prepare("UPDATE api_keys SET is_active = 0 WHERE name = 'key 007'").run();
  db.close();
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/keys`);
  const table = page.getByRole("table", { name: "Your keys" });
  const rows = table.locator("tbody tr");
  const names = table.locator("tbody").getByRole("rowheader");
  await expect(table.locator("tfoot")).toContainText(`${KEYS} keys`);
  await expect(table.locator("tfoot [data-exact='205.00']")).toBeVisible();
  await expect(rows).toHaveCount(100);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Name", exact: true }).click();
  await expect(names.first()).toContainText("key 001");
  await page.getByRole("link", { name: "Next" }).click();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(rows).toHaveCount(KEYS - 200);
  await expect(table.locator("tfoot [data-exact='205.00']")).toBeVisible();

  await page.getByRole("searchbox", { name: "Search keys" }).fill("KEY 20");
  await expect(table.locator("tfoot")).toContainText("6 keys");
  await expect(names.first()).toContainText("key 200");
  await page.getByRole("searchbox", { name: "Search keys" }).fill("nothing like it");
  await expect(page.getByText("No key matches “nothing like it”.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search keys" }).fill("");
  await page.getByRole("combobox", { name: "Status" }).selectOption({ label: "Turned off" });
  await expect(rows).toHaveCount(1);
  await expect(names.first()).toContainText("key 007");
});
