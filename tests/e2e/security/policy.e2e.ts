import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { openRest, registerUser } from "../support/person.ts";
import { openAccount, type Product, startProduct } from "../support/product.ts";

const EMAIL = "ada@example.com";
const TREE = path.resolve(import.meta.dirname, "../../../apps/web/src/routeTree.gen.ts");
/** Every page of the web app; add new ones. */
const PAGES = [
  ...new Set([...readFileSync(TREE, "utf8").matchAll(/fullPath: '([^'$]+)'/g)].map(([, it]) => it ?? "/")),
];

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
  const keys = openAccount(product.sim);
  await registerUser(product, EMAIL);
  const rest = await openRest(product, EMAIL);
  await rest.post("/api/keys", { name: "Manager", key: keys.manager.secret });
  const app = await rest.post("/api/keys", { name: "App", key: keys.app.secret });
  await rest.post(`/api/keys/${app.body.id}/sync`, {});
  await rest.post("/api/tokens", { name: "Grafana" });
});
test.afterAll(() => product.stop());

/** Policy violations of a page, and requests to other servers. */
async function listen(page: Page): Promise<string[]> {
  const broken: string[] = [];
  await page.exposeFunction("tellViolation", (said: string) => broken.push(said));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const { tellViolation } = globalThis as unknown as { tellViolation(said: string): void };
      tellViolation(
        `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`,
      );
    });
  });
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to|Permissions-Policy/i.test(message.text())) broken.push(message.text());
  });
  page.on("pageerror", (error) => broken.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(product.url) && !/^(data|blob):/.test(request.url())) broken.push(request.url());
  });
  return broken;
}

/** Opens and closes all menus, dialogs and disclosures. Confirms nothing that would change data. */
async function openEverything(page: Page, where: string): Promise<number> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const buttons = page.locator("button:visible:enabled");
  const count = await buttons.count();
  let opened = 0;
  for (let index = 0; index < count; index++) {
    const button = buttons.nth(index);
    const name = (await button.textContent({ timeout: 300 }).catch(() => "")) || "";
    if (/sync|run now|log out|download|copy|english|italiano/i.test(name)) continue;
    await button.click({ timeout: 300 }).catch(() => {});
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    opened += await page.locator("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]").count();
    await page.keyboard.press("Escape");
    if (new URL(page.url()).pathname !== where) await page.goto(`${product.url}${where}`);
  }
  return opened;
}

test("no page violates its content security policy, whatever is opened on it", async ({ page }) => {
  test.setTimeout(120_000);
  const broken = await listen(page);
  for (const where of ["/login", "/register", "/no-such-page"]) {
    await page.goto(`${product.url}${where}`);
    await openEverything(page, where);
    expect(broken, where).toEqual([]);
  }
  await page.goto(`${product.url}/login`);
  await page.getByRole("textbox", { name: "Email" }).fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill("Correct-Horse-9");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(/dashboard/);
  let opened = 0;
  for (const where of PAGES.filter((it) => it !== "/" && it !== "/login" && it !== "/register")) {
    const answer = await page.goto(`${product.url}${where}`);
    expect(answer?.headers()["content-security-policy"], where).toContain("script-src 'self'");
    opened += await openEverything(page, where);
    expect(broken, where).toEqual([]);
  }
  expect(PAGES.length).toBeGreaterThan(8);
  expect(opened, "dialogs and menus were opened").toBeGreaterThan(3);
});

/** Waits until the page has nothing left to do: Redoc builds its search index in many short turns. */
const untilIdle = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let quiet = 0;
        const look = (deadline: IdleDeadline) => {
          quiet = deadline.timeRemaining() > 40 ? quiet + 1 : 0;
          if (quiet === 10) resolve();
          else requestIdleCallback(look);
        };
        requestIdleCallback(look);
      }),
  );

for (const { where, sign } of [
  { where: "/docs", sign: "/api/v1/stats" },
  { where: "/redoc", sign: "/api/auth/register" },
])
  test(`${where} shows every operation, loads nothing from other servers and follows its policy`, async ({ page }) => {
    const broken = await listen(page);
    await page.goto(`${product.url}${where}`);
    await expect(page.locator(`#api :text("${sign}"):visible`).first()).toBeVisible({ timeout: 30_000 });
    for (const it of (await page.locator(".opblock-summary, #api [role=menuitem]").all()).slice(0, 4))
      await it.click({ timeout: 300 }).catch(() => {});
    await untilIdle(page);
    expect(broken).toEqual([]);
    const styled = await page.evaluate(() =>
      [...document.styleSheets].reduce((sum, { cssRules }) => sum + cssRules.length, 0),
    );
    expect(styled, "its styles were let in").toBeGreaterThan(100);
  });

test("injected inline scripts, handlers, styles, frames and foreign files are blocked", async ({ page }) => {
  await page.goto(`${product.url}/login`);
  await page.evaluate(async () => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    addEventListener("securitypolicyviolation", ({ effectiveDirective }) => seen.push(effectiveDirective));
    const div = document.createElement("div");
    div.innerHTML =
      '<img src=x onerror="globalThis.ran=1"><a href="javascript:globalThis.ran=1" id=link>x</a><style>*{color:red}</style><p style="color:red"><iframe srcdoc="x"></iframe><object data="/x"></object><img src="https://evil.example.com/x.png">';
    const script = document.createElement("script");
    script.textContent = "globalThis.ran=1";
    const foreign = document.createElement("script");
    foreign.src = "https://evil.example.com/x.js";
    const base = document.createElement("base");
    base.href = "https://evil.example.com/";
    document.body.append(div, script, foreign);
    document.head.append(base);
    (document.getElementById("link") as HTMLAnchorElement).click();
    await fetch("https://evil.example.com/collect").catch(() => {});
    setTimeout("globalThis.ran=1", 0);
  });
  const seen = () => page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  for (const name of [
    "script-src-elem",
    "script-src-attr",
    "style-src-elem",
    "style-src-attr",
    "img-src",
    "connect-src",
    "base-uri",
  ])
    await expect.poll(seen, name).toContain(name);
  expect(await page.evaluate(() => "ran" in globalThis)).toBe(false);
});

test("no other page can embed orwatch in a frame", async ({ page }) => {
  const other = createServer((_req, res) =>
    res.setHeader("Content-Type", "text/html").end(`<iframe src="${product.url}/login"></iframe>`),
  );
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(`http://localhost:${(other.address() as AddressInfo).port}/`);
  await expect.poll(() => complaints.join("\n")).toMatch(/frame-ancestors|X-Frame-Options/i);
  await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/);
  other.close();
});
