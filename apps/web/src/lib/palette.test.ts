import { describe, expect, it } from "vitest";
import { assignSlots } from "./palette.ts";

describe("assignSlots", () => {
  it("hands hues out by spend rank and keeps them for ever", () => {
    const first = assignSlots({}, ["a", "b"]);
    expect(first).toEqual({ a: 0, b: 1 });
    expect(assignSlots(first, ["c", "b", "a"])).toEqual({ a: 0, b: 1, c: 2 });
  });

  it("reuses the hue of a model that is not on the screen before doubling one that is", () => {
    const remembered = Object.fromEntries(Array.from({ length: 10 }, (_, slot) => [`old-${slot}`, slot]));
    expect(assignSlots(remembered, ["old-0", "new"]).new).toBe(1);
  });

  it("leaves groups that are no model without a hue", () => {
    expect(assignSlots({}, ["(unattributed)", "(other)", "a"])).toEqual({ a: 0 });
  });
});
