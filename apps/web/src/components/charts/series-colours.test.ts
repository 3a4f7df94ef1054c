import { beforeEach, describe, expect, it, vi } from "vitest";
import { assignSlots, colourSeries } from "./series-colours.ts";

const stored = new Map<string, string>();
beforeEach(() => {
  stored.clear();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
});

const names = (count: number, prefix = "m") => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe("assignSlots", () => {
  it("gives the same colours whatever the order, without anything remembered", () => {
    const ids = names(12);
    const slots = assignSlots({}, ids);
    expect(assignSlots({}, [...ids].reverse())).toEqual(slots);
    expect(new Set(Object.values(slots)).size).toBe(12);
    expect(Math.max(...Object.values(slots))).toBe(11);
  });

  it("gives an entity alone the colour it prefers, which most others in a chart keep", () => {
    const all = assignSlots({}, names(6));
    const kept = names(6).filter((id) => assignSlots({}, [id])[id] === all[id]);
    expect(kept.length).toBeGreaterThanOrEqual(3);
  });

  it("of two with the same colour, one keeps it, whichever comes first", () => {
    const remembered = { a: 3, b: 3 };
    const slots = assignSlots(remembered, ["a", "b"]);
    expect(slots.a).not.toBe(slots.b);
    expect([slots.a, slots.b]).toContain(3);
    expect(assignSlots(remembered, ["b", "a"])).toEqual(slots);
    expect(assignSlots(slots, ["b", "a"])).toEqual(slots);
  });

  it("never gives two series of one chart the same colour, however many came before", () => {
    let slots = {};
    for (let chart = 0; chart < 40; chart++) {
      const ids = Array.from({ length: 12 }, (_, index) => `m${(chart * 7 + index * 5) % 61}`);
      slots = assignSlots(slots, ids);
      const used = ids.map((id) => (slots as Record<string, number>)[id]);
      expect(new Set(used).size).toBe(new Set(ids).size);
    }
  });

  it("changes no colour as long as others are free", () => {
    const first = assignSlots({}, names(12));
    const second = assignSlots(first, names(12, "other"));
    expect(second).toMatchObject(first);
    expect(new Set(Object.values(second)).size).toBe(24);
  });

  it("gives no colour to groups", () => {
    expect(Object.keys(assignSlots({}, ["(unattributed)", "(other)", "a"]))).toEqual(["a"]);
  });
});

describe("colourSeries", () => {
  it("has separate colours for each kind of entity", () => {
    const colours = (["model", "key", "vendor", "provider", "account"] as const).map((kind) => {
      const colourOf = colourSeries(kind, names(12));
      return names(12).map(colourOf);
    });
    expect(new Set(colours.flat()).size).toBe(60);
  });

  it("shows series beyond twelve and groups in grey", () => {
    const colourOf = colourSeries("model", [...names(13), "(other)", "(unattributed)"]);
    expect(new Set(names(12).map(colourOf)).size).toBe(12);
    expect(colourOf("m12")).toBe("var(--series-other)");
    expect(colourOf("(other)")).toBe("var(--series-other)");
    expect(colourOf("(unattributed)")).toBe("var(--series-unattributed)");
  });

  it("keeps colours across visits", () => {
    const before = colourSeries("key", ["7", "3"])("3");
    expect(colourSeries("key", ["9", "3"])("3")).toBe(before);
    expect(colourSeries("key", ["3"])("3")).toBe(before);
  });
});
