import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { register } from "./person.ts";
import { type Product, startProduct } from "./product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.stop());

/** Kilobytes (1,000 bytes) of gzipped JavaScript loaded by a path before the network is idle. */
async function firstLoadOf(page: Page, where: string): Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.ok() && /\.js$/.test(new URL(response.url()).pathname))
      sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(`${product.url}${where}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000;
}

test("loads at most 170 kB of script for the login page and 220 kB for the dashboard", async ({ browser }) => {
  const visitor = await browser.newPage();
  const login = await firstLoadOf(visitor, "/login");
  await register(visitor, product, "ada@example.com");
  const { cookies } = await visitor.context().storageState();
  const newcomer = await browser.newContext();
  await newcomer.addCookies(cookies);
  const dashboard = await firstLoadOf(await newcomer.newPage(), "/dashboard");
  test
    .info()
    .annotations.push({ type: "kB", description: `log-in ${login.toFixed(1)}, dashboard ${dashboard.toFixed(1)}` });
  expect(login).toBeLessThanOrEqual(170);
  expect(dashboard).toBeLessThanOrEqual(220);
});
