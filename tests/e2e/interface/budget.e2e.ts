import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { openRest, registerUser, signIn, syncKey } from "../support/person.ts";
import { openAccount, type Product, startProduct } from "../support/product.ts";

const EMAIL = "ada@example.com";
let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

/** Scripts that a path loads before the network is idle: how many, and their kilobytes (1,000 bytes) when gzipped. */
async function firstLoadOf(page: Page, where: string): Promise<{ files: number; kB: number }> {
  const sizes: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.ok() && /\.js$/.test(new URL(response.url()).pathname))
      sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(`${product.url}${where}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  return { files: sizes.length, kB: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000 };
}

test("loads at most 170 kB of script for the login page and 220 kB in 28 files for the dashboard", async ({
  browser,
}) => {
  const visitor = await browser.newPage();
  const login = await firstLoadOf(visitor, "/login");
  await registerUser(product, EMAIL);
  await signIn(visitor, product, EMAIL);
  const { cookies } = await visitor.context().storageState();
  const openDashboard = async () => {
    const context = await browser.newContext();
    await context.addCookies(cookies);
    const size = await firstLoadOf(await context.newPage(), "/dashboard");
    await context.close();
    return size;
  };
  const withoutKeys = await openDashboard();
  const rest = await openRest(product, EMAIL);
  const { app, manager } = openAccount(product.sim);
  const { body } = await rest.post("/api/keys", { name: "Manager", key: manager.secret });
  await rest.post("/api/keys", { name: "App", key: app.secret });
  await syncKey(rest, body.id);
  const withUsage = await openDashboard();
  test.info().annotations.push({
    type: "kB",
    description: `log-in ${login.kB.toFixed(1)}, dashboard without keys ${withoutKeys.kB.toFixed(1)}, with usage ${withUsage.kB.toFixed(1)} in ${withUsage.files} files`,
  });
  expect(login.kB).toBeLessThanOrEqual(170);
  expect(withoutKeys.kB).toBeLessThanOrEqual(220);
  expect(withUsage.kB).toBeLessThanOrEqual(220);
  expect(withUsage.files).toBeLessThanOrEqual(28);
});
