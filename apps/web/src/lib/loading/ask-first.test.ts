import { defaultParseSearch } from "@tanstack/react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askFirst, readSearch } from "./ask-first.ts";

let asked: string[];
beforeEach(() => {
  asked = [];
  vi.resetModules();
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("fetch", (address: string) => {
    asked.push(address);
    return new Promise(() => {});
  });
});
afterEach(() => vi.unstubAllGlobals());

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

/** The app as it loads a page, with tRPC's own client. */
async function loadApp(pathname: string, search: string) {
  const { loadUser, loadPage } = await import("./page-data.ts");
  const { pageAt } = await import("./first-calls.ts");
  const page = pageAt(pathname);
  if (!page) throw new Error(`${pathname} is no page`);
  loadUser().catch(() => {});
  loadPage(page, defaultParseSearch(search)).catch(() => {});
  await soon();
}

test.each([
  ["/", ""],
  ["/dashboard", ""],
  ["/dashboard", "?days=90&by=key"],
  ["/dashboard", "?start_date=2026-02-09&end_date=2026-03-10&api_key_id=%5B2%5D&exclude_model=a%2Fb&compare=true"],
  ["/keys", "?page=2&show=unused"],
  ["/stats", "?group_by=%5B%22month%22%2C%22model%22%5D&sort=-cost&page=3&model=a%2Fb"],
  ["/alerts", ""],
  ["/alerts", "?part=rules"],
  ["/alerts", "?part=channels"],
  ["/alerts", "?part=sent&state=failed&channel=3"],
  ["/alerts", "?part=forecast&key=7"],
  ["/tokens", ""],
  ["/jobs", ""],
  ["/profile", ""],
  ["/users", ""],
])("what is asked for %s%s before the app is there is what the app asks, and asked once", async (pathname, search) => {
  const { askFirst: ask } = await import("./ask-first.ts");
  ask({ pathname, search });
  await loadApp(pathname, search);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/^\/trpc\/inbox\.list,auth\.account,/);
});

test("what the app asks otherwise it asks itself, and the answer that nobody wants gives its connection back", async () => {
  const cancelled = vi.fn();
  const body = new ReadableStream({ cancel: cancelled });
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    return asked.length === 1 ? new Response(body) : new Promise(() => {});
  });
  const { askFirst: ask } = await import("./ask-first.ts");
  ask({ pathname: "/keys", search: "?page=2" });
  await loadApp("/keys", "?page=3");
  expect(asked).toHaveLength(2);
  expect(cancelled).toHaveBeenCalledOnce();
});

test("an answer serves the first request only: the same question later wants a new one", async () => {
  const { startFirst, takeFirst } = await import("./first-request.ts");
  startFirst("/trpc/a");
  expect(takeFirst("/trpc/a")).not.toBeNull();
  expect(takeFirst("/trpc/a")).toBeNull();
  startFirst("/trpc/a");
  expect(takeFirst("/trpc/b")).toBeNull();
  expect(takeFirst("/trpc/a")).toBeNull();
});

test("a page that asks nothing is not asked for", () => {
  askFirst({ pathname: "/login", search: "" });
  askFirst({ pathname: "/no-such-page", search: "?days=7" });
  expect(asked).toEqual([]);
});

test.each([
  "?days=90&compare=true",
  "?api_key_id=%5B2%2C3%5D&model=a%2Fb",
  "?model=1&model=2&model=a",
  "?start_date=2026-02-09&x=007&y=1e3&z=&w",
  "?a=null&b=%22text%22&c=%7B%22d%22%3A1%7D&e=%7Bbroken",
  "",
])("%s is read as the router reads it", (query) => {
  expect(readSearch(query)).toEqual(defaultParseSearch(query));
});
