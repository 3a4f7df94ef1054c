import { afterEach, beforeEach, expect, test, vi } from "vitest";

let deadlines: { ms: number; end: () => void }[];
beforeEach(() => {
  deadlines = [];
  vi.resetModules();
  vi.stubGlobal("window", new EventTarget());
  // A server that takes a request and never answers it.
  vi.stubGlobal(
    "fetch",
    (_address: string, init?: RequestInit) =>
      new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason))),
  );
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const controller = new AbortController();
    deadlines.push({ ms, end: () => controller.abort(new DOMException("late", "TimeoutError")) });
    return controller.signal;
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test.each([
  ["GET", "/trpc/keys.list?batch=1", 30_000],
  ["POST", "/trpc/tokens.issue?batch=1", 120_000],
])("%s %s times out without a response, and the server counts as lost", async (method, address, ms) => {
  const { isServerLost, watchedFetch } = await import("./connection.ts");
  const answer = watchedFetch(address, { method });
  expect(deadlines.map((one) => one.ms)).toEqual([ms]);
  deadlines[0]?.end();
  await expect(answer).rejects.toThrow("late");
  expect(isServerLost()).toBe(true);
});

test("an aborted request does not count as a lost server", async () => {
  const { isServerLost, watchedFetch } = await import("./connection.ts");
  const turned = new AbortController();
  const answer = watchedFetch("/trpc/keys.list", { signal: turned.signal });
  turned.abort();
  await expect(answer).rejects.toThrow(/abort/i);
  expect(isServerLost()).toBe(false);
});

test.each(["/trpc/sync.all?batch=1", "/trpc/keys.list,sync.key?batch=1", "/trpc/auth.exportData"])(
  "%s has no timeout",
  async (address) => {
    const { watchedFetch } = await import("./connection.ts");
    void watchedFetch(address, { method: "POST" });
    expect(deadlines).toEqual([]);
  },
);
