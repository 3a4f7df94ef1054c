import { expect, test } from "@playwright/test";
import { keepSecret } from "../../support/server/suite-log.ts";
import { codeOf } from "../../support/users/totp.ts";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  listenToConsole,
  logIn,
  openRest,
  register,
  registerUser,
  signIn,
} from "../support/person.ts";
import { PASSWORD, type Product, startProduct } from "../support/product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());
test.setTimeout(120_000);

const shows = (seconds: number, secret: string) => codeOf(secret, new Date(Date.now() + seconds * 1000));

/** Enables two-factor authentication, as with a phone. */
async function enrol(email: string): Promise<{ secret: string; codes: string[] }> {
  const rest = await openRest(product, email);
  const { secret } = (await rest.post("/api/user/second-factor", { password: PASSWORD })).body;
  const { body } = await rest.post("/api/user/second-factor/enable", { code: shows(0, secret) });
  const codes: string[] = body.recovery_codes;
  for (const hidden of [secret, ...codes]) keepSecret(hidden);
  return { secret, codes };
}

test("sets up two-factor authentication with a QR code and a code, and shows recovery codes", async ({ page }) => {
  const said = listenToConsole(page);
  await registerUser(product, "ada@example.com");
  await signIn(page, product, "ada@example.com");
  await page.goto(`${product.url}/profile`);
  const factor = page.getByRole("region", { name: "Two-factor authentication" });
  await factor.getByRole("button", { name: "Turn on…" }).click();
  const setup = page.getByRole("dialog", { name: "Turn on two-factor authentication" });
  await setup.getByLabel("Password", { exact: true }).fill("Not-My-Horse-9");
  await setup.getByRole("button", { name: "Continue" }).click();
  await expect(setup.getByText("Wrong password. Nothing was changed.")).toBeVisible();
  await setup.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await setup.getByRole("button", { name: "Continue" }).click();
  const scan = page.getByRole("alertdialog", { name: "Turn on two-factor authentication" });
  await expect(scan.getByRole("img", { name: "QR code with the setup key" })).toBeVisible();
  await expectAccessibleEverywhere(page);
  const secret = ((await scan.locator("code").textContent()) ?? "").replaceAll(" ", "");
  keepSecret(secret);
  await scan.getByLabel("Code", { exact: true }).fill("000000");
  await scan.getByRole("button", { name: "Turn on" }).click();
  await expect(scan.getByText(/This code is wrong/)).toBeVisible();
  await scan.getByLabel("Code", { exact: true }).fill(shows(0, secret));
  await scan.getByRole("button", { name: "Turn on" }).click();

  const saved = page.getByRole("alertdialog", { name: "Your recovery codes" });
  await expect(saved.getByRole("listitem")).toHaveCount(10);
  const codes = await saved.getByRole("listitem").allTextContents();
  for (const code of codes) keepSecret(code);
  await saved.getByRole("button", { name: "I have saved them" }).click();
  await expect(saved.getByText(/not copied or saved the codes/)).toBeVisible();
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await saved.getByRole("button", { name: "Save as file" }).click();
  await download;
  await saved.getByRole("button", { name: "I have saved them" }).click();
  await expect(factor.getByText(/^On since /)).toBeVisible();
  await expect(factor.getByText("10 recovery codes left")).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Activity log" }).getByText("Two-factor authentication turned on"),
  ).toBeVisible();
  expect(said.filter((line) => !line.includes("status of 400"))).toEqual([]);
});

