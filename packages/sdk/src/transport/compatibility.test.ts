import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { findMismatch, fits, VERSION } from "./compatibility.ts";

test.each([
  ["0.1.0", "0.1.9", true],
  ["0.1.9", "0.1.0", true],
  ["0.2.0", "0.1.0", false],
  ["0.1.0", "0.2.0", false],
  ["1.4.2", "1.2.0", true],
  ["1.2.0", "1.4.0", false],
  ["2.0.0", "1.9.0", false],
])("a server of version %s and an SDK of version %s: %s", (server, sdk, expected) => {
  expect(fits(server, sdk)).toBe(expected);
});

test("warns once of a version that does not fit, and never without one", () => {
  expect(VERSION).toBe(manifest.version);
  const warningOf = (version?: string) => findMismatch(new Headers(version ? { "X-Orwatch-Version": version } : {}));
  expect(warningOf()).toBeNull();
  expect(warningOf(VERSION)).toBeNull();
  expect(warningOf("99.0.0")).toContain("99.0.0");
  expect(warningOf("99.0.0")).toBeNull();
});
