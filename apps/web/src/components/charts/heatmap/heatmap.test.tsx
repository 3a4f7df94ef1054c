import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, it } from "vitest";
import { loadTexts } from "../../../lib/i18n/i18n.ts";
import { Heatmap, hourAfter } from "./heatmap.tsx";

describe("heatmap", () => {
  beforeAll(() => loadTexts("usage"));

  const cells = () => {
    const html = renderToStaticMarkup(
      <Heatmap
        label="Cost by hour"
        values={[
          { weekday: 0, hour: 0, value: "2.00" },
          { weekday: 0, hour: 1, value: "0.00" },
          { weekday: 0, hour: 2, value: null },
          { weekday: 6, hour: 23, value: "1.00" },
        ]}
      />,
    );
    return new Map(
      [...html.matchAll(/<td role="gridcell" data-at="(\d+)"[^>]*/g)].map(([cell, at]) => [Number(at), cell]),
    );
  };

  it("has a cell for each hour of the week, Monday first", () => {
    expect([...cells().keys()]).toEqual(Array.from({ length: 168 }, (_, index) => index));
    expect(cells().get(167)).toContain('aria-label="Sunday 23:00: $1.00"');
  });

  it("draws unknown hours without a colour, and zeros with one", () => {
    expect(cells().get(0)).toContain("var(--accent) 100%");
    expect(cells().get(1)).toContain("var(--accent) 0%");
    expect(cells().get(167)).toContain("var(--accent) 54%");
    for (const unknown of [2, 3]) {
      expect(cells().get(unknown)).not.toContain("background-color");
      expect(cells().get(unknown)).toMatch(/aria-label="Monday 0\d:00: no data"/);
    }
  });

  it("has one Tab stop", () => {
    expect([...cells().values()].filter((cell) => cell.includes('tabindex="0"'))).toHaveLength(1);
  });
});

it.each([
  ["ArrowRight", 0, 1],
  ["ArrowRight", 23, 23],
  ["ArrowLeft", 24, 24],
  ["ArrowDown", 5, 29],
  ["ArrowDown", 150, 150],
  ["ArrowUp", 29, 5],
  ["Home", 30, 24],
  ["End", 30, 47],
  ["Enter", 30, 30],
])("the key %s moves the focus from hour %d of the week to %d", (key, at, to) => {
  expect(hourAfter(key, at)).toBe(to);
});
