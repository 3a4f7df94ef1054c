const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

const amount = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`;

/** A duration in its largest unit, so that it reads the same in each of a row of syncs. */
function about(ms: number): string {
  if (ms >= DAY) return amount(Math.round(ms / DAY), "day");
  return ms >= HOUR ? amount(Math.round(ms / HOUR), "hour") : amount(Math.round(ms / MINUTE), "minute");
}

/** Says that an answer's date cannot be believed, for the owner of the key (pure). */
export const describeDeviation = (deviationMs: number): string =>
  `OpenRouter's answer is dated ${about(Math.abs(deviationMs))} ${deviationMs > 0 ? "ahead" : "back"}; no usage was taken from it.`;
