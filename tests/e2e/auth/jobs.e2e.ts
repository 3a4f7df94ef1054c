import { expect, test } from "@playwright/test";
import { expectAccessibleEverywhere, listenToConsole, openRest, register } from "../support/person.ts";
import { openAccount, type Product, startProduct } from "../support/product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

test("shows the next run of jobs, runs one on request, and shows its result", async ({ page }) => {
  const said = listenToConsole(page);
  await register(page, product, "ada@example.com");
  await page.getByRole("link", { name: "Jobs" }).click();
  const backup = page.getByRole("region", { name: "Back up" });
  await expect(backup.getByText("Never")).toBeVisible();
  await expect(backup.getByText(/\d+ \w+ 01:00 UTC/)).toBeVisible();

  await backup.getByRole("button", { name: "Run “Back up” now" }).click();
  await expect(page.getByRole("status").filter({ hasText: /Back up: Succeeded, .*, 1 backup kept\./ })).toBeVisible();
  await expect(backup.getByText(/1 backup kept; took/)).toBeVisible();
  await backup.getByRole("button", { name: "Run “Back up” now" }).press("Enter");
  await backup.locator("summary").click();
  await expect(backup.getByRole("table").getByRole("row")).toHaveCount(2);
  await expectAccessibleEverywhere(page);

  const rest = await openRest(product, "ada@example.com");
  const { app } = openAccount(product.sim);
  await rest.post("/api/keys", { name: "App", key: app.secret });
  for (const [name, did] of [
    ["Sync usage", /1 key, \d+ usage rows? changed/],
    ["Check keys", /1 key; took/],
    ["Clean up", /nothing to do; took/],
  ] as const) {
    const job = page.getByRole("region", { name });
    await job.getByRole("button").first().click();
    await expect(job.getByText(did)).toBeVisible();
    await expect(job.getByText("Succeeded", { exact: true })).toBeVisible();
  }
  expect(said).toEqual([]);
});
