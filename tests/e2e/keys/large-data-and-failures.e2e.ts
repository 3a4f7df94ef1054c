import { usd } from "@orwatch/openrouter-sim";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, logIn, openRest, registerUser, signIn } from "../support/person.ts";
import { dayAgo, openAccount, type Product, startProduct } from "../support/product.ts";

const LONG = "production-gateway-eu-west-1-".repeat(4).slice(0, 100);
const RTL = "مفتاح الإنتاج للفريق";
const EMOJI = "🦊 Füchse & Söhne <b>";

let product: Product;
let rest: Awaited<ReturnType<typeof openRest>>;
const EMAIL = "ada@example.com";

test.beforeAll(async () => {
  product = await startProduct({ MAX_API_KEYS_PER_USER: "50" });
  const { ledger } = product.sim;
  const account = ledger.addAccount({ creditsNanos: usd("100") });
  const manager = ledger.addManagementKey(account.id, { name: "manager" });
  const many = ledger.addKey(account.id, { name: LONG, limitNanos: usd("1"), limitReset: "monthly" });
  const odd = [RTL, EMOJI, "Doomed", "Gone in a dialog"].map((name) => ledger.addKey(account.id, { name }));
  for (let model = 0; model < 500; model += 1)
    for (const day of [0, 1, 9])
      ledger.spendOnDay(dayAgo(day), many, `vendor-${model % 40}/${"long-".repeat(8)}model-${model}`, {
        costNanos: BigInt(1 + model) * 1_000_003n,
        requests: 1 + model,
        promptTokens: 100 + model,
        completionTokens: 10,
      });
  ledger.spendOnDay(dayAgo(0), odd[0]!, "a/b", { costNanos: usd("0.5"), requests: 1 });
  await registerUser(product, EMAIL);
  rest = await openRest(product, EMAIL);
  const added = await rest.post("/api/keys", { name: "Manager", key: manager.secret });
  for (const key of [many, ...odd])
    await rest.post("/api/keys", { name: key.name, key: key.secret, description: "says what it is for ".repeat(20) });
  await rest.post(`/api/keys/${added.body.id}/sync`, {});
});
test.afterAll(() => product.stop());

/** Sum of the layout shifts of a page since it was opened, without those caused by input. */
async function shiftsOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        const add = (entries: PerformanceEntryList) => {
          for (const entry of entries as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
            if (!entry.hadRecentInput) sum += entry.value;
        };
        const observer = new PerformanceObserver((list) => add(list.getEntries()));
        observer.observe({ type: "layout-shift", buffered: true });
        // At the second frame, the shifts of the first one have been recorded.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            add(observer.takeRecords());
            resolve(sum);
          }),
        );
      }),
  );
}

/** Elements beyond the right edge of the page, which would need horizontal scrolling. */
const overflowOf = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("main *")].filter(
      (one) => one.getBoundingClientRect().right > clientWidth,
    );
    return wide.map((one) => one.outerHTML.slice(0, 160));
  });

