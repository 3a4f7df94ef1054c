import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import type * as Sdk from "../../packages/sdk/src/index.ts";
import { buildSdk, ROOT, SDK } from "./sdk-package.ts";
import { MARCH, type SdkScenario, startSdkScenario } from "./sdk-scenario.ts";

const PAGE = `<!doctype html><title>A page elsewhere</title>
  <script type="module">import * as sdk from "/index.js"; globalThis.sdk = sdk;</script>`;

let pages: Server;
let port: number;
let scenario: SdkScenario;
let browser: Browser;

async function launch(): Promise<Browser> {
  const file = path.join(ROOT, "scripts/lib/chromium.mjs");
  const { ensureChromium } = (await import(file)) as { ensureChromium(): string | null };
  const executablePath = ensureChromium();
  if (!executablePath) throw new Error("There is no Chromium and none could be installed: set CHROMIUM_PATH to one.");
  const args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  return chromium.launch({
    executablePath,
    args: [
      ...args,
      "--disable-component-update",
      "--disable-sync",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
}

beforeAll(async () => {
  await buildSdk();
  pages = createServer((req, res) => {
    const script = /^\/(index|chunk-\w+)\.js$/.exec(req.url ?? "")?.[0];
    res.setHeader("Content-Type", script ? "text/javascript" : "text/html");
    res.end(script ? readFileSync(path.join(SDK, "dist", script)) : PAGE);
  });
  await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
  port = (pages.address() as AddressInfo).port;
  [scenario, browser] = await Promise.all([startSdkScenario({ CORS_ORIGINS: `http://127.0.0.1:${port}` }), launch()]);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  pages?.close();
  await scenario?.harness.close();
});

async function open(origin: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${origin}/`);
  return page;
}

/** Runs in the page. */
async function useSdk({ baseUrl, token, march }: { baseUrl: string; token: string; march: typeof MARCH }) {
  const { addMoney, createClient, formatMoney } = (globalThis as unknown as { sdk: typeof Sdk }).sdk;
  const client = createClient({ baseUrl, token, maxRetries: 0 });
  const describeError = (error: Error & { requestId?: string | null }) => ({
    name: error.name,
    message: error.message,
    hasRequestId: typeof error.requestId === "string",
  });
  const costs: string[] = [];
  try {
    for await (const { cost } of client.usage.list({ ...march, limit: 11 })) costs.push(cost);
  } catch (error) {
    return { failure: describeError(error as Error) };
  }
  const csv = await new Response(await client.usage.export({ ...march, format: "csv" }).toStream()).text();
  const stats = await client.stats.get(march);
  // The second time with If-None-Match, which is a header that needs a preflight.
  const again = await client.stats.get(march);
  let missing = null;
  try {
    createClient();
  } catch (error) {
    missing = describeError(error as Error);
  }
  return {
    sum: formatMoney(addMoney(costs)),
    total: stats.summary.total_cost,
    again: again.summary.total_cost,
    lines: csv.trim().split("\n").length,
    remaining: client.rateLimit?.remaining,
    refused: await client.stats.get({ start_date: "never" }).catch(describeError),
    revoked: await createClient({ baseUrl, token: "or_api_revoked" }).keys.list().catch(describeError),
    aborted: await client.keys.list({ signal: AbortSignal.abort() }).catch(describeError),
    missing,
  };
}

const input = () => ({ baseUrl: scenario.harness.url, token: scenario.token, march: MARCH });

test("a page of a listed origin can use every method and read limits and request ids", async () => {
  const page = await open(`http://127.0.0.1:${port}`);
  const seen = await page.evaluate(useSdk, input());
  const { total_cost } = (await scenario.client().stats.get(MARCH)).summary;
  expect(seen).toMatchObject({
    sum: total_cost,
    total: total_cost,
    again: total_cost,
    lines: 61,
    remaining: expect.any(Number),
    refused: { name: "ValidationError", hasRequestId: true },
    revoked: { name: "AuthenticationError", hasRequestId: true },
    aborted: { name: "AbortError" },
    missing: { name: "ValidationError", message: expect.stringMatching(/^baseUrl: is missing/) },
  });
});

test("a page of any other origin gets an error with a hint", async () => {
  const page = await open(`http://localhost:${port}`);
  const seen = await page.evaluate(useSdk, input());
  expect(seen.failure).toMatchObject({ name: "ConnectionError", hasRequestId: false });
  expect(seen.failure?.message).toMatch(/CORS_ORIGINS/);
});

test("a page of a listed origin can reach neither the rest of the API nor a session", async () => {
  const page = await open(`http://127.0.0.1:${port}`);
  const reach = (path: string, init: RequestInit) =>
    page.evaluate(
      ([address, options]) =>
        fetch(address, options).then(
          ({ status }) => status,
          (error: Error) => error.name,
        ),
      [scenario.harness.url + path, init] as const,
    );
  const authorization = `Bearer ${scenario.user.credential}`;
  expect(await reach("/api/user", { headers: { authorization } })).toBe("TypeError");
  // Without Access-Control-Allow-Credentials a browser withholds responses to requests with cookies.
  expect(await reach("/trpc/auth.me", { credentials: "include" })).toBe("TypeError");
  expect(await reach("/api/v1/keys", { headers: { authorization: `Bearer ${scenario.token}` } })).toBe(200);
});
