import { expect, test } from "vitest";
import { dimensionOf, dimensionsOf, turnedOff } from "./dimensions.ts";

const ALL = {
  providers: true,
  apps: true,
  finish_reasons: true,
  members: true,
  workspaces: true,
  hours: true,
  performance: true,
  end_users: true,
};
const NONE = {
  providers: false,
  apps: false,
  finish_reasons: false,
  members: false,
  workspaces: false,
  hours: false,
  performance: false,
  end_users: false,
};

test("end users can be selected only if they are collected", () => {
  expect(dimensionsOf({ breakdowns: ALL })).toContain("end_user");
  expect(dimensionOf({ breakdowns: ALL }, "end_user")).toBe("end_user");
  expect(dimensionsOf({ breakdowns: NONE })).not.toContain("end_user");
  expect(dimensionOf({ breakdowns: NONE }, "end_user")).toBe("app");
});

test.each([undefined, "", "hour", "toString"])("an unavailable dimension falls back to apps: %o", (asked) => {
  expect(dimensionOf({ breakdowns: ALL }, asked)).toBe("app");
});

test("dimensions that are not collected are turned off", () => {
  const off = dimensionsOf({ breakdowns: NONE }).filter((dimension) => turnedOff({ breakdowns: NONE }, dimension));
  expect(off).toEqual(["app", "user", "workspace", "provider", "finish_reason"]);
  expect(dimensionsOf({ breakdowns: ALL }).some((dimension) => turnedOff({ breakdowns: ALL }, dimension))).toBe(false);
});
