import { expect, type Page, test } from "@playwright/test";
import { CLIENT_ID, CLIENT_SECRET } from "../../support/oidc/identity-provider.ts";
import { type RealProvider, startRealProvider } from "../../support/oidc/real-provider.ts";
import { keepSecret } from "../../support/server/suite-log.ts";
import { codeOf } from "../../support/users/totp.ts";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  logIn,
  openRest,
  registerUser,
  signIn,
} from "../support/person.ts";
import { PASSWORD, type Product, startProduct } from "../support/product.ts";

let product: Product;
let provider: RealProvider;
async function start(more: Record<string, string> = {}): Promise<{ product: Product; provider: RealProvider }> {
  const provider = await startRealProvider();
  const product = await startProduct({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT_ID,
    OIDC_CLIENT_SECRET: CLIENT_SECRET,
    OIDC_NAME: "Acme",
    PUBLIC_URL: "http://127.0.0.1:{port}",
    ...more,
  });
  provider.serve(product.url);
  return { product, provider };
}
test.beforeAll(async () => {
  ({ product, provider } = await start());
});
test.afterAll(async () => {
  await product.stop();
  await provider.close();
});

async function keepCookies(page: Page) {
  for (const { name, value } of await page.context().cookies()) if (name.startsWith("orwatch")) keepSecret(value);
}

/** Fills in the pages of the provider. */
async function signInAtProvider(page: Page, name: string) {
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
}

async function signInAs(page: Page, name: string) {
  await page.getByRole("button", { name: "Sign in with Acme" }).click();
  await signInAtProvider(page, name);
  const consent = page.getByRole("button", { name: "Continue" });
  await consent.click();
}