test("500 models and names of every kind fit, on a phone too, without layout shifts", async ({ page }) => {
  await signIn(page, product, EMAIL);
  for (const size of [
    { width: 1360, height: 900 },
    { width: 360, height: 740 },
  ]) {
    await page.setViewportSize(size);
    for (const [where, ready] of [
      ["/dashboard?days=30", "Show all 501"],
      ["/stats?days=30&group_by=%5B%22model%22%5D", "Total of 501 rows"],
      ["/keys", RTL],
    ] as const) {
      await page.goto(`${product.url}${where}`);
      await expect(page.getByText(ready).first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      expect(await shiftsOf(page), `${where} at ${size.width}`).toBeLessThanOrEqual(0.02);
      expect(await overflowOf(page), `${where} at ${size.width}`).toEqual([]);
    }
    // The actions of a key are always visible.
    for (const menu of await page.getByRole("button", { name: /^Actions for/ }).all()) {
      const box = await menu.boundingBox();
      expect((box?.x ?? size.width) + (box?.width ?? 0), `at ${size.width}`).toBeLessThanOrEqual(size.width);
    }
  }
  await page.goto(`${product.url}/dashboard?days=30&by=key&compare=true`);
  await page.getByRole("button", { name: "Show all 501" }).click();
  const models = page.getByRole("table", { name: "Top models" });
  await expect(models.locator("tbody tr")).toHaveCount(501);
  const legend = page.getByRole("group", { name: /Chart series/ });
  await expect(legend.getByRole("button")).toHaveText([LONG, RTL]);
  await legend.getByRole("button", { name: RTL }).click();
  await expect(legend.getByRole("button", { name: LONG })).toHaveAttribute("aria-pressed", "false");
  await expectAccessible(page);
});

test("keys that need attention are linked, and each shows the limit it reaches first", async ({ page }) => {
  await logIn(page, product, EMAIL);
  const looks = page.getByRole("list", { name: "Needs attention" });
  await expect(looks.getByRole("link")).toHaveCount(3);
  const limits = page.getByRole("table", { name: "Keys with limits" });
  await expect(limits.getByRole("row").filter({ hasText: LONG }).first()).toContainText("over the limit of $1.00");
  await looks.getByRole("link", { name: /4 keys\s*have no limit/ }).click();
  await expect(page.getByText("No limit (4)")).toBeVisible();
  await expect(page.getByText(EMOJI, { exact: true }).first()).toBeVisible();
  await expect(page.getByText(LONG, { exact: true })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Remove filter No limit" }).click();
  await expect(page.getByText(LONG, { exact: true }).first()).toBeVisible();
  await page.goto(`${product.url}/keys?show=unused`);
  await expect(page.getByRole("link", { name: /^Remove filter/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Actions for/ }).first()).toBeVisible();
});

test("the next page of rows starts at its top, and going back restores the position", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/stats?days=30&group_by=%5B%22model%22%5D&sort=-cost`);
  const rows = page.getByRole("region", { name: "Usage by model" });
  await expect(page.getByText("1–100 of 501")).toBeVisible();
  await rows.evaluate((region) => region.scrollTo({ top: 900, behavior: "instant" }));
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText("101–200 of 501")).toBeVisible();
  await expect.poll(() => rows.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  await page.goBack();
  await expect(page.getByText("1–100 of 501")).toBeVisible();
  await expect.poll(() => rows.evaluate(({ scrollTop }) => scrollTop)).toBe(900);
});

test("keys can be sorted by any column, and a name links to the key and its usage", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/keys`);
  const names = page.getByRole("table", { name: "Your keys" }).getByRole("rowheader");
  await expect(names.first()).toContainText("Gone in a dialog");
  await page.getByRole("button", { name: "This month" }).click();
  await expect(page).toHaveURL(/sort=-usage_monthly/);
  await expect(page.getByRole("columnheader", { name: "This month" })).toHaveAttribute("aria-sort", "descending");
  await expect(names.first()).toContainText(LONG);
  await page.getByRole("button", { name: "Name" }).click();
  await expect(names.first()).toContainText("🦊");
  await page.getByRole("link", { name: RTL }).click();
  await expect(page.getByRole("heading", { name: RTL, level: 1 })).toBeVisible();
  await page.getByRole("link", { name: "Open in the dashboard" }).click();
  await expect(page.getByRole("heading", { name: "Dashboard" })).toBeVisible();
  await expect(page.getByRole("link", { name: `Remove filter Key: ${RTL}` })).toBeVisible();
  const cost = page.getByRole("region", { name: "Cost", exact: true });
  await expect(cost).toContainText("$0.50");
});

test("every action reports a key that was deleted in another tab", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/keys`);
  const idOf = async (name: string) => {
    const { body } = await rest.get("/api/keys?limit=100");
    return body.items.find((key: { name: string }) => key.name === name).id as number;
  };
  const [doomed, other] = [await idOf("Doomed"), await idOf("Gone in a dialog")];
  await page.getByRole("button", { name: "Actions for Gone in a dialog" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const edit = page.getByRole("dialog", { name: "Edit Gone in a dialog" });
  await edit.getByLabel("Name").fill("Renamed");
  await rest.delete(`/api/keys/${other}`);
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit.getByRole("alert")).toContainText("Nothing was saved");
  await expect(edit.getByRole("button", { name: "Save" })).toHaveCount(0);
  await expectAccessible(page);
  await edit.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByText("Gone in a dialog", { exact: true })).toHaveCount(0);

  await page.getByRole("button", { name: "Actions for Doomed" }).click();
  await rest.delete(`/api/keys/${doomed}`);
  await page.getByRole("menuitem", { name: "Test key" }).click();
  await expect(page.getByText("Doomed was deleted in another tab").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Actions for Doomed" })).toHaveCount(0);

  await page.getByRole("button", { name: `Actions for ${EMOJI}` }).click();
  await rest.delete(`/api/keys/${await idOf(EMOJI)}`);
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const remove = page.getByRole("alertdialog");
  await expect(remove).toContainText("was already deleted");
  await remove.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("button", { name: `Actions for ${EMOJI}` })).toHaveCount(0);
});

test("a sync reports that OpenRouter is down or busy, and known data stays", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}/keys`);
  await expect(page.getByText(RTL, { exact: true }).first()).toBeVisible();
  product.sim.faults.add({ kind: "503", match: { path: /analytics/ } });
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByRole("progressbar", { name: "Syncing…" })).toBeVisible();
  await expect(page.getByText(/of \d keys/)).toBeVisible();
  // Every request three times, with a random delay between.
  await expect(page.getByText(/No key could be synced|Partly synced/).first()).toBeVisible({ timeout: 80_000 });
  product.sim.faults.clear();
  product.sim.faults.add({ kind: "429", retryAfterS: 0 });
  await page.getByRole("button", { name: `Actions for ${RTL}` }).click();
  await page.getByRole("menuitem", { name: "Test key" }).click();
  await expect(page.getByText(/The key was not checked/).first()).toBeVisible({ timeout: 40_000 });
  product.sim.faults.clear();
  await page.goto(`${product.url}/dashboard`);
  await expect(page.getByText(/keys? fails? to sync/)).toBeVisible();
  await expect(page.getByRole("region", { name: "Cost", exact: true })).toContainText("$");
});

