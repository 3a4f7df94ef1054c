import { message } from "@orwatch/messages/message";
import { createRenderer } from "@orwatch/messages/renderer";
import { beforeAll, describe, expect, test } from "vitest";
import { currentTexts, i18n, loadMessages, loadTexts } from "../../lib/i18n/i18n.ts";
import { describeProblem, toApiProblems } from "./problems.ts";

beforeAll(() => Promise.all([loadTexts(), loadMessages()]));

const apiError = (data: object) => Object.assign(new Error("The server's own words."), { data });
const invalid = apiError({
  code: "BAD_REQUEST",
  issues: [
    { path: "name", message: "must be shorter", reason: "field_too_long", params: { limit: 100 } },
    { path: "name", message: "must be a name" },
    { path: "hidden", message: "must be there" },
  ],
});
const tooLong = message("field_too_long", { limit: 100 });
const rendererOf = (language: "en" | "it") => createRenderer({ language, now: new Date() });
const textOf = (problem: Parameters<typeof describeProblem>[0], errorTexts = {}) =>
  describeProblem(problem, { label: "Name", errorTexts, t: currentTexts() });

describe("toApiProblems", () => {
  test("shows the first issue of a field at that field", () => {
    const { form, fields } = toApiProblems(invalid, { names: ["name", "key"] });
    expect(form).toBeUndefined();
    expect(Object.keys(fields)).toEqual(["name"]);
    expect(fields.name && textOf(fields.name)).toBe(rendererOf("en")(tooLong));
  });

  test("keeps an error for the whole form when none of its fields is shown", () => {
    expect(toApiProblems(invalid, { names: ["key"] })).toEqual({ form: { error: invalid }, fields: {} });
  });

  test("shows an error without issues at the field it is about", () => {
    const conflict = apiError({ code: "CONFLICT", reason: "email_taken", params: {} });
    const { form, fields } = toApiProblems(conflict, { names: ["email"], fieldOf: () => "email" });
    expect(form).toBeUndefined();
    expect(fields).toEqual({ email: { error: conflict } });
  });
});

describe("describeProblem", () => {
  test("renders a code of a schema with its parameters, and anything else as a missing field", () => {
    const problem = { message: "bad", params: { max: 3 } };
    expect(textOf(problem, { bad: ({ max }: { max: number }) => `At most ${max}.` })).toBe("At most 3.");
    expect(textOf({ message: "Invalid input" })).toBe(currentTexts().common.required({ field: "Name" }));
  });

  test("renders a problem in another language", async () => {
    const { fields } = toApiProblems(invalid, { names: ["name"] });
    await i18n.setLanguage("it");
    expect(fields.name && textOf(fields.name)).toBe(rendererOf("it")(tooLong));
    await i18n.setLanguage("en");
  });
});
