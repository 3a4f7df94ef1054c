import { describe, expect, test } from "vitest";
import { createClockOffset } from "./clock-offset.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.parse("2026-03-10T12:00:00Z");

const at = (wall: number, monotonic = wall - START) => ({ wall, monotonic });

/** Observes answers with the given offsets, one at each of the given minutes, and returns the results of `observe`. */
function observeAll(samples: [minute: number, offsetMs: number][]) {
  const changes: number[] = [];
  const offset = createClockOffset((ms) => changes.push(ms));
  const said = samples.map(([minute, offsetMs]) => {
    const now = START + minute * MINUTE;
    return offset.observe(now + offsetMs, at(now), at(now));
  });
  return { said, changes, offsetMs: offset.offsetMs() };
}

describe("date of a response", () => {
  test("a date within a few minutes of the machine's clock is accepted", () => {
    expect(
      observeAll([
        [0, 0],
        [1, 4 * MINUTE],
        [2, -4 * MINUTE],
      ]).said,
    ).toEqual([null, null, null]);
  });

  test.each([400 * DAY, -9000 * DAY, DAY, -DAY, 6 * MINUTE, -6 * MINUTE])(
    "a date that is %d ms off is not accepted",
    (off) => {
      expect(observeAll([[0, off]])).toMatchObject({ said: [off], changes: [], offsetMs: 0 });
    },
  );

  test("the date of a slow response is compared with the time its request was sent", () => {
    const [sent, received] = [at(START - 10 * MINUTE), at(START + 10 * MINUTE)];
    expect(createClockOffset().observe(START, sent, received)).toBeNull();
    expect(createClockOffset().observe(START - 20 * MINUTE, sent, received)).toBe(-10 * MINUTE);
  });
});

describe("changes of the offset", () => {
  test("the offset changes after three matching polls over half an hour", () => {
    const { said, changes, offsetMs } = observeAll([
      [0, DAY],
      [15, DAY + 1000],
      [30, DAY - 1000],
      [45, DAY],
    ]);
    expect(said).toEqual([DAY, DAY + 1000, null, null]);
    expect(changes).toEqual([DAY - 1000]);
    expect(offsetMs).toBe(DAY - 1000);
  });

  test("the offset changes at once when this machine's clock is set and responses continue in time", () => {
    const changes: number[] = [];
    const offset = createClockOffset((ms) => changes.push(ms));
    offset.observe(START, at(START), at(START));
    const set = at(START - DAY + MINUTE, MINUTE);
    expect(offset.observe(START + MINUTE, set, set)).toBeNull();
    const setRight = at(START + 2 * MINUTE, 2 * MINUTE);
    expect(offset.observe(START + 2 * MINUTE, setRight, setRight)).toBeNull();
    expect(changes).toEqual([DAY, 0]);
  });

  test("the offset does not change when the machine has slept", () => {
    const offset = createClockOffset();
    offset.observe(START, at(START), at(START));
    const awake = at(START + DAY, MINUTE);
    expect(offset.observe(START + DAY, awake, awake)).toBeNull();
    expect(offset.offsetMs()).toBe(0);
  });
});

describe("unchanged offset", () => {
  test.each<[string, [number, number][]]>([
    ["after many answers of one moment", Array.from({ length: 50 }, (_, n) => [n / 60, DAY])],
    [
      "after two polls",
      [
        [0, DAY],
        [60, DAY],
      ],
    ],
    [
      "after three polls within half an hour",
      [
        [0, DAY],
        [10, DAY],
        [20, DAY],
      ],
    ],
    [
      "when an answer in between is right",
      [
        [0, DAY],
        [15, DAY],
        [20, 0],
        [30, DAY],
        [45, DAY],
      ],
    ],
    [
      "when the answers disagree with each other",
      [
        [0, DAY],
        [20, 2 * DAY],
        [40, 3 * DAY],
        [60, 4 * DAY],
      ],
    ],
  ])("the offset does not change %s", (_, samples) => {
    expect(observeAll(samples)).toMatchObject({ changes: [], offsetMs: 0 });
  });
});
