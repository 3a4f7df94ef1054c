import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import {
  expectAccessible,
  listenToConsole,
  logIn,
  openRest,
  registerUser,
  signIn,
  syncKey,
} from "../support/person.ts";
import { dayAgo, openAccount, type Product, startProduct } from "../support/product.ts";

let product: Product;
const EMAIL = "ada@example.com";
const LONG_MODEL = `anthropic/${"claude-with-a-very-long-name-".repeat(5)}20260101`;
const LONG_KEY = "agents-of-the-billing-department-in-the-northern-region-".repeat(2).slice(0, 100);
const GROUPED = "/stats?days=30&group_by=%5B%22key%22%2C%22model%22%5D";

test.beforeAll(async () => {
  product = await startProduct();
  const { sim } = product;
  const keys = openAccount(sim);
  sim.ledger.spendOnDay(dayAgo(1), keys.app, LONG_MODEL, {
    costNanos: 1_500_000_000n,
    requests: 2,
    promptTokens: 100,
    completionTokens: 10,
  });
  await registerUser(product, EMAIL);
  const rest = await openRest(product, EMAIL);
  const manager = await rest.post("/api/keys", { name: "Manager", key: keys.manager.secret });
  await rest.post("/api/keys", { name: "App", key: keys.app.secret });
  await rest.post("/api/keys", { name: LONG_KEY, key: keys.batch.secret });
  await syncKey(rest, manager.body.id);
});
test.afterAll(() => product.stop());

/** Presses the middle of the visible part of an element. */
interface Pointer {
  name: "mouse" | "touch";
  open: (browser: Browser) => Promise<Page>;
  press: (page: Page, at: Locator) => Promise<void>;
}