test("a year without usage shows zeros for known days and no numbers for unknown ones", async ({ page }) => {
  const { app } = openAccount(product.sim);
  const account = product.sim.ledger.addAccount();
  const idle = product.sim.ledger.addKey(account.id, { name: "idle" });
  const manager = product.sim.ledger.addManagementKey(account.id, { name: "manager" });
  await registerUser(product, "grace@example.com");
  await signIn(page, product, "grace@example.com");
  const grace = await openRest(product, "grace@example.com");
  const added = await grace.post("/api/keys", { name: "Manager", key: manager.secret });
  await grace.post("/api/keys", { name: "Idle", key: idle.secret });
  await grace.post(`/api/keys/${added.body.id}/sync`, {});
  await page.goto(`${product.url}/dashboard?days=365`);
  await expect(page.getByRole("region", { name: "Cost", exact: true })).toContainText("$0.00");
  await expect(page.getByRole("region", { name: "Cost per 1M tokens" })).toContainText("–");
  await expect(page.getByRole("heading", { name: "No usage in this range" })).toBeVisible();
  await page.goto(`${product.url}/stats?days=365`);
  await expect(page.getByRole("heading", { name: "No usage in this range" })).toBeVisible();
  const { body: loneKey } = await grace.post("/api/keys", { name: "Lone", key: app.secret });
  await grace.post(`/api/keys/${loneKey.id}/sync`, {});
  await page.goto(`${product.url}/stats?days=7&group_by=%5B%22day%22%5D&api_key_id=${loneKey.id}`);
  await expect(page.getByText(/Data for 1 of 7 days\. No data, and therefore no rows: /)).toBeVisible();
});

test("selects two days in the calendar by keyboard", async ({ page }) => {
  await logIn(page, product, EMAIL);
  await page.getByRole("button", { name: "Custom" }).press("Enter");
  const calendar = page.getByRole("grid", { name: /Days of/ });
  await expect(calendar).toBeVisible();
  await expectAccessible(page, "form:has(table)");
  await calendar.locator("[tabindex='0']").focus();
  for (const key of ["PageUp", "ArrowUp", "ArrowLeft"]) await page.keyboard.press(key);
  const first = await page.locator("[data-day]:has(:focus)").getAttribute("data-day");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const last = new Date(Date.parse(`${first}T00:00:00Z`) + 2 * 86_400_000).toISOString().slice(0, 10);
  await page.getByRole("button", { name: "Apply" }).press("Enter");
  await expect(page).toHaveURL(new RegExp(`start_date=${first}&end_date=${last}`));
});

for (const days of [-1, 1, 700])
  test(`a browser whose clock is ${days} days ahead shows the server's days`, async ({ page }) => {
    await page.addInitScript((ahead) => {
      const Real = Date;
      const now = () => Real.now() + ahead;
      const Fake = new Proxy(Real, {
        construct: (_, input) => (input.length === 0 ? new Real(now()) : Reflect.construct(Real, input)),
        get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
      });
      globalThis.Date = Fake;
    }, days * 86_400_000);
    await signIn(page, product, EMAIL);
    await page.goto(`${product.url}/stats?days=7`);
    const rows = page.locator("tbody tr");
    await expect(rows.first()).toContainText("so far");
    const first = await rows.first().getByRole("link").first().getAttribute("href");
    expect(first).toContain(new Date().toISOString().slice(0, 10));
  });
