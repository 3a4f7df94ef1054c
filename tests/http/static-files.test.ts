import { unlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Harness, startHarness } from "../support/server/harness.ts";
import { serveWebApp } from "../support/server/web-app.ts";

let harness: Harness;
let cookie: string;
let url: string;
let close: () => Promise<unknown>;

beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  cookie = `orwatch_session=${(await harness.createUser()).credential}`;
  ({ url, close } = await serveWebApp(harness));
});
afterAll(async () => {
  await close();
  await harness.close();
});

test("serves files compressed as the client accepts, answers 304, and 404 when a newer build replaced them", async () => {
  const file = `${url}/assets/app-1a2b.js`;
  const ask = (encoding: string, init: RequestInit = {}) =>
    fetch(file, { ...init, headers: { "accept-encoding": encoding, ...init.headers } });
  const answers = await Promise.all(
    ["identity", "gzip", "gzip, deflate, br", "br;q=0, gzip", "zstd"].map((it) => ask(it)),
  );
  expect(answers.map(({ headers }) => headers.get("content-encoding"))).toEqual([null, "gzip", "br", "gzip", null]);
  const [whole, ...packed] = await Promise.all(answers.map((answer) => answer.text()));
  for (const text of packed) expect(text).toBe(whole);
  for (const { headers } of answers) {
    expect(headers.get("vary")).toBe("Accept-Encoding");
    expect(headers.get("etag")).toBe(answers[0]?.headers.get("etag"));
    expect(Number(headers.get("content-length"))).toBeLessThan(headers.get("content-encoding") ? 700 : 4000);
  }
  const etag = answers[0]?.headers.get("etag") ?? "";
  for (const encoding of ["identity", "br"]) {
    const again = await ask(encoding, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  }
  const head = await ask("br", { method: "HEAD" });
  expect([head.status, head.headers.get("content-encoding"), await head.text()]).toEqual([200, "br", ""]);
  const part = await ask("br", { headers: { range: "bytes=0-9" } });
  expect([part.status, await part.text()], "a part of what is packed is no part of it").toEqual([200, whole]);
  for (const name of ["/assets/app-1a2b.js.br", "/assets/app-1a2b.js.gz"])
    expect((await fetch(`${url}${name}`)).status, name).toBe(404);
  unlinkSync(path.join(harness.folder, "web/assets/inter.woff2"));
  expect((await fetch(`${url}/assets/inter.woff2`)).status).toBe(404);
  unlinkSync(path.join(harness.folder, "web/assets/app-1a2b.js.br"));
  const gone = await ask("br");
  expect([gone.status, gone.headers.get("content-encoding")]).toEqual([404, null]);
  expect((await fetch(`${url}/theme.js`)).status).toBe(200);
});

test("serves the same page at every address that is no file", async () => {
  const pageOf = async (where: string) =>
    (await (await fetch(`${url}${where}`)).text()).replace(/nonce="[^"]+"/, 'nonce=""');
  const page = await pageOf("/index.html");
  expect(page).toContain('<script src="/theme.js" nonce="">');
  for (const where of ["/", "/dashboard?days=7", "/login", "/no-such-page", "/constructor"])
    expect(await pageOf(where), where).toBe(page);
});

test("moves the token of a share link from the path into the fragment, and logs it nowhere", async () => {
  const token = `or_share_${"x".repeat(43)}`;
  const answer = await fetch(`${url}/share/${token}`, { redirect: "manual" });
  expect([answer.status, answer.headers.get("location"), answer.headers.get("cache-control")]).toEqual([
    303,
    `/share#${token}`,
    "no-store",
  ]);
  expect(await (await fetch(`${url}/share/a/b`)).text()).toContain("theme.js");
  expect(harness.logged.some((line) => JSON.stringify(line).includes("/share/…"))).toBe(true);
  expect(JSON.stringify(harness.logged)).not.toContain(token);
});

test("compresses what the web app reads, but no response that contains a secret", async () => {
  const headers = { cookie: `__Host-${cookie}`, "accept-encoding": "br", origin: url.replace("http:", "https:") };
  const input = encodeURIComponent(JSON.stringify({ 0: {}, 1: { days: 30 } }));
  const read = await fetch(`${url}/trpc/auth.account,stats.dashboard?batch=1&input=${input}`, { headers });
  expect(read.headers.get("content-encoding")).toBe("br");
  expect(read.headers.get("vary")).toContain("Accept-Encoding");
  expect(await read.json()).toHaveLength(2);
  const issued = await fetch(`${url}/trpc/tokens.issue`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ name: "n".repeat(100) }),
  });
  expect([issued.status, issued.headers.get("content-encoding")]).toEqual([200, null]);
});
