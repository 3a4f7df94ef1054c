import { type CDPSession, expect, type Page, test } from "@playwright/test";
import { startMailServer } from "../../support/alerts/mail-server.ts";
import { keepSecret } from "../../support/server/suite-log.ts";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  listenToConsole,
  register,
  registerUser,
  signIn,
} from "../support/person.ts";
import { PASSWORD, type Product, startProduct } from "../support/product.ts";

let mail: Awaited<ReturnType<typeof startMailServer>>;
let product: Product;
test.beforeAll(async () => {
  mail = await startMailServer();
  const started = await startProduct({
    SMTP_URL: mail.url,
    MAIL_FROM: "orwatch@example.com",
    PUBLIC_URL: "http://localhost:{port}",
  });
  // Passkeys do not work at an IP address.
  product = { ...started, url: started.url.replace("127.0.0.1", "localhost") };
});
test.afterAll(async () => {
  await product.stop();
  await mail.close();
});
test.setTimeout(120_000);

/** An authenticator in Chromium, like the one of a phone: it has passkeys and verifies its user. */
async function addAuthenticator(page: Page): Promise<{ client: CDPSession; authenticatorId: string }> {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  const { authenticatorId } = await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { client, authenticatorId };
}

async function fillLogin(page: Page, email: string, password = PASSWORD) {
  await page.goto(`${product.url}/login`);
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

async function leave(page: Page) {
  await page.getByRole("button", { name: "User", exact: true }).click();
  await page.getByRole("button", { name: "Log out", exact: true }).click();
  await expect(page).toHaveURL(/\/login/);
}

async function keepCookies(page: Page) {
  for (const { value } of await page.context().cookies()) keepSecret(value);
}

test("adds a passkey, logs in with it, uses it as second factor and to confirm, and removes it", async ({ page }) => {
  const said = listenToConsole(page);
  const { client, authenticatorId } = await addAuthenticator(page);
  await registerUser(product, "ada@example.com");
  await signIn(page, product, "ada@example.com");
  await page.goto(`${product.url}/profile`);
  const passkeys = page.getByRole("region", { name: "Passkeys" });
  await passkeys.getByRole("button", { name: "Add a passkey" }).click();
  const confirm = page.getByRole("alertdialog", { name: "Confirm your identity" });
  await confirm.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await expect(confirm.getByLabel("Code", { exact: true })).toHaveCount(0);
  await confirm.getByRole("button", { name: "Confirm" }).click();
  const codes = page.getByRole("alertdialog", { name: "Your recovery codes" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  const [code = "", ...others] = await codes.getByRole("listitem").allTextContents();
  for (const hidden of [code, ...others]) keepSecret(hidden);
  await codes.getByRole("button", { name: "I have saved them" }).click();
  await codes.getByRole("button", { name: "I have saved them" }).click();
  await expect(passkeys.getByRole("listitem")).toHaveCount(1);
  await expect(page.getByText(/Logging in with your password requires a passkey/)).toBeVisible();
  await passkeys.getByRole("button", { name: /^Rename / }).click();
  const rename = page.getByRole("dialog", { name: "Rename passkey" });
  await rename.getByLabel("Name").fill("Work laptop");
  await rename.getByRole("button", { name: "Save" }).click();
  await expect(passkeys.getByText("Work laptop")).toBeVisible();
  // The same authenticator has a passkey of this user already.
  await passkeys.getByRole("button", { name: "Add a passkey" }).click();
  await expect(passkeys.getByRole("alert")).toHaveText(/already has a passkey/);
  await expectAccessibleEverywhere(page);
  await leave(page);

  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL(/\/dashboard/);
  await keepCookies(page);
  await leave(page);

  await fillLogin(page, "ada@example.com");
  await expect(page.getByLabel("Recovery code")).toBeFocused();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Use a passkey" }).first().click();
  await expect(page).toHaveURL(/\/dashboard/);
  await keepCookies(page);

  await page.goto(`${product.url}/tokens?issue=true`);
  const form = page.getByRole("dialog").filter({ has: page.getByLabel("Name") });
  await form.getByLabel("Name").fill("CI");
  await form.getByLabel("Name").press("Enter");
  await expect(confirm.getByLabel("Recovery code")).toBeVisible();
  await expectAccessible(page);
  await confirm.getByRole("button", { name: "Use a passkey" }).click();
  const token = page.getByRole("textbox", { name: "API token" });
  await expect(token).toHaveValue(/^or_api_/);
  keepSecret(await token.inputValue());

  await page.goto(`${product.url}/profile`);
  await passkeys.getByRole("button", { name: "Remove Work laptop" }).click();
  const remove = page.getByRole("alertdialog", { name: "Remove the passkey Work laptop?" });
  await expect(remove.getByText(/your only second factor/)).toBeVisible();
  await remove.getByRole("button", { name: "Remove" }).click();
  await expect(passkeys.getByRole("listitem")).toHaveCount(0);
  await expect(page.getByText("Off. Your password is enough to log in.")).toBeVisible();
  await leave(page);
  // It is still on the device.
  expect((await client.send("WebAuthn.getCredentials", { authenticatorId })).credentials).toHaveLength(1);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("alert")).toHaveText(/This passkey was not accepted/);
  await client.send("WebAuthn.clearCredentials", { authenticatorId });
  await client.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("alert")).toHaveText(/No passkey was used/);
  expect(said.filter((line) => !/status of 40[013]/.test(line))).toEqual([]);
});

/** The link in the last email to an address. */
async function readLink(to: string, page: string): Promise<string> {
  const pattern = new RegExp(`http://localhost:\\d+/${page}#token=[\\w-]{43}`);
  const find = () =>
    mail.mails
      .filter((it) => it.to.includes(to))
      .map(({ source }) => pattern.exec(source)?.[0])
      .findLast((link) => link !== undefined);
  await expect.poll(find).toBeDefined();
  const link = find() ?? "";
  keepSecret(link.split("=").at(-1) ?? "");
  return link;
}

test("resets a forgotten password with a link, and changes the email address with two", async ({ page }) => {
  const said = listenToConsole(page);
  await register(page, product, "bea@example.com");
  await leave(page);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page).toHaveURL(/\/forgot-password/);
  await expectAccessibleEverywhere(page);
  await page.getByRole("textbox", { name: "Email" }).fill("nobody@example.com");
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByRole("status").filter({ hasText: "If a user has this address" })).toBeVisible();
  await page.reload();
  await page.getByRole("textbox", { name: "Email" }).fill("bea@example.com");
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByRole("status").filter({ hasText: "If a user has this address" })).toBeVisible();
  const link = await readLink("bea@example.com", "reset-password");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  await expect(page).toHaveURL(`${product.url}/reset-password`);
  await page.getByLabel("New password", { exact: true }).fill("Another-Horse-10");
  await page.getByLabel("Confirm password").fill("Another-Horse-10");
  await expectAccessibleEverywhere(page);
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(page.getByText("Your password was changed. Log in with it.")).toBeVisible();
  await page.goto("about:blank");
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill("Another-Horse-11");
  await page.getByLabel("Confirm password").fill("Another-Horse-11");
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(page.getByRole("alert")).toHaveText(/This link was used already/);
  await fillLogin(page, "bea@example.com", "Another-Horse-10");
  await expect(page).toHaveURL(/\/dashboard/);
  await keepCookies(page);

  await page.goto(`${product.url}/profile`);
  await page.getByRole("button", { name: "Change email address…" }).click();
  const change = page.getByRole("dialog", { name: "Change email address" });
  await change.getByLabel("New email address").fill("bea@new.example.com");
  await change.getByRole("button", { name: "Send links" }).click();
  const confirm = page.getByRole("alertdialog", { name: "Confirm your identity" });
  await confirm.getByLabel("Password", { exact: true }).fill("Another-Horse-10");
  await confirm.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("Waiting for bea@new.example.com")).toBeVisible();
  await expectAccessible(page);
  await page.goto(await readLink("bea@new.example.com", "confirm-email"));
  await expectAccessible(page);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText(/Now open the link in the email to the old address/)).toBeVisible();
  await page.goto(await readLink("bea@example.com", "confirm-email"));
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText(/Your email address was changed/)).toBeVisible();
  await page.getByRole("link", { name: "Go to your profile" }).click();
  await expect(page.getByRole("region", { name: "User" }).getByText("bea@new.example.com")).toBeVisible();
  for (const secret of ["Another-Horse-10", "Another-Horse-11"]) keepSecret(secret);
  expect(said.filter((line) => !/status of 40[013]/.test(line))).toEqual([]);
});