test("a new person signs in at the provider, is back at the page they wanted, and signs in again without a form", async ({
  page,
}) => {
  await page.goto(`${product.url}/keys?page=1`);
  await expect(page.getByRole("button", { name: "Sign in with Acme" })).toBeVisible();
  await expectAccessibleEverywhere(page);
  await signInAs(page, "ada");
  await expect(page).toHaveURL(/\/keys/);
  await expect(page.getByRole("heading", { name: "No keys yet" })).toBeVisible();
  await keepCookies(page);
  expect(page.url()).not.toMatch(/code=|state=/);
  await page.goto(`${product.url}/profile`);
  await expect(page.getByText("ada@example.com").first()).toBeVisible();
  const connections = page.getByRole("region", { name: "Sign-in provider" });
  await expect(connections.getByText("Acme: ada@example.com")).toBeVisible();
  await expect(connections.getByText(/Your only way to sign in/)).toBeVisible();
  await expect(connections.getByRole("button", { name: /Disconnect/ })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Set a password" })).toBeVisible();
  await expect(page.getByText("Logged in through the sign-in provider as ada@example.com").first()).toBeVisible();
  await expectAccessibleEverywhere(page);

  await page.context().clearCookies({ name: "orwatch_session" });
  await page.goto(`${product.url}/login`);
  await page.getByRole("button", { name: "Sign in with Acme" }).click();
  await expect(page).toHaveURL(/\/dashboard/);
});

test("a user with a password connects by entering it, and errors are shown in words", async ({ page, browser }) => {
  const other = await browser.newPage();
  await registerUser(product, "bea@example.com");
  await signIn(other, product, "bea@example.com");
  await page.goto(`${product.url}/login?error=oidc_email_unverified`);
  await expect(page.getByRole("alert")).toContainText("Your email address is not verified at the sign-in provider");
  await expectAccessible(page);
  await signInAs(page, "bea");
  await expect(page).toHaveURL(/\/continue$/);
  await expect(page.getByRole("heading", { name: "Finish signing in" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue("bea@example.com");
  await expectAccessibleEverywhere(page);
  await page.getByLabel("Password", { exact: true }).fill("Wrong-Horse-99");
  await page.getByRole("button", { name: "Connect Acme" }).click();
  await expect(page.getByText("Wrong password. Nothing was changed.")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Connect Acme" }).click();
  await expect(page).toHaveURL(/\/dashboard/);
  await keepCookies(page);

  await other.goto(`${product.url}/profile`);
  const connections = other.getByRole("region", { name: "Sign-in provider" });
  await connections.getByRole("button", { name: "Disconnect Acme (bea@example.com)" }).click();
  const dialog = other.getByRole("alertdialog", { name: "Disconnect Acme?" });
  await expectAccessible(other);
  await dialog.getByRole("button", { name: "Disconnect" }).click();
  await expect(connections.getByRole("button", { name: "Connect Acme" })).toBeVisible();
  await connections.getByRole("button", { name: "Connect Acme" }).click();
  await signInAtProvider(other, "bea-at-work");
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(connections.getByText("Acme: bea-at-work@example.com")).toBeVisible();
  await other.close();
});

test("a user without a password confirms at the provider in a new tab, and the page goes on with what was typed", async ({
  page,
  context,
}) => {
  await page.goto(`${product.url}/login`);
  await signInAs(page, "cy");
  await expect(page).toHaveURL(/\/dashboard/);
  await page.goto(`${product.url}/profile`);
  const panel = page.getByRole("region", { name: "Set a password" });
  await panel.getByLabel("New password", { exact: true }).fill(PASSWORD);
  await panel.getByLabel("Confirm new password").fill(PASSWORD);
  await panel.getByRole("button", { name: "Set password" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Confirm your identity" });
  await expect(dialog.getByRole("button", { name: "Continue at Acme" })).toBeFocused();
  await expectAccessible(page);
  const opened = context.waitForEvent("page");
  await dialog.getByRole("button", { name: "Continue at Acme" }).click();
  const tab = await opened;
  await expect(dialog.getByText("Continue in the other tab.")).toBeVisible();
  // The provider asks again, although there is a session.
  await signInAtProvider(tab, "cy");
  await expect(page.getByText("Password set. Your other sessions were signed out.")).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await keepCookies(page);
  await expect(page.getByRole("region", { name: "Change password" })).toBeVisible();
  if (!tab.isClosed()) await tab.close();
  await expect(
    page.getByRole("region", { name: "Sign-in provider" }).getByRole("button", { name: /^Disconnect Acme/ }),
  ).toBeVisible();
});

test("with two-factor authentication, the code is asked for after the provider", async ({ page }) => {
  await page.goto(`${product.url}/login`);
  await signInAs(page, "dan");
  await expect(page).toHaveURL(/\/dashboard/);
  await page.goto(`${product.url}/profile`);
  await page.getByRole("button", { name: "Turn on…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Continue" }).click();
  const opened = page.context().waitForEvent("page");
  await page.getByRole("button", { name: "Continue at Acme" }).click();
  const tab = await opened;
  await signInAtProvider(tab, "dan");
  const setup = page.getByRole("alertdialog", { name: "Turn on two-factor authentication" });
  const secret = ((await setup.locator("code").textContent()) ?? "").replaceAll(" ", "");
  keepSecret(secret);
  await setup.getByLabel("Code", { exact: true }).fill(codeOf(secret, new Date()));
  await setup.getByRole("button", { name: "Turn on" }).click();
  const codes = page.getByRole("alertdialog", { name: "Your recovery codes" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  const recovery = await codes.getByRole("listitem").allTextContents();
  for (const code of recovery) keepSecret(code);
  await codes.getByRole("button", { name: "I have saved them" }).click();
  await page.context().clearCookies({ name: "orwatch_session" });
  await page.goto(`${product.url}/login`);
  await page.getByRole("button", { name: "Sign in with Acme" }).click();
  await expect(page.getByText("Two-factor authentication is on for dan@example.com.")).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill(recovery[0] ?? "");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/dashboard/);
  await keepCookies(page);
});

test("a logout at the provider ends the session, and the page asks to sign in again in a new tab", async ({
  page,
  context,
}) => {
  await page.goto(`${product.url}/login`);
  await signInAs(page, "eve");
  await expect(page).toHaveURL(/\/dashboard/);
  await keepCookies(page);
  const atProvider = await context.newPage();
  await atProvider.goto(`${provider.issuer}/session/end`);
  await atProvider.getByRole("button", { name: "Yes, sign me out" }).click();
  await expect(atProvider.getByText(/Sign-out Success/i)).toBeVisible();
  await atProvider.close();
  await page.getByRole("link", { name: "API tokens" }).click();
  // A page without data yet shows the login page, which returns to it.
  await expect(page).toHaveURL(/\/login\?redirect=/);
  await signInAs(page, "eve");
  await expect(page).toHaveURL(/\/tokens/);
  await keepCookies(page);
});

test("a provider that is down is reported in words, and everything else works", async ({ page }) => {
  await provider.down();
  await product.restart();
  await page.goto(`${product.url}/login`);
  await page.getByRole("button", { name: "Sign in with Acme" }).click();
  await expect(page.getByRole("alert")).toContainText("The sign-in provider cannot be reached right now");
  await expectAccessible(page);
  await logIn(page, product, "bea@example.com");
  await provider.up();
});

test("without passwords there is only the button, and the first user comes from the provider", async ({ page }) => {
  const only = await start({ PASSWORD_LOGIN: "false", ALLOW_REGISTRATION: "false", OIDC_AUTO_REGISTER: "true" });
  try {
    await page.goto(`${only.product.url}/register`);
    await expect(page.getByRole("button", { name: "Sign in with Acme" })).toBeVisible();
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await page.goto(`${only.product.url}/login`);
    await expect(page.getByRole("button", { name: "Sign in with Acme" })).toBeVisible();
    await expect(page.getByRole("textbox")).toHaveCount(0);
    await expectAccessibleEverywhere(page);
    await signInAs(page, "fay");
    await expect(page).toHaveURL(/\/dashboard/);
    await keepCookies(page);
    await page.goto(`${only.product.url}/users`);
    await expect(page.getByRole("row", { name: /fay@example.com/ })).toContainText("Administrator");
    await page.goto(`${only.product.url}/profile`);
    await expect(page.getByRole("region", { name: "Sign-in provider" })).toBeVisible();
    await expect(page.getByRole("region", { name: /password/i })).toHaveCount(0);
  } finally {
    await only.product.stop();
    await only.provider.close();
  }
});

test("an invited person joins by signing in at the provider, where new people are not registered otherwise", async ({
  page,
  browser,
}) => {
  const own = await start({ OIDC_AUTO_REGISTER: "false" });
  try {
    await registerUser(own.product, "gwen@example.com");
    const rest = await openRest(own.product, "gwen@example.com");
    const { id } = (await rest.post("/api/teams", { name: "Research" })).body;
    const invite = async () => {
      const { url, token } = (await rest.post(`/api/teams/${id}/invitations`, { role: "editor" })).body;
      keepSecret(token);
      return url as string;
    };
    await page.goto(`${own.product.url}/login`);
    await signInAs(page, "hal");
    await expect(page.getByRole("alert")).toContainText("You have no user on this server");
    await page.goto(await invite());
    await expect(page.getByText("Research")).toBeVisible();
    await expectAccessibleEverywhere(page);
    // The provider still knows who it is.
    await page.getByRole("button", { name: "Sign in with Acme" }).click();
    await expect(page).toHaveURL(`${own.product.url}/dashboard?team=${id}`);
    await keepCookies(page);

    // A user with a password connects the provider on the way, and joins, too.
    await registerUser(own.product, "ida@example.com");
    const other = await (await browser.newContext()).newPage();
    await other.goto(await invite());
    await signInAs(other, "ida");
    await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await other.getByRole("button", { name: "Connect Acme" }).click();
    await expect(other).toHaveURL(`${own.product.url}/dashboard?team=${id}`);
    await keepCookies(other);
    await other.context().close();
    const members = (await rest.get(`/api/teams/${id}/members`)).body.items;
    expect(members.map(({ email, role }: { email: string; role: string }) => `${email} ${role}`).sort()).toEqual([
      "gwen@example.com owner",
      "hal@example.com editor",
      "ida@example.com editor",
    ]);
  } finally {
    await own.product.stop();
    await own.provider.close();
  }
});
