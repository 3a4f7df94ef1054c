import { describe, expect, it } from "vitest";
import { errorSearch, isOwnPath, redirectSearch } from "./guard.ts";

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

describe("error of a visit to the sign-in provider", () => {
  it.each<[Record<string, unknown>, object]>([
    [{ error: "oidc_denied" }, { error: "oidc_denied" }],
    [
      { error: "too_many_requests", seconds: 42 },
      { error: "too_many_requests", seconds: 42 },
    ],
    [
      { error: "team_full", limit: 200, team: "<b>" },
      { error: "team_full", limit: 200 },
    ],
    [{ error: "team_full", limit: "many" }, { error: "team_full" }],
    [{ error: "Oh no!", seconds: 1 }, {}],
    [{ error: 7 }, {}],
    [{}, {}],
  ])("is read from %j as %j", (search, expected) => expect(errorSearch(search)).toEqual(expected));
});
