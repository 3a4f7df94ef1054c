import { expect, type Page, test } from "@playwright/test";
import { openRest, registerUser, signIn, syncKey } from "../support/person.ts";
import { dayAgo, type Product, startProduct } from "../support/product.ts";

let product: Product;
const EMAIL = "ada@example.com";
const MODELS = 16;

test.beforeAll(async () => {
  product = await startProduct();
  const { ledger } = product.sim;
  const account = ledger.addAccount({ creditsNanos: 100_000_000_000n });
  const manager = ledger.addManagementKey(account.id, { name: "manager" });
  const keys = ["app", "batch", "bot"].map((name) => ledger.addKey(account.id, { name }));
  // Each model is the most expensive on one day: the ten most expensive differ between ranges.
  for (let model = 0; model < MODELS; model++)
    for (const [index, key] of keys.entries())
      ledger.spendOnDay(dayAgo(model * 4 + 1), key, `vendor-${model}/model-${model}`, {
        costNanos: BigInt(1 + model + index) * 100_000_000n,
        requests: 1,
        promptTokens: 10,
        completionTokens: 1,
      });
  await registerUser(product, EMAIL);
  const rest = await openRest(product, EMAIL);
  const { body } = await rest.post("/api/keys", { name: "Manager", key: manager.secret });
  for (const key of keys) await rest.post("/api/keys", { name: key.name, key: key.secret });
  await syncKey(rest, body.id);
});
test.afterAll(() => product.stop());

/** Colours of the legend by name, as painted. */
async function legendOf(page: Page, where: string): Promise<Map<string, string>> {
  await page.goto(`${product.url}${where}`);
  const legend = page.locator("fieldset:has(> legend)").filter({ has: page.locator(".paint") });
  await expect(legend.getByRole("button").first()).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const found = await legend.getByRole("button").evaluateAll((buttons) =>
    buttons.map((button) => {
      const swatch = button.querySelector<HTMLElement>(".paint");
      return [button.textContent ?? "", swatch ? getComputedStyle(swatch).backgroundColor : ""] as const;
    }),
  );
  return new Map(found);
}

/** Browsers return a colour as lightness and two axes, or chroma and hue; a grey is near 0 on both axes. */
const isGrey = (colour: string) => {
  if (colour.startsWith("oklch")) return Number(colour.split(" ")[1]) < 0.02;
  const [, a = 0, b = 0] = (/^(?:ok)?lab\((.*)\)$/.exec(colour)?.[1] ?? "").split(" ").map(Number);
  return Math.hypot(a, b) < (colour.startsWith("oklab") ? 0.02 : 6);
};

test("a model keeps its colour over ranges and filters, and no two of a chart share one", async ({ page }) => {
  await signIn(page, product, EMAIL);
  const seen = new Map<string, string>();
  for (const where of ["/dashboard?days=7", "/dashboard?days=30", "/dashboard?days=90", "/dashboard?days=7"]) {
    const legend = await legendOf(page, where);
    expect(new Set(legend.values()).size, where).toBe(legend.size);
    for (const [name, colour] of legend) {
      if (name === "(other)") expect(isGrey(colour), colour).toBe(true);
      else expect(isGrey(colour), `${name} ${colour}`).toBe(false);
      expect(seen.get(name) ?? colour, `${name} at ${where}`).toBe(colour);
      seen.set(name, colour);
    }
  }
  expect(seen.size).toBeGreaterThan(12);
  // The first model that gets a colour after the last.
  const names = [...seen.keys()].filter((name) => name !== "(other)");
  const both = [...names.slice(0, 5), ...names.slice(-5)];
  const mixed = await legendOf(page, `/dashboard?days=90&model=${encodeURIComponent(JSON.stringify(both))}`);
  expect(new Set(mixed.values()).size).toBe(both.length);
  for (const name of both) expect(mixed.get(name), name).toBe(seen.get(name));
  const one = `vendor-${MODELS - 1}/model-${MODELS - 1}`;
  const alone = await legendOf(page, `/dashboard?days=90&model=${encodeURIComponent(one)}`);
  expect(alone.get(one)).toBe(seen.get(one));
});

test("models, keys and vendors have their own colours", async ({ page }) => {
  await signIn(page, product, EMAIL);
  const models = await legendOf(page, "/dashboard?days=90");
  const keys = await legendOf(page, "/dashboard?days=90&by=key");
  const vendors = await legendOf(page, "/dashboard?days=90&by=vendor");
  for (const legend of [models, keys, vendors]) legend.delete("(other)");
  const colours = [models, keys, vendors].flatMap((legend) => [...legend.values()]);
  expect(keys.size).toBe(3);
  expect(new Set(colours).size).toBe(colours.length);
});

test("another browser shows the same colours, whichever page it opens first", async ({ page, browser }) => {
  await signIn(page, product, EMAIL);
  const before = await legendOf(page, "/dashboard?days=90&by=key");
  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, product, EMAIL);
  await legendOf(other, "/dashboard?days=7&by=key");
  expect(await legendOf(other, "/dashboard?days=90&by=key")).toEqual(before);
  await context.close();
});

test("only today is hatched", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await legendOf(page, "/dashboard?days=90");
  const patterns = page.locator("svg pattern");
  await expect(patterns).toHaveCount(1);
  await expect(patterns).toHaveAttribute("id", /today$/);
  const hatched = await page
    .locator("body *")
    .evaluateAll((all) => all.filter((one) => getComputedStyle(one).backgroundImage.includes("repeating")).length);
  expect(hatched).toBe(0);
});