test("the first user enters the set-up code, and sets up the two-factor authentication that the server requires", async ({
  page,
}) => {
  const own = await startProduct({ REQUIRE_2FA: "true" });
  const url = own.url.replace("127.0.0.1", "localhost");
  await addAuthenticator(page);
  // As through a proxy.
  await page.setExtraHTTPHeaders({ "x-forwarded-for": "203.0.113.7" });
  await page.goto(`${url}/register`);
  await page.getByRole("textbox", { name: "Email" }).fill("root@example.com");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Confirm password").fill(PASSWORD);
  const code = page.getByLabel("Set-up code");
  await code.fill("wrong");
  await expectAccessibleEverywhere(page);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByText(/This is not the set-up code/)).toBeVisible();
  const [, printed = ""] = /Set-up code: (\S+)/.exec(own.printed()) ?? [];
  await code.fill(printed);
  await page.getByRole("button", { name: "Sign up" }).click();

  await expect(page.getByRole("heading", { name: "Set up two-factor authentication" })).toBeVisible();
  await keepCookies(page);
  await page.goto(`${url}/keys`);
  await expect(page).toHaveURL(/\/two-factor/);
  await expectAccessibleEverywhere(page);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const confirm = page.getByRole("alertdialog", { name: "Confirm your identity" });
  await confirm.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await confirm.getByRole("button", { name: "Confirm" }).click();
  const codes = page.getByRole("alertdialog", { name: "Your recovery codes" });
  for (const hidden of await codes.getByRole("listitem").allTextContents()) keepSecret(hidden);
  await codes.getByRole("button", { name: "I have saved them" }).click();
  await codes.getByRole("button", { name: "I have saved them" }).click();
  await page.getByRole("link", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/keys/);
  await page.goto(`${url}/register`);
  await expect(page.getByLabel("Email")).toBeVisible();
  await expect(page.getByLabel("Set-up code")).toHaveCount(0);
  await own.stop();
});