async function middleOf(at: Locator) {
  await at.scrollIntoViewIfNeeded();
  const box = await at.boundingBox();
  if (!box) throw new Error("nothing is drawn");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const POINTERS: Pointer[] = [
  {
    name: "mouse",
    open: (browser) => browser.newPage({ viewport: { width: 1440, height: 900 } }),
    async press(page, at) {
      const { x, y } = await middleOf(at);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.up();
    },
  },
  {
    name: "touch",
    open: (browser) => browser.newPage({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }),
    async press(page, at) {
      const { x, y } = await middleOf(at);
      await page.touchscreen.tap(x, y);
    },
  },
];

for (const { name, open, press } of POINTERS)
  test.describe(`by ${name}`, () => {
    test("pressing a name in a filter menu selects it and keeps the menu open", async ({ browser }) => {
      const page = await open(browser);
      await signIn(page, product, EMAIL);
      await page.goto(`${product.url}${GROUPED}`);
      await expect(page.locator("tbody tr").first()).toBeVisible();
      await press(page, page.getByRole("button", { name: "Filter", exact: true }));
      const menu = page.getByRole("dialog", { name: "Filter" });
      await press(page, menu.getByText("deepseek/deepseek-chat-v3.1"));
      await expect(page).toHaveURL(/model=.*deepseek/);
      const chosen = menu.getByRole("link", { name: "Show only Model deepseek/deepseek-chat-v3.1" });
      await expect(chosen).toHaveAttribute("aria-current", "true");
      await press(page, menu.getByText("openai/gpt-5-mini-2025-08-07"));
      await expect(page).toHaveURL(/model=.*gpt-5-mini/);
      await press(page, menu.getByRole("link", { name: `Exclude Model ${LONG_MODEL}` }));
      await expect(page).toHaveURL(/exclude_model=/);
      await expect(menu).toBeVisible();
      // A gap and the search are inside as well.
      await press(page, menu.getByRole("searchbox"));
      await expect(menu).toBeVisible();
      await press(page, page.getByRole("heading", { name: "Explore", level: 1 }));
      await expect(menu).toBeHidden();
      await page.context().close();
    });

    test("pressing a key's name on the dashboard and in an alert rule selects it", async ({ browser }) => {
      const page = await open(browser);
      await logIn(page, product, EMAIL);
      await press(page, page.getByRole("button", { name: "All keys" }));
      const menu = page.getByRole("group", { name: "Keys" });
      await press(page, menu.getByText("App", { exact: true }));
      await expect(page).toHaveURL(/api_key_id=/);
      await expect(menu.getByRole("checkbox", { name: "App" })).toBeChecked();

      await page.goto(`${product.url}/alerts?part=rules`);
      await press(page, page.locator("#main").getByRole("link", { name: "Add rule" }));
      const dialog = page.getByRole("dialog");
      await press(page, dialog.getByText("Selected keys", { exact: true }));
      await press(page, dialog.getByText("App", { exact: true }));
      await expect(dialog.getByRole("checkbox", { name: "App" })).toBeChecked();
      await expect(dialog).toBeVisible();
      await page.context().close();
    });

    test("pressing inside the calendar and the account menu works", async ({ browser }) => {
      const page = await open(browser);
      const said = listenToConsole(page);
      await logIn(page, product, EMAIL);
      await press(page, page.getByRole("button", { name: "Custom" }));
      await expect(page.getByRole("grid", { name: /^Days of/ })).toBeVisible();
      await press(page, page.locator("[data-day] button").first());
      await press(page, page.getByText("Mo", { exact: true }));
      await expect(page.locator("[data-day] button").first()).toBeVisible();
      await press(page, page.getByRole("heading", { level: 1 }));
      await expect(page.locator("[data-day]")).toHaveCount(0);

      await press(page, page.getByRole("navigation").getByRole("button", { name: "User", exact: true }));
      await press(page, page.getByText("Dark", { exact: true }));
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
      await press(page, page.getByText("ada@example.com"));
      await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
      expect(said).toEqual([]);
      await page.context().close();
    });
  });

test("Tab stays in a menu, also after a press inside, and Escape closes it", async ({ page }) => {
  await signIn(page, product, EMAIL);
  await page.goto(`${product.url}${GROUPED}`);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const menu = page.getByRole("dialog", { name: "Filter" });
  await menu.getByText("deepseek/deepseek-chat-v3.1").click();
  await expect(menu.getByRole("link").first()).toBeVisible();
  await expectAccessible(page);
  await menu
    .getByRole("link", { name: /^Exclude/ })
    .last()
    .focus();
  await page.keyboard.press("Tab");
  await expect(menu.getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(page.getByRole("button", { name: "Filter", exact: true })).toBeFocused();
});

test("a menu fits the window of a small phone in landscape", async ({ browser }) => {
  const page = await browser.newPage({ viewport: { width: 620, height: 320 }, hasTouch: true, isMobile: true });
  await logIn(page, product, EMAIL);
  await page.getByRole("button", { name: "Custom" }).tap();
  const apply = page.getByRole("button", { name: "Apply" });
  await apply.evaluate((button) => button.scrollIntoView({ block: "end" }));
  await expect(apply).toBeInViewport({ ratio: 1 });
  await page.getByLabel("From").evaluate((field) => field.scrollIntoView({ block: "start" }));
  await expect(page.getByLabel("From")).toBeInViewport({ ratio: 1 });
  await page.context().close();
});

test("selecting text in the command palette and releasing outside keeps it open", async ({ page }) => {
  await logIn(page, product, EMAIL);
  await page.getByRole("button", { name: "Commands" }).click();
  const field = page.getByRole("combobox");
  await field.fill("keys");
  const box = await field.boundingBox();
  if (!box) throw new Error("nothing is drawn");
  await page.mouse.move(box.x + 60, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(10, 10, { steps: 4 });
  await page.mouse.up();
  await expect(field).toBeVisible();
  await page.mouse.click(10, 10);
  await expect(field).toBeHidden();
});

/** Pressable elements that overflow their box; those in its scrollable parts are inside. */
const outside = (boxes: Element[]): string[] =>
  boxes.flatMap((box) => {
    const around = box.getBoundingClientRect();
    return [...box.querySelectorAll("a, button, input, label, svg")].flatMap((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      if (width === 0 || one.matches(".sr-only")) return [];
      for (let up = one.parentElement; up && up !== box; up = up.parentElement)
        if (getComputedStyle(up).overflowX !== "visible") return [];
      const isOut = left < around.left - 0.5 || right > around.right + 0.5 || left < 0 || right > innerWidth;
      return isOut ? [`${one.tagName} ${one.getAttribute("aria-label") ?? one.textContent}`] : [];
    });
  });
/** A menu takes its place, and a chart its width, after it is in the page. */
const expectInside = (boxes: Locator, what: string) => expect.poll(() => boxes.evaluateAll(outside), what).toEqual([]);

for (const width of [360, 700, 1440])
  test(`long names are truncated in their row at ${width} px and shown in full on hover`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await signIn(page, product, EMAIL);
    await page.goto(`${product.url}${GROUPED}`);
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    const menu = page.getByRole("dialog", { name: "Filter" });
    for (const long of [LONG_MODEL, LONG_KEY]) await expect(menu.getByText(long)).toHaveAttribute("title", long);
    await expectInside(menu, "panel of filters");
    await page.keyboard.press("Escape");
    for (const where of ["/dashboard", "/dashboard?by=key", "/keys", "/alerts?part=forecast"]) {
      await page.goto(`${product.url}${where}`);
      await expect(page.locator("#main").getByText(LONG_KEY).first()).toBeAttached();
      await expectInside(page.locator("#main section[aria-labelledby], #main > div"), where);
    }
  });
