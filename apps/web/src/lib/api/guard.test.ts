import { describe, expect, it } from "vitest";
import { isOwnPath, redirectSearch } from "./guard.ts";

describe("page after login", () => {
  it("accepts a path of this app with its search", () => {
    expect(isOwnPath("/keys?page=2")).toBe(true);
    expect(redirectSearch({ redirect: "/dashboard?days=7" })).toEqual({ redirect: "/dashboard?days=7" });
  });

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/\n\\evil.example",
    "javascript:alert(1)",
    "",
    "/login",
    7,
  ])("rejects %s as the page after login", (path) => {
    expect(isOwnPath(path)).toBe(false);
    expect(redirectSearch({ redirect: path })).toEqual({});
  });
});
