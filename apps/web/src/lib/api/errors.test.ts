import { message } from "@orwatch/messages/message";
import { createRenderer } from "@orwatch/messages/renderer";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { i18n, loadMessages, loadTexts } from "../i18n/i18n.ts";
import { describeIssue, issuesOf, messageOf } from "./errors.ts";

const apiError = (message: string, data: object) => Object.assign(new Error(message), { data });

describe("messageOf and describeIssue", () => {
  beforeAll(() => loadTexts());

  const limit = message("key_limit_reached", { limit: 3 });
  const rendererOf = (language: "en" | "it") => createRenderer({ language, now: new Date() });

  const full = apiError("You have 3 keys.", { code: "BAD_REQUEST", reason: "key_limit_reached", params: { limit: 3 } });
  const invalid = apiError("email must be longer", {
    code: "BAD_REQUEST",
    reason: "invalid_request",
    issues: [
      { path: "email", message: "must be longer", reason: "field_too_short", params: { limit: 3 } },
      { path: "name", message: "must be a name" },
    ],
  });

  test("shows the server's message until the catalogs are loaded", async () => {
    // Another file of the same worker may have loaded the catalogs.
    vi.resetModules();
    await (await import("../i18n/i18n.ts")).loadTexts();
    const fresh = await import("./errors.ts");
    expect(fresh.messageOf(full)).toBe(full.message);
  });

  describe("with the catalogs loaded", () => {
    beforeAll(() => loadMessages());

    test("renders reason and params in the language of the page", async () => {
      expect(messageOf(full)).toBe(rendererOf("en")(limit));
      await i18n.setLanguage("it");
      expect(messageOf(full)).toBe(rendererOf("it")(limit));
      await i18n.setLanguage("en");
    });

    test("shows the server's message for a reason of a newer version", () => {
      const error = apiError("The moon is full.", { code: "CONFLICT", reason: "moon_full", params: {} });
      expect(messageOf(error)).toBe(error.message);
    });

    test("shows the message of each field, by its reason where there is one", () => {
      expect(issuesOf(invalid).map((issue) => describeIssue(issue, "Field"))).toEqual([
        rendererOf("en")(message("field_too_short", { limit: 3 })),
        "Field must be a name.",
      ]);
    });
  });
});
