import { expect, test } from "vitest";
import { type Finding, formatFindings } from "./doctor-checks.ts";

const finding = (level: Finding["level"]): Finding => ({ what: "database", level, message: "as it is" });
const lastLine = (...levels: Finding["level"][]) => formatFindings(levels.map(finding)).trimEnd().split("\n").at(-1);

test("counts problems and warnings in the singular and the plural", () => {
  expect(lastLine("ok")).toBe("0 problems, 0 warnings");
  expect(lastLine("problem", "warning")).toBe("1 problem, 1 warning");
  expect(lastLine("problem", "ok", "problem", "warning", "warning")).toBe("2 problems, 2 warnings");
});
