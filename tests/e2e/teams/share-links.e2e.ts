import { type Browser, expect, type Page, test } from "@playwright/test";
import { keepSecret } from "../../support/server/suite-log.ts";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  listenToConsole,
  logIn,
  openRest,
  registerUser,
  syncKey,
} from "../support/person.ts";
import { openAccount, type Product, startProduct } from "../support/product.ts";

const ADA = "ada@example.com";
const [TITLE, LOCKED_TITLE] = ["Acme: AI costs 📈", "For the client"];
const PASSWORD = "Quarterly-Numbers";

let product: Product;
let rest: Awaited<ReturnType<typeof openRest>>;
/** Links that the tests have created, by title. */
const links: Record<string, string> = {};
test.beforeAll(async () => {
  product = await startProduct();
  await registerUser(product, ADA);
  rest = await openRest(product, ADA);
  const { app, batch, manager } = openAccount(product.sim);
  const { body } = await rest.post("/api/keys", { name: "Manager", key: manager.secret });
  await rest.post("/api/keys", { name: "Secret project", key: app.secret });
  await rest.post("/api/keys", { name: "Nightly", key: batch.secret });
  await syncKey(rest, body.id);
});
test.afterAll(() => product.stop());

interface Visit {
  page: Page;
  said: string[];
  /** Addresses that the page has requested. */
  requests: string[];
}

/** Someone without a login. */
async function visit(browser: Browser, address: string): Promise<Visit> {
  const page = await (await browser.newContext()).newPage();
  const said = listenToConsole(page);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(address);
  return { page, said, requests };
}

async function keepLink(page: Page, title: string): Promise<string> {
  const shown = page.getByRole("alertdialog", { name: "Send this link" });
  const field = shown.getByLabel("Share link", { exact: true });
  await expect(field).toHaveValue(new RegExp(`^${product.url}/share#or_share_`));
  const link = await field.inputValue();
  keepSecret(link.split("#")[1] ?? "");
  links[title] = link;
  return link;
}

const row = (page: Page, title: string) =>
  page.getByRole("table", { name: "Share links" }).getByRole("row").filter({ hasText: title });

