import { beforeAll, describe, expect, test } from "vitest";
import { i18n, loadMessages, loadTexts } from "../i18n/i18n.ts";
import { issuesOf, messageOf, sayIssue } from "./errors.ts";

const apiError = (message: string, data: object) => Object.assign(new Error(message), { data });

describe("messageOf and sayIssue", () => {
  beforeAll(() => loadTexts());

  const full = apiError("You have 3 keys.", { code: "BAD_REQUEST", reason: "key_limit_reached", params: { limit: 3 } });
  const invalid = apiError("email must be longer", {
    code: "BAD_REQUEST",
    reason: "invalid_request",
    issues: [
      { path: "email", message: "must be longer", reason: "field_too_short", params: { limit: 3 } },
      { path: "name", message: "must be a name" },
    ],
  });

  test("shows the server's message until the catalogs are loaded", () => {
    expect(messageOf(full)).toBe("You have 3 keys.");
  });

  describe("with the catalogs loaded", () => {
    beforeAll(() => loadMessages());

    test("renders reason and params in the language of the page", async () => {
      expect(messageOf(full)).toContain("limit of 3 keys");
      await i18n.setLanguage("it");
      expect(messageOf(full)).toContain("limite di 3 chiavi");
      await i18n.setLanguage("en");
    });

    test("shows the server's message for a reason of a newer version", () => {
      const error = apiError("The moon is full.", { code: "CONFLICT", reason: "moon_full", params: {} });
      expect(messageOf(error)).toBe("The moon is full.");
    });

    test("shows the message of each field, by its reason where there is one", () => {
      expect(issuesOf(invalid).map((issue) => sayIssue(issue, "Field"))).toEqual([
        "Must have at least 3 characters.",
        "Field must be a name.",
      ]);
    });
  });
});
