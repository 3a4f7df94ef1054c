import { expect, type Page, test } from "@playwright/test";
import { logIn, openRest, registerUser, signIn } from "../support/person.ts";
import { openAccount, PASSWORD, type Product, startProduct } from "../support/product.ts";

const ADA = "ada@example.com";
const BOB = "bob@example.com";

let product: Product;
let secret: string;
let rest: Awaited<ReturnType<typeof openRest>>;
test.beforeAll(async () => {
  product = await startProduct();
  for (const email of [ADA, BOB]) await registerUser(product, email);
  rest = await openRest(product, ADA);
  const { app, batch, manager } = openAccount(product.sim);
  secret = batch.secret;
  await rest.post("/api/keys", { name: "Manager", key: manager.secret });
  await rest.post("/api/keys", { name: "App", key: app.secret });
});
test.afterAll(() => product.stop());

/** Holds the response of a mutation until `release`; the server has executed it by then. */
async function holdAnswer(page: Page, procedure: string) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let done = () => {};
  const isDone = new Promise<void>((resolve) => {
    done = resolve;
  });
  await page.route(`**/trpc/${procedure}*`, async (route) => {
    const response = await route.fetch();
    done();
    await released;
    await route.fulfill({ response });
  });
  return { isDone, release: () => release() };
}

/** Holds the page's queries until the returned function is called. */
async function holdReads(page: Page) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/trpc/**", async (route) => {
    if (route.request().method() === "GET") await released;
    await route.fallback();
  });
  return async () => {
    release();
    await page.unroute("**/trpc/**");
  };
}

test("an action in this tab does not affect a user who logged in in another tab", async ({ page, context }) => {
  await signIn(page, product, ADA);
  await page.goto(`${product.url}/tokens?issue=true`);
  const form = page.getByRole("dialog", { name: "Create an API token" });
  await form.getByLabel("Name").fill("Of Ada");
  // Background reads would notice the other user before the button is pressed.
  const resumeReads = await holdReads(page);
  const other = await context.newPage();
  await logIn(other, product, BOB);
  await form.getByRole("button", { name: "Create API token" }).click();
  const again = page.getByRole("alertdialog", { name: "Log in again" });
  await expect(again.getByLabel("Email")).toHaveValue(ADA);
  await resumeReads();
  await again.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "I have saved it" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Of Ada" })).toBeVisible();
  const bob = await openRest(product, BOB);
  expect((await bob.get("/api/tokens")).text).not.toContain("Of Ada");
  // Of the two, Bob's page now has a foreign session: it reports this once it is visible.
  await other.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(other.getByRole("heading", { name: /Log in/ }).first()).toBeVisible();
  await expect(other.getByText("Of Ada")).toHaveCount(0);
  await other.close();
});

test("a late response closes no other dialog and navigates nowhere", async ({ page }) => {
  await signIn(page, product, ADA);
  await page.goto(`${product.url}/keys?add=true`);
  const form = page.getByRole("dialog", { name: "Add a key" });
  await form.getByLabel("Name").fill("Late");
  await form.getByLabel("OpenRouter key").fill(secret);
  const held = await holdAnswer(page, "keys.add");
  await page.keyboard.press("Enter");
  await held.isDone;
  await page.keyboard.press("Escape");
  await expect(form).toBeHidden();
  await page.getByRole("button", { name: "Actions for App", exact: true }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const edit = page.getByRole("dialog", { name: "Edit App" });
  await edit.getByLabel("Description").fill("typed meanwhile");
  held.release();
  await expect(page.getByRole("status").filter({ hasText: "Late was added" })).toBeAttached();
  await expect(edit.getByLabel("Description")).toHaveValue("typed meanwhile");
});

test("a dialog whose result is shown once stays open until the result is there", async ({ page }) => {
  await signIn(page, product, ADA);
  await page.goto(`${product.url}/tokens?issue=true`);
  const form = page.getByRole("dialog", { name: "Create an API token" });
  await form.getByLabel("Name").fill("Held");
  const held = await holdAnswer(page, "tokens.issue");
  await page.keyboard.press("Enter");
  await held.isDone;
  await page.keyboard.press("Escape");
  await form.getByRole("button", { name: "Cancel" }).click();
  await expect(form).toBeVisible();
  held.release();
  await page.getByRole("button", { name: "I have saved it" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Held" })).toBeVisible();
});

test("an action without a response is not reported as failed, and its result is shown", async ({ page }) => {
  await signIn(page, product, ADA);
  await page.goto(`${product.url}/alerts?part=rules`);
  await page.getByRole("link", { name: "Add rule" }).click();
  const form = page.getByRole("dialog", { name: "Add a rule" });
  await form.getByLabel("Amount (USD)").fill("3");
  await page.route("**/trpc/alerts.createRule*", async (route) => {
    await route.fetch();
    await route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" });
  });
  const rules = page.getByText(/exceeds \$3/);
  await expect(rules).toHaveCount(0);
  await form.getByRole("button", { name: "Add rule" }).click();
  await expect(form.getByRole("alert")).toHaveText(/may or may not have been saved/);
  await page.keyboard.press("Escape");
  await expect(rules).toHaveCount(1);
});
