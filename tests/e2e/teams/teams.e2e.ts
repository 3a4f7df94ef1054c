import { type Browser, expect, type Page, test } from "@playwright/test";
import Database from "better-sqlite3";
import { keepSecret } from "../../support/server/suite-log.ts";
import {
  expectAccessible,
  expectAccessibleEverywhere,
  listenToConsole,
  logIn,
  openRest,
  registerUser,
  signIn,
} from "../support/person.ts";
import { openAccount, PASSWORD, type Product, startProduct } from "../support/product.ts";

const [ADA, GRACE, LINUS] = ["ada@example.com", "grace@example.com", "linus@example.com"];
/** Right to left, with an emoji. */
const TEAM = "فريق البحث 🔬";

const env: Record<string, string> = {};
let product: Product;
let teamId: number;
test.beforeAll(async () => {
  product = await startProduct(env);
  for (const email of [ADA, LINUS]) await registerUser(product, email);
  env.ALLOW_REGISTRATION = "false";
  await product.restart();
});
test.afterAll(() => product.stop());

const rail = (page: Page) => page.getByRole("navigation", { name: "Main" });
const switcher = (page: Page) => rail(page).getByRole("button", { name: /^Team:/ });
const inTeam = (where: string) => `${product.url}${where}${where.includes("?") ? "&" : "?"}team=${teamId}`;
const member = (page: Page, email: string) =>
  page.getByRole("table", { name: "Members" }).getByRole("row").filter({ hasText: email });
const MISSING = "You are not in this team";

/** A page of another browser. */
async function openAs(browser: Browser, email: string) {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, product, email);
  return page;
}

/** Creates an invitation and returns its link. */
async function invite(page: Page, { role, email = "" }: { role: string; email?: string }): Promise<string> {
  await page.goto(inTeam("/team"));
  await page.getByRole("link", { name: "Invite", exact: true }).first().click();
  const form = page.getByRole("dialog", { name: "Invite to the team" });
  await form.getByLabel("Role").selectOption({ label: role });
  await form.getByLabel(/^Email/).fill(email);
  await form.getByRole("button", { name: "Create link" }).click();
  const shown = page.getByRole("alertdialog", { name: "Send this link" });
  const field = shown.getByLabel("Invitation link", { exact: true });
  await expect(field).toHaveValue(new RegExp(`^${product.url}/invite#or_inv_`));
  const link = await field.inputValue();
  keepSecret(link.split("#")[1] ?? "");
  await page.keyboard.press("Escape");
  await expect(shown.getByText("You have not copied the link")).toBeVisible();
  await shown.getByRole("button", { name: "Done" }).click();
  await expect(shown).toBeHidden();
  return link;
}

async function setRole(page: Page, email: string, role: string) {
  await member(page, email).getByRole("combobox").selectOption({ label: role });
  await expect(page.getByRole("status").filter({ hasText: `${email} is now` })).toBeVisible();
}

test("a team is created, and a colleague signs up with the link although registration is closed", async ({
  page,
  browser,
}) => {
  const said = listenToConsole(page);
  await logIn(page, product, ADA);
  await expect(page).toHaveURL(`${product.url}/dashboard`);
  await switcher(page).click();
  await page.getByRole("link", { name: "New team" }).click();
  const form = page.getByRole("dialog", { name: "New team" });
  await form.getByRole("button", { name: "Create team" }).click();
  await expect(form.getByText("Team name is required.")).toBeVisible();
  await expectAccessible(page);
  await form.getByLabel("Team name").fill(TEAM);
  await form.getByLabel("Team name").press("Enter");
  await expect(page).toHaveURL(/\/team\?team=\d+$/);
  teamId = Number(new URL(page.url()).searchParams.get("team"));
  await expect(switcher(page)).toHaveAccessibleName(`Team: ${TEAM} Owner`);
  await expect(member(page, ADA)).toContainText("You");

  const link = await invite(page, { role: "Admin" });
  const pending = page.getByRole("table", { name: "Pending invitations" });
  await expect(pending.getByRole("row").filter({ hasText: "Anyone with the link" })).toContainText("Admin");
  await expectAccessibleEverywhere(page);

  const other = await (await browser.newContext()).newPage();
  const alsoSaid = listenToConsole(other);
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "Join a team" })).toBeVisible();
  await expect(other).toHaveURL(`${product.url}/invite`);
  await expect(other.getByText(TEAM)).toBeVisible();
  await expectAccessibleEverywhere(other);
  // It survives a reload although it is not in the address.
  await other.reload();
  await other.getByRole("textbox", { name: "Email" }).fill(GRACE);
  await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await other.getByLabel("Confirm password").fill(PASSWORD);
  await other.getByRole("button", { name: "Sign up" }).click();
  await expect(other).toHaveURL(`${product.url}/dashboard?team=${teamId}`);
  await expect(switcher(other)).toHaveAccessibleName(`Team: ${TEAM} Admin`);
  // The browser reports that nobody is logged in.
  expect(alsoSaid.filter((text) => !text.includes("401"))).toEqual([]);
  await other.context().close();

  const late = await browser.newPage();
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This invitation cannot be used" })).toBeVisible();
  await expectAccessible(late);
  await late.goto(`${product.url}/register`);
  await expect(late.getByText("Registration is closed")).toBeVisible();
  await late.context().close();

  await page.reload();
  await expect(member(page, GRACE).getByRole("combobox")).toHaveValue("admin");
  await expect(page.getByText("No invitations are pending.")).toBeVisible();
  expect(said).toEqual([]);
});

