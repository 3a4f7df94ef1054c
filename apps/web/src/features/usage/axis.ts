/** Grid lines at round numbers from 0 to just above `max`: at most six of them. */
export function niceAxis(max: number): { top: number; ticks: number[] } {
  const span = max > 0 ? max : 1;
  const power = 10 ** Math.floor(Math.log10(span / 5));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size * 5 >= span) ?? power * 10;
  const count = Math.ceil(span / step - 1e-9);
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { top: ticks.at(-1) ?? span, ticks };
}

/** How many px its labels need beside an axis, in caption size where text has its usual size. */
export const roomFor = (labels: readonly string[]): number =>
  Math.max(60, Math.ceil(Math.max(...labels.map(({ length }) => length)) * 7.5) + 12);