test("an owner shares a dashboard, whose link is shown once", async ({ page }) => {
  const said = listenToConsole(page);
  await logIn(page, product, ADA);
  await page.goto(`${product.url}/team`);
  await page.getByRole("navigation", { name: "Parts of the team" }).getByRole("link", { name: "Share links" }).click();
  await expect(page.getByRole("heading", { name: "No share links" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Share dashboard" }).click();
  const form = page.getByRole("dialog", { name: "Share a dashboard" });
  await expect(form.getByLabel("Title")).toBeFocused();
  await expect(form.getByLabel("Expires")).toHaveValue("30");
  await form.getByLabel("Password").fill("short");
  await form.getByText("Selected keys").click();
  await form.getByRole("button", { name: "Create link" }).click();
  for (const text of ["Title is required.", "Select at least one key, or all keys.", "Use 8 to 128 characters"])
    await expect(form.getByText(text)).toBeVisible();
  await expectAccessibleEverywhere(page);
  await form.getByText("All keys, including new ones").click();
  await form.getByLabel("Password").fill("");
  await form.getByLabel("Title").fill(TITLE);
  await form.getByRole("button", { name: "Create link" }).click();
  await keepLink(page, TITLE);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByText("You have not copied the link")).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(row(page, TITLE)).toContainText("30 days, all keys");
  await expect(row(page, TITLE)).toContainText("Never");

  // Also from the command palette, which lies over any page.
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox").fill("share dash");
  await page.keyboard.press("Enter");
  await form.getByLabel("Title").fill(LOCKED_TITLE);
  await form.getByLabel("Period").selectOption({ label: "Last 7 days" });
  await form.getByText("Selected keys").click();
  await form.getByLabel("Secret project").check();
  await form.getByLabel("Show names of keys").check();
  await form.getByLabel("Expires").selectOption({ label: "In 7 days" });
  await form.getByLabel("Password").fill(PASSWORD);
  keepSecret(PASSWORD);
  await form.getByRole("button", { name: "Create link" }).click();
  await keepLink(page, LOCKED_TITLE);
  await expect(page.getByText("Visitors also need the password")).toBeVisible();
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(row(page, LOCKED_TITLE)).toContainText("7 days, 1 key · with names of keys · password");
  await expectAccessibleEverywhere(page);
  expect(said).toEqual([]);
});

test("a visitor sees totals, days and models, and nothing else of the team", async ({ browser }) => {
  const { page, said, requests } = await visit(browser, links[TITLE] ?? "");
  await expect(page.getByRole("heading", { name: TITLE, level: 1 })).toBeVisible();
  await expect(page).toHaveTitle(`${TITLE} · orwatch`);
  const { summary } = (await rest.get("/api/stats/dashboard?days=30")).body;
  await expect(page.locator(`[data-exact="${summary.total_cost}"]`).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Cost per day by model" })).toBeVisible();
  const models = page.getByRole("table", { name: "Top models" });
  await expect(models.getByRole("row", { name: /claude-sonnet-4.5/ })).toBeVisible();
  await expect(page.locator("main a, nav")).toHaveCount(0);
  for (const hidden of ["Secret project", "Nightly", ADA]) await expect(page.getByText(hidden)).toHaveCount(0);
  await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", "noindex");
  await expectAccessibleEverywhere(page);

  await page.getByRole("button", { name: "Italiano" }).click();
  await expect(page.getByRole("table", { name: "Modelli più costosi" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("table", { name: "Modelli più costosi" })).toBeVisible();
  const [token = ""] = (links[TITLE] ?? "").split("#").slice(1);
  expect(requests.filter((address) => address.includes(token) && !address.includes("#"))).toEqual([]);
  expect(requests.filter((address) => /\/(trpc|api)\//.test(address))).toEqual([
    `${product.url}/trpc/share.open?batch=1`,
    `${product.url}/trpc/share.open?batch=1`,
  ]);
  expect(await page.context().cookies()).toEqual([]);
  expect(said).toEqual([]);
  // The token in the path is accepted, too.
  await page.goto((links[TITLE] ?? "").replace("#", "/"));
  await expect(page.getByRole("heading", { name: TITLE })).toBeVisible();
  await expect(page).toHaveURL(links[TITLE] ?? "");
  await page.context().close();
});

test("a password is asked for before anything is said, and names of keys are shown if allowed", async ({ browser }) => {
  const { page } = await visit(browser, links[LOCKED_TITLE] ?? "");
  await expect(page.getByRole("heading", { name: "Enter the password" })).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await expect(page.getByText(LOCKED_TITLE)).toHaveCount(0);
  await expectAccessibleEverywhere(page);
  await page.getByLabel("Password", { exact: true }).fill("Quarterly-Figures");
  await page.getByRole("button", { name: "Open page" }).click();
  await expect(page.getByText("The password is wrong. Try again.")).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Password", { exact: true }).press("Enter");
  await expect(page.getByRole("heading", { name: LOCKED_TITLE })).toBeVisible();
  const keys = page.getByRole("table", { name: "Usage by key" });
  await expect(keys.getByRole("row", { name: /Secret project/ })).toBeVisible();
  await expect(page.getByText("Nightly")).toHaveCount(0);
  await expectAccessible(page);
  await page.context().close();
});

test("links that are revoked, unknown or incomplete say the same, and views are counted", async ({ page, browser }) => {
  await logIn(page, product, ADA);
  await page.goto(`${product.url}/team?part=shares`);
  await expect(row(page, TITLE)).toContainText("3 times");
  await expect(row(page, LOCKED_TITLE)).toContainText("once");
  await page.getByRole("button", { name: `Revoke ${TITLE}` }).click();
  await page
    .getByRole("alertdialog", { name: `Revoke ${TITLE}?` })
    .getByRole("button", { name: "Revoke" })
    .click();
  await expect(row(page, TITLE)).toHaveCount(0);
  const said = new Set<string>();
  const { page: visitor } = await visit(browser, links[TITLE] ?? "");
  for (const address of [
    links[TITLE] ?? "",
    `${product.url}/share#or_share_${"x".repeat(43)}`,
    `${product.url}/share`,
  ]) {
    await visitor.goto("about:blank");
    await visitor.goto(address);
    await expect(visitor.getByRole("heading", { name: "This link does not work" })).toBeVisible();
    said.add((await visitor.locator("main").textContent()) ?? "");
  }
  expect(said.size).toBe(1);
  await expectAccessibleEverywhere(visitor);
  // Another link in the same tab changes only the fragment.
  await visitor.goto(links[LOCKED_TITLE] ?? "");
  await expect(visitor.getByRole("heading", { name: "Enter the password" })).toBeVisible();
  await product.down();
  await visitor.reload().catch(() => {});
  await product.up();
  await visitor.goto(links[LOCKED_TITLE] ?? "");
  await expect(visitor.getByRole("heading", { name: "Enter the password" })).toBeVisible();
  await visitor.context().close();
});
