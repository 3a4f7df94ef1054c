import { usd } from "@orwatch/openrouter-sim";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessibleEverywhere, register } from "../support/person.ts";
import { dayAgo, type Product, startProduct } from "../support/product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

/** An OpenRouter account with keys in two workspaces, none of which orwatch knows. */
function openRemote() {
  const { ledger } = product.sim;
  const account = ledger.addAccount({ creditsNanos: usd("100") });
  const team = ledger.addWorkspace(account.id, "Team 1");
  const manager = ledger.addManagementKey(account.id, { name: "manager" });
  const keys = ["production-api", "nightly-batch", "dev-laptop", "support-bot", "never-used", "old-prototype"].map(
    (name, index) => ledger.addKey(account.id, { name, ...(index % 2 === 1 ? { workspaceId: team.id } : {}) }),
  );
  for (const [index, key] of keys.entries()) {
    if (key.name === "never-used") continue;
    for (let day = 20; day >= 0; day--)
      ledger.spendOnDay(dayAgo(day), key, "anthropic/claude-sonnet-4.5", {
        costNanos: BigInt(6 - index) * 100_000_007n,
        requests: 2,
        promptTokens: 500,
        completionTokens: 60,
      });
  }
  return { account, manager, keys };
}

async function pasteFirstKey(page: Page, secret: string) {
  await page.getByLabel("OpenRouter key").fill(secret);
  await page.getByRole("button", { name: "Add key" }).click();
}

test("one management key shows every key of the account on the dashboard", async ({ page }) => {
  const { manager, keys } = openRemote();
  await register(page, product, "ada@example.com");
  await expect(page.getByRole("heading", { name: "Set up orwatch" })).toBeVisible();
  await page.getByText("What can a management key do?").click();
  await expect(page.getByText("orwatch never sends a request that creates")).toBeVisible();
  await expectAccessibleEverywhere(page);
  await pasteFirstKey(page, manager.secret);
  await expect(
    page.getByRole("region", { name: "Chart" }).or(page.getByText("Cost per day by model")).first(),
  ).toBeVisible({
    timeout: 30_000,
  });
  const truth = keys.reduce(
    (sum, key) => sum + product.sim.ledger.totals({ keyHash: key.hash, from: dayAgo(29), to: dayAgo(0) }).costNanos,
    0n,
  );
  const cost = page.getByRole("region", { name: "Cost", exact: true }).locator("[data-exact]").first();
  await expect
    .poll(async () => {
      const [whole = "0", fraction = ""] = ((await cost.getAttribute("data-exact")) ?? "").split(".");
      return BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));
    })
    .toBe(truth);
  await expectAccessibleEverywhere(page);
});

test("the accounts page lists keys, finds them by name and workspace, and stops watching one", async ({ page }) => {
  await page.goto(`${product.url}/login`);
  await page.getByRole("textbox", { name: "Email" }).fill("ada@example.com");
  await page.getByLabel("Password", { exact: true }).fill("Correct-Horse-9");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("link", { name: "Accounts", exact: true }).click();
  const table = page.getByRole("table", { name: "Keys of this OpenRouter account" });
  const rows = table.locator("tbody tr");
  await expect(rows).toHaveCount(6);
  await expect(rows.first()).toContainText("production-api");
  await expect(page.getByText("6 keys in 2 workspaces")).toBeVisible();
  await expectAccessibleEverywhere(page);

  await page.getByRole("searchbox", { name: "Search keys" }).fill("bot");
  await expect(rows).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Search keys" }).fill("");
  await expect(rows).toHaveCount(6);
  await page.getByRole("combobox", { name: "Workspace" }).selectOption({ label: "Team 1 (3)" });
  await expect(rows).toHaveCount(3);
  await page.getByRole("combobox", { name: "Workspace" }).selectOption({ label: "All workspaces" });

  await page.getByRole("checkbox", { name: "Watch dev-laptop" }).click();
  await expect(page.getByText("dev-laptop is no longer watched. Its history is kept.")).toBeVisible();
  await expect(rows.filter({ hasText: "dev-laptop" })).toContainText("Not watched");
  await expect(page.getByText("5 of 6 keys watched")).toBeVisible();
  await page.getByRole("combobox", { name: "Status" }).selectOption({ label: "Not watched" });
  await expect(rows).toHaveCount(1);
  await page.getByRole("combobox", { name: "Status" }).selectOption({ label: "All statuses" });
  await expect(rows).toHaveCount(6);

  await page.getByRole("link", { name: "Reconciliation", exact: true }).click();
  const days = page.getByRole("table", { name: "Account total and keys by day" });
  await expect(days.locator("tbody tr")).toHaveCount(30);
  await expect(page.getByText("Every dollar is accounted for")).toBeVisible();
  await expect(page.getByRole("img", { name: /Credits left/ })).toBeVisible();
  const truth = product.sim.ledger.totals({ accountId: "acct-1", from: dayAgo(29), to: dayAgo(0) }).costNanos;
  const total = days.locator("tfoot td").first().locator("[data-exact]");
  await expect(total).toHaveAttribute(
    "data-exact",
    `${truth / 1_000_000_000n}.${String(truth % 1_000_000_000n).padStart(9, "0")}`.replace(/0{1,7}$/, ""),
  );
  await expectAccessibleEverywhere(page);
  await page.getByRole("link", { name: "7 days" }).click();
  await expect(days.locator("tbody tr")).toHaveCount(7);

  await page.getByRole("link", { name: "History", exact: true }).click();
  await expect(page.getByText("6 keys found in 2 workspaces")).toBeVisible();
});

test("renames an account, and deletes it with the usage of its keys", async ({ page }) => {
  const { manager } = openRemote();
  await register(page, product, "grace@example.com");
  await expect(page.getByRole("heading", { name: "Set up orwatch" })).toBeVisible();
  await pasteFirstKey(page, manager.secret);
  await expect(page.getByText("Cost per day by model")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "Accounts", exact: true }).click();
  await page.getByRole("button", { name: "Actions for OpenRouter" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const edit = page.getByRole("dialog", { name: "Edit “OpenRouter”" });
  await edit.getByLabel("Name").fill("Acme");
  await edit.getByText("Selected keys", { exact: true }).click();
  await edit.getByRole("checkbox", { name: "Notify me of key changes at OpenRouter" }).check();
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Acme" })).toBeVisible();
  await page.getByRole("button", { name: "Actions for Acme" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const again = page.getByRole("dialog", { name: "Edit “Acme”" });
  await expect(again.getByRole("checkbox", { name: "Notify me of key changes at OpenRouter" })).toBeChecked();
  await again.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Actions for Acme" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  const remove = page.getByRole("alertdialog", { name: "Remove “Acme”?" });
  await remove.getByText("Also delete the keys this account found and all their usage").click();
  await remove.getByRole("button", { name: "Remove OpenRouter account" }).click();
  await expect(page.getByRole("heading", { name: "No OpenRouter accounts yet" })).toBeVisible();
  await page.getByRole("link", { name: "Dashboard", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Set up orwatch" })).toBeVisible();
});