test("asks for a two-factor code before protected actions without losing input, and at login", async ({ page }) => {
  const said = listenToConsole(page);
  await register(page, product, "dan@example.com");
  const { secret, codes } = await enrol("dan@example.com");
  await page.context().clearCookies();
  // The login page keeps the theme of its first paint.
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${product.url}/login`);
  await page.getByRole("textbox", { name: "Email" }).fill("dan@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  const code = page.getByLabel("Code", { exact: true });
  await expect(code).toBeFocused();
  await expect(code).toHaveAttribute("autocomplete", "one-time-code");
  await expectAccessible(page);
  await code.fill("000000");
  await code.press("Enter");
  await expect(page.getByText(/This code is wrong/)).toBeVisible();
  await code.fill(shows(30, secret));
  await code.press("Enter");
  await expect(page).toHaveURL(/\/dashboard/);
  for (const { value } of await page.context().cookies()) keepSecret(value);

  await page.goto(`${product.url}/tokens?issue=true`);
  const form = page.getByRole("dialog").filter({ has: page.getByLabel("Name") });
  await form.getByLabel("Name").fill("Grafana at home");
  await form.getByLabel("Name").press("Enter");
  const confirm = page.getByRole("alertdialog", { name: "Confirm your identity" });
  await expect(confirm).toBeVisible();
  await expectAccessible(page);
  await confirm.getByRole("button", { name: "Cancel" }).click();
  await expect(form.getByLabel("Name")).toHaveValue("Grafana at home");
  await form.getByLabel("Name").press("Enter");
  await confirm.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await confirm.getByLabel("Code", { exact: true }).fill("123456");
  await confirm.getByRole("button", { name: "Confirm" }).click();
  await expect(confirm.getByText(/This code is wrong/)).toBeVisible();
  await confirm.getByLabel("Code", { exact: true }).fill(codes[0] as string);
  await confirm.getByRole("button", { name: "Confirm" }).click();
  const token = page.getByRole("textbox", { name: "API token" });
  await expect(token).toHaveValue(/^or_api_/);
  keepSecret(await token.inputValue());
  await page
    .getByRole("button", { name: "Copy API token" })
    .click()
    .catch(() => {});
  expect(said.filter((line) => !/status of 40[013]/.test(line))).toEqual([]);
});

test("lists sessions with their device and ends them one by one", async ({ page }) => {
  await registerUser(product, "bea@example.com");
  await signIn(page, product, "bea@example.com");
  const rest = await openRest(product, "bea@example.com");
  await page.goto(`${product.url}/profile`);
  const sessions = page.getByRole("region", { name: "Sessions" });
  await expect(sessions.getByRole("listitem")).toHaveCount(2);
  await expect(sessions.getByText("Current session")).toHaveCount(1);
  await expectAccessible(page);
  await sessions.getByRole("button", { name: "Sign out Node.js" }).click();
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  expect((await rest.get("/api/user")).status).toBe(401);
  await expect(page.getByRole("region", { name: "Activity log" }).getByText("Session signed out")).toBeVisible();
});

test("an administrator deactivates a user; other users can neither open the page nor run jobs", async ({ browser }) => {
  const own = await startProduct();
  const [one, two] = [await browser.newContext(), await browser.newContext()];
  const [admin, user] = [await one.newPage(), await two.newPage()];
  await register(admin, own, "root@example.com");
  await registerUser(own, "cy@example.com");
  await signIn(user, own, "cy@example.com");
  await user.goto(`${own.url}/jobs`);
  await expect(user.getByText(/Only the administrator of this server can run jobs/)).toBeVisible();
  await expect(user.getByRole("button", { name: /now$/ })).toHaveCount(0);
  await expectAccessible(user);
  await user.goto(`${own.url}/users`);
  await expect(user.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await user.getByRole("button", { name: "User", exact: true }).click();
  await expect(user.getByRole("link", { name: "Profile" })).toBeVisible();
  await expect(user.getByRole("link", { name: "Users" })).toHaveCount(0);

  await admin.getByRole("button", { name: "User", exact: true }).click();
  await admin.getByRole("link", { name: "Users" }).click();
  await expect(admin.getByRole("heading", { name: "Users" })).toBeVisible();
  await expectAccessibleEverywhere(admin);
  await admin.getByRole("button", { name: "Deactivate cy@example.com" }).click();
  await admin.getByRole("alertdialog").getByRole("button", { name: "Deactivate" }).click();
  await expect(admin.getByRole("row", { name: /cy@example\.com/ }).getByText("Deactivated")).toBeVisible();
  await user.goto(`${own.url}/login`);
  await user.getByRole("textbox", { name: "Email" }).fill("cy@example.com");
  await user.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await user.getByRole("button", { name: "Log in" }).click();
  await expect(user.getByText(/Your user was deactivated/)).toBeVisible();
  await admin.getByRole("button", { name: "Reactivate cy@example.com" }).click();
  await expect(admin.getByRole("button", { name: "Deactivate cy@example.com" })).toBeVisible();
  await logIn(user, own, "cy@example.com");
  for (const context of [one, two]) await context.close();
  await own.stop();
});

test("a job and a channel wait for the administrator's confirmation and then continue", async ({ page }) => {
  const own = await startProduct();
  await registerUser(own, "root@example.com");
  await signIn(page, own, "root@example.com");
  const rest = await openRest(own, "root@example.com");
  const { secret } = (await rest.post("/api/user/second-factor", { password: PASSWORD })).body;
  const { recovery_codes } = (await rest.post("/api/user/second-factor/enable", { code: shows(0, secret) })).body;
  for (const hidden of [secret, ...recovery_codes]) keepSecret(hidden);
  // Enabling it has ended the session of the browser.
  await page.context().clearCookies();
  await page.goto(`${own.url}/login`);
  await page.getByRole("textbox", { name: "Email" }).fill("root@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByLabel("Code", { exact: true }).fill(recovery_codes[0]);
  await page.getByLabel("Code", { exact: true }).press("Enter");
  await expect(page).toHaveURL(/\/dashboard/);
  for (const { value } of await page.context().cookies()) keepSecret(value);

  await page.goto(`${own.url}/alerts?part=channels`);
  await page.getByRole("link", { name: "Add channel" }).click();
  const adding = page.getByRole("dialog", { name: "Add a channel" });
  await adding.getByLabel("Type").selectOption("slack");
  await adding.getByLabel("URL").fill("https://hooks.slack.com/services/x");
  await adding.getByLabel("Name").fill("Cost bot");
  await adding.getByRole("button", { name: "Add channel" }).click();
  const confirm = page.getByRole("alertdialog", { name: "Confirm your identity" });
  await confirm.getByRole("button", { name: "Cancel" }).click();
  await expect(adding.getByLabel("Name")).toHaveValue("Cost bot");
  await adding.getByRole("button", { name: "Cancel" }).click();

  await page.goto(`${own.url}/jobs`);
  const backup = page.getByRole("region", { name: "Back up" });
  await backup.getByRole("button", { name: "Run “Back up” now" }).click();
  await confirm.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await confirm.getByLabel("Code", { exact: true }).fill(recovery_codes[1]);
  await confirm.getByRole("button", { name: "Confirm" }).click();
  await expect(backup.getByText(/1 backup kept; took/)).toBeVisible();
  await own.stop();
});

test("a logout removes the user's data from the page, its storage and the history", async ({ page }) => {
  const email = "last@example.com";
  await register(page, product, email);
  const rest = await openRest(product, email);
  await rest.post("/api/tokens", { name: "a name to be found" });
  for (const where of ["/tokens", "/profile"]) await page.goto(`${product.url}${where}`);
  await expect(page.getByText(email).first()).toBeVisible();
  await page.getByRole("button", { name: "User", exact: true }).click();
  await page.getByRole("button", { name: "Log out", exact: true }).click();
  await expect(page).toHaveURL(/\/login/);
  const left = () =>
    page.evaluate(
      () => `${document.documentElement.innerHTML}${JSON.stringify([{ ...localStorage }, { ...sessionStorage }])}`,
    );
  // The two pages before the profile.
  for (let step = 0; step < 2; step++) {
    expect(await left()).not.toMatch(/last@example|a name to be found/);
    await page.goBack();
    await expect(page.getByRole("button", { name: /^(Log in|Sign up)$/ })).toBeVisible();
  }
  const names = (await page.context().cookies()).map(({ name }) => name);
  expect(names).toEqual(["orwatch_device"]);
});

test("a page in another tab or the back-forward cache redirects to the login after a logout", async ({
  page,
  context,
}) => {
  await register(page, product, "tabs@example.com");
  const other = await context.newPage();
  await other.goto(`${product.url}/profile`);
  await expect(other.getByText("tabs@example.com").first()).toBeVisible();
  // A browser sends this to a page restored from the back-forward cache.
  const returnTo = (kept: typeof page) =>
    kept.evaluate(() => void window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await returnTo(page);
  await expect(page).toHaveURL(/\/dashboard/);
  await other.getByRole("button", { name: "User", exact: true }).click();
  await other.getByRole("button", { name: "Log out", exact: true }).click();
  await expect(other).toHaveURL(/\/login/);
  await expect(page, "the other tab").toHaveURL(/\/login/);

  await logIn(page, product, "tabs@example.com");
  // The app itself, not its frame: it listens from now on.
  await expect(page.getByRole("button", { name: "User", exact: true })).toBeVisible();
  await other.close();
  await page.evaluate(() => localStorage.setItem("orwatch.left", "later"));
  await page.context().clearCookies({ name: "orwatch_session" });
  await returnTo(page);
  await expect(page).toHaveURL(/\/login/);
});
