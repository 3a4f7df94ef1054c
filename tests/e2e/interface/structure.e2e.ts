import { type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { logIn, openRest, registerUser, signIn, syncKey } from "../support/person.ts";
import { openAccount, type Product, startProduct } from "../support/product.ts";

let product: Product;
const ADMIN = "ada@example.com";
const MEMBER = "grace@example.com";
const OPEN_PAGES = [
  "/login",
  "/register",
  "/forgot-password",
  "/reset-password",
  "/confirm-email",
  "/invite",
  "/unsubscribe?token=none",
  "/no-such-page",
];
const PAGES = [
  "/dashboard",
  "/dashboard?by=key&compare=true",
  "/explore?days=7&group_by=%5B%22key%22%2C%22model%22%5D&compare=true",
  "/explore?days=7&group_by=%5B%22key%22%2C%22model%22%5D&table=rows",
  "/keys",
  "/keys/2",
  "/accounts",
  "/alerts?part=inbox",
  "/alerts?part=rules",
  "/alerts?part=channels",
  "/alerts?part=sent",
  "/alerts?part=forecast",
  "/tokens",
  "/team",
  "/team?part=settings",
  "/team?part=activity",
  "/jobs",
  "/profile",
  "/users",
  "/no-such-page",
];

test.beforeAll(async () => {
  product = await startProduct({ ALLOW_PRIVATE_WEBHOOKS: "true" });
  const keys = openAccount(product.sim);
  for (const email of [ADMIN, MEMBER]) await registerUser(product, email);
  const rest = await openRest(product, ADMIN);
  const manager = await rest.post("/api/keys", { name: "Manager", key: keys.manager.secret });
  await rest.post("/api/keys", { name: "App", key: keys.app.secret, description: "Of the web shop" });
  await rest.post("/api/keys", { name: "Batch", key: keys.batch.secret });
  await rest.post("/api/channels", { kind: "ntfy", name: "Unreachable", url: "http://127.0.0.1:9", topic: "none" });
  await rest.post("/api/alerts/rules", { name: "Above nothing", kind: "spend", span: "day", amount: "0.01" });
  await syncKey(rest, manager.body.id);
});
test.afterAll(() => product.stop());

async function visit(page: Page, where: string) {
  await page.goto(`${product.url}${where}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
  await page.waitForLoadState("networkidle");
}

/** Text of two elements of one line without space between, which is read as one word. */
function runTogether(): string[] {
  const isBlock = (element: Element) => !/^(inline|contents|ruby)/.test(getComputedStyle(element).display);
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let before: Text | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text)) {
      if (node instanceof HTMLBRElement || node.nodeName === "svg") before = null;
      continue;
    }
    const parent = node.parentElement;
    if (!parent || node.data === "" || parent.closest("script, style, title, svg, [hidden]")) continue;
    if (!parent.checkVisibility()) continue;
    if (before?.parentElement && before.parentElement !== parent) {
      const common = document.createRange();
      common.setStart(before, 0);
      common.setEnd(node, 0);
      const top = common.commonAncestorContainer;
      const apart = [before.parentElement, parent].some((from) => {
        for (let up: Element | null = from; up && up !== top; up = up.parentElement) if (isBlock(up)) return true;
        return false;
      });
      if (!apart && /[\p{L}\p{N}%$.)]$/u.test(before.data) && /^[\p{L}\p{N}$(]/u.test(node.data))
        found.push(`${before.data}|${node.data}`);
    }
    before = node;
  }
  return found;
}

/** Pressable elements lower than `least`; links within a sentence are as high as its lines. */
function tooLow(least: number): string[] {
  const isInSentence = (one: Element) => {
    const block = one.closest("p, li, dd, summary");
    return one.matches("p a") && (block?.textContent ?? "").trim() !== (one.textContent ?? "").trim();
  };
  return [...document.querySelectorAll("a, button, select, summary, input, textarea, [role=menuitem]")].flatMap(
    (one) => {
      const target = one.matches("[type=checkbox], [type=radio]") ? one.closest("label") : one;
      const { height, width } = target?.getBoundingClientRect() ?? { height: 0, width: 0 };
      if (!one.checkVisibility() || isInSentence(one) || width <= 1) return [];
      return height < least - 0.5
        ? [`${height} px: ${one.tagName} ${one.getAttribute("aria-label") ?? one.textContent}`]
        : [];
    },
  );
}

const WINDOWS: { name: string; least: number; options: BrowserContextOptions }[] = [
  { name: "with a mouse", least: 24, options: { viewport: { width: 1440, height: 900 } } },
  {
    name: "with a finger",
    least: 44,
    options: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  },
];

for (const { name, least, options } of WINDOWS)
  test(`every page has one main region, separated words and targets of ${least} px ${name}`, async ({ browser }) => {
    test.slow();
    const page = await browser.newPage(options);
    const check = async (where: string) => {
      await visit(page, where);
      expect.soft(await page.locator("main, [role=main]").count(), `${where}: main regions`).toBe(1);
      expect.soft(await page.evaluate(runTogether), `${where}: words run together`).toEqual([]);
      expect.soft(await page.evaluate(tooLow, least), `${where}: low targets`).toEqual([]);
    };
    for (const where of OPEN_PAGES) await check(where);
    await signIn(page, product, ADMIN);
    for (const where of PAGES) await check(where);
    await page.context().close();
  });

test("a forbidden page has one main region and the navigation", async ({ page }) => {
  await signIn(page, product, MEMBER);
  await visit(page, "/users");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page not found");
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await expect(page.getByRole("main")).toHaveCount(1);
  await visit(page, "/no-such-page");
  await expect(page.getByRole("main")).toHaveCount(1);
});

test("a share is announced as an amount and a percentage", async ({ page }) => {
  await logIn(page, product, ADMIN);
  const row = page.getByRole("table", { name: "Top models" }).getByRole("row").nth(1);
  await expect(row).toHaveAccessibleName(/\$\d+\.\d\d\s+[\d.]+%$/);
});
