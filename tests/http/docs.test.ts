import { afterAll, beforeAll, expect, test } from "vitest";
import { type Harness, request, startHarness } from "../support/server/harness.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => harness.close());

const get = (path: string, headers: Record<string, string> = {}) => request(`${harness.url}${path}`, { headers });

/** Addresses loaded by the page. */
const loadedBy = (html: string) => [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? "");

test.each(["/docs", "/docs/", "/redoc"])("%s loads everything from this server", async (path) => {
  const page = await get(path);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page.text, "the policy forbids scripts in a page").not.toMatch(/<script>|<script [^>]*>[^<]| on\w+=/);
  const addresses = loadedBy(page.text).filter((address) => address !== "/favicon.svg");
  expect(addresses.length).toBeGreaterThan(1);
  for (const address of addresses) {
    expect(address).toMatch(/^\/(docs|redoc)\//);
    const file = await get(address);
    expect([file.status, file.headers.get("content-type")], address).toEqual([
      200,
      address.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8",
    ]);
    const again = await get(address, { "if-none-match": file.headers.get("etag") ?? "" });
    expect([again.status, again.text], address).toEqual([304, ""]);
  }
});

test("serves no other files of the documentation packages", async () => {
  for (const path of [
    "/docs/package.json",
    "/docs/../package.json",
    "/docs/index.html",
    "/redoc/package.json",
    "/docs/swagger-ui.js",
  ])
    expect((await get(path)).text, path).not.toMatch(/"version"|SwaggerUIBundle/);
});

test("ReDoc loads nothing from other servers", async () => {
  expect((await get("/redoc/redoc.standalone.js")).text).not.toContain("cdn.redoc.ly");
});