test("addresses keep the team, tabs of two teams share nothing, and another team’s link says so", async ({
  page,
  browser,
}) => {
  const rest = await openRest(product, ADA);
  const { app } = openAccount(product.sim);
  expect((await rest.post(`/api/keys?team_id=${teamId}`, { name: "Shared key", key: app.secret })).status).toBe(201);
  await signIn(page, product, ADA);
  const sent: Record<string, Set<string | undefined>> = { shared: new Set(), own: new Set() };
  const listen = (tab: Page, name: "shared" | "own") =>
    tab.on("request", (request) => {
      if (request.url().includes("/trpc/")) sent[name]?.add(request.headers()["x-team-id"]);
    });
  const own = await page.context().newPage();
  await page.goto(inTeam("/dashboard?days=7"));
  await own.goto(`${product.url}/dashboard`);
  // Ada is in two teams: her address says which.
  await expect(own).toHaveURL(/\/dashboard\?team=\d+$/);
  const ownId = new URL(own.url()).searchParams.get("team") ?? "";
  expect(ownId).not.toBe(String(teamId));
  await expect(switcher(own)).toHaveAccessibleName("Team: Personal Owner");
  // Not reported as an unknown filter.
  await expect(page.getByText("The URL contains filters")).toHaveCount(0);
  listen(page, "shared");
  listen(own, "own");

  for (const name of ["Keys", "Alerts", "API tokens", "Profile", "Team"]) {
    for (const tab of [page, own]) {
      if (name === "Profile") await rail(tab).getByRole("button", { name: "User", exact: true }).click();
      await tab.getByRole("link", { name, exact: true }).first().click();
      await expect(tab.getByRole("heading", { level: 1, name })).toBeVisible();
    }
    await expect(page).toHaveURL(new RegExp(`[?&]team=${teamId}$`));
    await expect(own).toHaveURL(new RegExp(`[?&]team=${ownId}$`));
  }
  for (const tab of [page, own]) await rail(tab).getByRole("link", { name: "Keys" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Shared key" })).toBeVisible();
  await expect(own.getByText("No keys yet")).toBeVisible();
  expect([...(sent.shared ?? [])]).toEqual([String(teamId)]);
  expect([...(sent.own ?? [])]).toEqual([ownId]);

  // The palette opens the other team, and back leads to the one before.
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Type a command" }).fill("switch personal");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${product.url}/keys?team=${ownId}`);
  await expect(page.getByText("No keys yet")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("row").filter({ hasText: "Shared key" })).toBeVisible();
  // So does the switcher, also on a phone.
  await page.setViewportSize({ width: 390, height: 844 });
  await rail(page).getByRole("button", { name: "User", exact: true }).click();
  await expectAccessible(page);
  await page.getByRole("list", { name: "Teams" }).getByRole("link", { name: "Personal" }).click();
  await expect(page).toHaveURL(`${product.url}/keys?team=${ownId}`);
  await expect(page.getByText("No keys yet")).toBeVisible();

  const linus = await openAs(browser, LINUS);
  for (const where of [inTeam("/keys"), inTeam("/keys/1"), `${product.url}/keys?team=none`]) {
    await linus.goto(where);
    await expect(linus.getByRole("heading", { name: MISSING })).toBeVisible();
    await expect(linus.getByText(`You are logged in as ${LINUS}.`)).toBeVisible();
  }
  await expectAccessibleEverywhere(linus);
  await linus.getByRole("link", { name: "Go to my team" }).click();
  await expect(linus).toHaveURL(`${product.url}/dashboard`);
  await linus.context().close();

  // A link that was sent to someone who is not logged in leads back to it.
  const grace = await (await browser.newContext()).newPage();
  await grace.goto(inTeam("/keys"));
  await grace.getByRole("textbox", { name: "Email" }).fill(GRACE);
  await grace.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await grace.getByRole("button", { name: "Log in" }).click();
  await expect(grace).toHaveURL(inTeam("/keys"));
  await expect(grace.getByRole("row").filter({ hasText: "Shared key" })).toBeVisible();
  await grace.context().close();
});

test("a role that changes while a form is open is explained, and decides what every page offers", async ({
  page,
  browser,
}) => {
  await signIn(page, product, ADA);
  await page.goto(inTeam("/team"));
  const grace = await openAs(browser, GRACE);
  await grace.goto(inTeam("/keys?add=true"));
  const form = grace.getByRole("dialog", { name: "Add a key" });
  await form.getByLabel("Name").fill("Typed before");
  await form.getByLabel("OpenRouter key").fill(openAccount(product.sim).batch.secret);
  await setRole(page, GRACE, "Viewer");
  await form.getByRole("button", { name: "Add key" }).click();
  const need = "Only owners and admins of this team can do this.";
  await expect(form.getByRole("alert")).toContainText(need);
  await expect(form.getByLabel("Name")).toHaveValue("Typed before");
  await expect(form.getByRole("button", { name: "Add key" })).toHaveCount(0);
  await expectAccessible(grace);
  await form.getByRole("button", { name: "Close", exact: true }).last().click();

  await expect(switcher(grace)).toHaveAccessibleName(`Team: ${TEAM} Viewer`);
  const offers = async (where: string) => {
    await grace.goto(inTeam(where));
    await expect(grace.getByRole("heading", { level: 1 })).toBeVisible();
    await grace.waitForLoadState("networkidle");
    return grace
      .locator("#main")
      .getByRole("button", {
        name: /^(Actions for|Sync now|Add|Create|Revoke|Remove|What is collected)/,
        disabled: false,
      })
      .or(grace.locator("#main").getByRole("link", { name: /^(Add|Create|New rule|Invite)/ }))
      .allTextContents();
  };
  const PAGES = [
    "/dashboard",
    "/keys",
    "/keys/1",
    "/accounts",
    "/alerts?part=rules",
    "/alerts?part=channels",
    "/tokens",
    "/team",
    "/team?part=settings",
  ];
  for (const where of PAGES) expect(await offers(where), where).toEqual([]);
  await expect(grace.getByText(need)).toBeVisible();
  await expectAccessible(grace);
  await grace.goto(inTeam("/keys"));
  await expect(grace.locator("#main").getByText(need)).toBeVisible();
  await expect(grace.getByRole("button", { name: "Sync now" })).toBeDisabled();
  await grace.keyboard.press("Control+k");
  await grace.getByRole("combobox", { name: "Type a command" }).fill("add key");
  await expect(grace.getByText("No matching commands.")).toBeVisible();
  await grace.keyboard.press("Escape");
  // A link to a dialog that her role does not allow.
  await grace.goto(inTeam("/tokens?issue=true"));
  await expect(grace.getByRole("dialog").getByRole("alert")).toHaveText(need);
  await grace.goto(inTeam("/team"));
  await expect(member(grace, ADA)).toContainText("Owner");
  await expect(grace.getByRole("table", { name: "Pending invitations" })).toHaveCount(0);

  await setRole(page, GRACE, "Editor");
  await grace.reload();
  await grace.goto(inTeam("/alerts?part=rules"));
  await expect(grace.getByRole("link", { name: "Add rule" })).toBeVisible();
  await grace.goto(inTeam("/keys"));
  await grace.getByRole("button", { name: "Actions for Shared key" }).click();
  await expect(grace.getByRole("menuitem")).toHaveText(["Sync now", "Test key"]);
  await grace.keyboard.press("Escape");

  // Removed while she is on the page.
  await page.getByRole("button", { name: `Remove ${GRACE}` }).click();
  const question = page.getByRole("alertdialog");
  await expectAccessible(page);
  await question.getByRole("button", { name: "Remove member" }).click();
  await expect(member(page, GRACE)).toHaveCount(0);
  await rail(grace).getByRole("link", { name: "Alerts" }).click();
  await expect(grace.getByRole("heading", { name: MISSING })).toBeVisible();
  await grace.getByRole("link", { name: "Go to my team" }).click();
  await expect(switcher(grace)).toHaveAccessibleName("Team: Personal Owner");
  await grace.context().close();
});

test("invitations for users: log in to join, wrong address, expired, revoked", async ({ page, browser }) => {
  await signIn(page, product, ADA);
  const forGrace = await invite(page, { role: "Owner", email: GRACE });
  const expired = await invite(page, { role: "Viewer" });
  const revoked = await invite(page, { role: "Viewer" });
  const db = new Database(product.file);
  db.prepare("UPDATE invitations SET expires_at = created_at WHERE id = (SELECT max(id) - 1 FROM invitations)").run();
  db.close();
  await page.reload();
  const pending = page.getByRole("table", { name: "Pending invitations" });
  await expect(pending.getByRole("row")).toHaveCount(3);
  await pending.getByRole("row").filter({ hasText: "Anyone" }).getByRole("button").click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(pending.getByRole("row")).toHaveCount(2);

  const linus = await openAs(browser, LINUS);
  for (const link of [expired, revoked, `${product.url}/invite#or_inv_none`, `${product.url}/invite`]) {
    await linus.goto(link);
    await expect(linus.getByRole("heading", { name: "This invitation cannot be used" })).toBeVisible();
  }
  await linus.goto(forGrace);
  await expect(linus.getByText(`You are logged in as ${LINUS}.`)).toBeVisible();
  await linus.getByRole("button", { name: "Join team" }).click();
  await expect(linus.getByRole("alert")).toContainText("This invitation is for another email address.");
  await expectAccessible(linus);
  await linus.getByRole("button", { name: "Log out and use another user" }).click();
  await expect(linus.getByText("The invitation is for one email address.")).toBeVisible();
  await linus.getByRole("link", { name: "Log in to join" }).click();
  // The page before has the same fields.
  await expect(linus.getByRole("heading", { name: "Log in" })).toBeVisible();
  await linus.getByRole("textbox", { name: "Email" }).fill(GRACE);
  await linus.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await linus.getByRole("button", { name: "Log in" }).click();
  await expect(linus).toHaveURL(inTeam("/dashboard"));
  await expect(switcher(linus)).toHaveAccessibleName(`Team: ${TEAM} Owner`);
  await linus.context().close();
});

test("a team is renamed, handed over, left and deleted, and its activity tells who did it", async ({
  page,
  browser,
}) => {
  await signIn(page, product, ADA);
  await page.goto(inTeam("/team?part=settings"));
  await page.getByLabel("Team name").fill("Research");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(switcher(page)).toHaveAccessibleName("Team: Research Owner");
  await page.getByLabel("Open this team by default").click();
  await expect(page.getByText("Settings saved.", { exact: true }).last()).toBeVisible();
  await expectAccessibleEverywhere(page);
  await page.goto(`${product.url}/dashboard`);
  await expect(page).toHaveURL(inTeam("/dashboard"));

  await page.goto(inTeam("/team?part=settings"));
  await page.getByRole("button", { name: "Hand over…" }).click();
  const handOver = page.getByRole("alertdialog", { name: "Hand over Research?" });
  await handOver.getByRole("button", { name: "Hand over" }).click();
  await expect(handOver.getByText("New owner is required.")).toBeVisible();
  await expectAccessible(page);
  await handOver.getByLabel("New owner").selectOption(GRACE);
  await handOver.getByRole("button", { name: "Hand over" }).click();
  await expect(switcher(page)).toHaveAccessibleName("Team: Research Admin");
  await expect(page.getByRole("button", { name: "Delete team" })).toHaveCount(0);
  await page.getByRole("link", { name: "Activity" }).click();
  for (const text of ["Team renamed to “Research”", GRACE]) await expect(page.getByText(text).first()).toBeVisible();
  await expectAccessibleEverywhere(page);

  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Leave team" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave team" }).click();
  await expect(page).toHaveURL(`${product.url}/dashboard`);
  await expect(switcher(page)).toHaveAccessibleName("Team: Personal Owner");

  const grace = await openAs(browser, GRACE);
  await grace.goto(inTeam("/team?part=settings"));
  await grace.getByRole("button", { name: "Leave team" }).click();
  await grace.getByRole("alertdialog").getByRole("button", { name: "Leave team" }).click();
  await expect(grace.getByRole("alert")).toContainText("A team needs an active owner.");
  await grace.keyboard.press("Escape");
  await grace.getByRole("button", { name: "Delete team" }).click();
  const removal = grace.getByRole("alertdialog", { name: "Delete Research?" });
  await removal.getByLabel("Type Research to confirm").fill("Reserch");
  await removal.getByRole("button", { name: "Delete team" }).click();
  await expect(removal.getByText("This is not the name of the team.")).toBeVisible();
  await expectAccessible(grace);
  await removal.getByLabel("Type Research to confirm").fill("Research");
  await removal.getByRole("button", { name: "Delete team" }).click();
  await expect(grace).toHaveURL(`${product.url}/dashboard`);
  await grace.goto(inTeam("/keys"));
  await expect(grace.getByRole("heading", { name: MISSING })).toBeVisible();
  await grace.context().close();
});
