/** Grid lines at round numbers from just below `min`, which is 0 or less, to just above `max`: at most six, and one more below 0. */
export function niceAxis(max: number, min = 0): { top: number; bottom: number; ticks: number[] } {
  const [high, low] = [Math.max(0, max), Math.min(0, min)];
  const span = high - low || 1;
  const power = 10 ** Math.floor(Math.log10(span / 5));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size * 5 >= span) ?? power * 10;
  const below = Math.ceil(-low / step - 1e-9);
  const above = Math.ceil((high || (low < 0 ? 0 : span)) / step - 1e-9);
  const ticks = Array.from({ length: below + above + 1 }, (_, index) =>
    Number(((index - below) * step).toPrecision(12)),
  );
  return { top: ticks.at(-1) ?? span, bottom: ticks[0] ?? 0, ticks };
}

/** How many px its labels need beside an axis, in caption size where text has its usual size. */
export const roomFor = (labels: readonly string[]): number =>
  Math.max(60, Math.ceil(Math.max(...labels.map(({ length }) => length)) * 7.5) + 12);
