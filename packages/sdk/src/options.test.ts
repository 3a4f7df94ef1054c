import { afterEach, expect, test, vi } from "vitest";
import { createClient } from "./client.ts";
import { ValidationError } from "./errors.ts";
import { readBaseUrl, readLimits, readToken } from "./options.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

test.each([
  ["https://orwatch.example.com", "https://orwatch.example.com"],
  ["https://orwatch.example.com/", "https://orwatch.example.com"],
  [" http://127.0.0.1:3000// ", "http://127.0.0.1:3000"],
  ["https://example.com/tools/orwatch/", "https://example.com/tools/orwatch"],
  ["https://example.com/orwatch/api/v1/", "https://example.com/orwatch"],
  ["https://example.com/api", "https://example.com"],
  ["https://example.com/trpc?x=1#y", "https://example.com"],
  ["HTTPS://EXAMPLE.com:443", "https://example.com"],
])("resolves the address %s to %s", (given, meant) => {
  expect(readBaseUrl(given)).toBe(meant);
});

test.each(["localhost:3000", "ftp://example.com", "example.com", "http://", "https://user:pass@example.com", "/api"])(
  "rejects %s as an address",
  (given) => {
    expect(() => readBaseUrl(given)).toThrow(ValidationError);
    expect(() => readBaseUrl(given)).toThrow(/^baseUrl: /);
  },
);

test("rejects missing options with instructions", () => {
  vi.stubEnv("ORWATCH_URL", "");
  vi.stubEnv("ORWATCH_TOKEN", "");
  expect(() => createClient()).toThrow(/baseUrl: is missing.*ORWATCH_URL/);
  expect(() => createClient({ baseUrl: "http://localhost" })).toThrow(/token: is missing.*API tokens.*ORWATCH_TOKEN/);
  try {
    createClient();
  } catch (error) {
    expect(error).toMatchObject({ name: "ValidationError", status: null, requestId: null, code: "INVALID_ARGUMENT" });
    expect((error as ValidationError).issues[0]?.path).toBe("baseUrl");
  }
});

test("reads missing options from the environment", () => {
  vi.stubEnv("ORWATCH_URL", "http://localhost:4000");
  vi.stubEnv("ORWATCH_TOKEN", "or_api_fromenv");
  expect(readBaseUrl(undefined)).toBe("http://localhost:4000");
  expect(readToken(undefined)).toBe("or_api_fromenv");
  expect(readBaseUrl("http://localhost:5000")).toBe("http://localhost:5000");
  expect(() => createClient()).not.toThrow();
});

test("has an empty environment without a process, as in a browser", () => {
  vi.stubGlobal("process", undefined);
  expect(() => readBaseUrl(undefined)).toThrow(/is missing/);
});

test.each(["sk-or-v1-0123", "Bearer or_api_x", "or_api_", "or_api_a b", "or_api_\n", "abc"])(
  "rejects %j as an API token without repeating it",
  (token) => {
    expect(() => readToken(token)).toThrow(/^token: is/);
    if (token !== "or_api_") expect(() => readToken(token)).not.toThrow(token);
  },
);

test("trims whitespace around an API token", () => {
  expect(readToken(" or_api_x\n")).toBe("or_api_x");
});

test.each([
  { timeoutMs: 0 },
  { timeoutMs: Number.POSITIVE_INFINITY },
  { timeoutMs: 1.5 },
  { maxRetries: -1 },
  { maxRetries: 11 },
])("rejects %j", (limits) => {
  expect(() => readLimits(limits)).toThrow(ValidationError);
  expect(() => createClient({ baseUrl: "http://localhost", token: "or_api_x", ...limits })).toThrow(ValidationError);
});

test("limits of a call override those of the client and the defaults", () => {
  expect(readLimits({})).toMatchObject({ timeoutMs: 30_000, maxRetries: 2 });
  const ofClient = readLimits({ timeoutMs: 5, maxRetries: 1 });
  expect(readLimits({ maxRetries: 0 }, ofClient)).toMatchObject({ timeoutMs: 5, maxRetries: 0 });
});
