/** Times in milliseconds of many runs, sorted. */
export type Times = number[];

export const print = (line: string) => void process.stdout.write(`${line}\n`);

export const percentile = (times: Times, share: number): number =>
  times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;

export const median = (times: Times): number => percentile(times, 0.5);

export const ms = (time: number): string => `${time < 10 ? time.toFixed(3) : time.toFixed(1)} ms`;

/** Runs the functions in turns, so that other load on the machine affects all of them equally. */
export function interleave<Name extends string>(
  work: Record<Name, () => unknown>,
  options: { runs: number; warmUp?: number },
): Record<Name, Times> {
  const names = Object.keys(work) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as Times])) as Record<Name, Times>;
  const { runs, warmUp = Math.ceil(runs / 4) } = options;
  for (let run = -warmUp; run < runs; run += 1) {
    for (const name of run % 2 === 0 ? names : names.toReversed()) {
      const start = performance.now();
      work[name]();
      const time = performance.now() - start;
      if (run >= 0) times[name].push(time);
    }
  }
  for (const name of names) times[name].sort((a, b) => a - b);
  return times;
}

/** "name            ours 0.812 ms (p95 1.100 ms)   bare 0.420 ms (p95 0.610 ms)   ratio 1.93" */
export function describe(name: string, { ours, bare }: { ours: Times; bare: Times }): string {
  const side = (label: string, times: Times) =>
    `${label} ${ms(median(times)).padStart(9)} (p95 ${ms(percentile(times, 0.95)).padStart(9)})`;
  return `${name.padEnd(34)}${side("ours", ours)}   ${side("bare", bare)}   ratio ${(median(ours) / median(bare)).toFixed(2)}`;
}
