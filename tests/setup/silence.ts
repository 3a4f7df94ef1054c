import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

// Unexpected output fails a test.
let printed: MockInstance[] = [];

beforeEach(() => {
  printed = [vi.spyOn(console, "error"), vi.spyOn(console, "warn"), vi.spyOn(console, "log")];
});

afterEach(() => {
  const lines = printed.flatMap((spy) => spy.mock.calls.map((call) => call.join(" ")));
  for (const spy of printed) spy.mockRestore();
  expect(lines, "printed to the console").toEqual([]);
});
