import { expect, test } from "@playwright/test";
import { startBench } from "../support/harness.ts";

for (const { path, text } of [
  { path: "/docs", text: "/api/v1/usage/export" },
  { path: "/redoc", text: "Usage by day, key and model" },
])
  test(`${path} shows every operation, asks no other server and breaks no rule of the policy`, async ({ page }) => {
    const bench = await startBench({ sim: { now: "2026-03-10T12:00:00Z" } });
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(bench.url) && !/^(data|blob):/.test(url)) complaints.push(url);
    });
    await page.goto(`${bench.url}${path}`);
    await expect(page.locator(`#api :text("${text}"):visible`).first()).toBeVisible({ timeout: 30_000 });
    expect(complaints).toEqual([]);
    await bench.close();
  });
