/** Upper bounds of the histogram of request durations, in seconds. */
export const DURATION_BOUNDS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** Durations of the requests to one route that ended with one class of status. */
export interface Durations {
  /** Pattern such as `/api/keys/{id}`: of these there are as many as there are routes. */
  route: string;
  /** `2xx`, `4xx`, … */
  status: string;
  /** How many took at most so long, by bound; longer ones are in `count` alone. */
  withinBound: number[];
  count: number;
  sumS: number;
}

export type Measures = ReturnType<typeof createMeasures>;

/** What the process counts of itself since it started. Labels come from fixed sets, so that it never grows with use. */
export function createMeasures() {
  const durations = new Map<string, Durations>();
  const openRouter = new Map<string, number>();
  const keySyncs = { ok: 0, failed: 0 };
  return {
    request(input: { route: string; statusCode: number; seconds: number }): void {
      const status = `${Math.floor(input.statusCode / 100)}xx`;
      const name = `${status} ${input.route}`;
      let found = durations.get(name);
      if (!found) {
        found = { route: input.route, status, withinBound: DURATION_BOUNDS_S.map(() => 0), count: 0, sumS: 0 };
        durations.set(name, found);
      }
      found.count += 1;
      found.sumS += input.seconds;
      const place = DURATION_BOUNDS_S.findIndex((bound) => input.seconds <= bound);
      if (place >= 0) found.withinBound[place] = (found.withinBound[place] ?? 0) + 1;
    },
    /** One try of a request to OpenRouter: "ok", or the reason it failed for. */
    openRouterTry: (outcome: string): void => void openRouter.set(outcome, (openRouter.get(outcome) ?? 0) + 1),
    keySync(isOk: boolean): void {
      keySyncs[isOk ? "ok" : "failed"] += 1;
    },
    durations: (): Durations[] => [...durations.values()],
    openRouterTries: (): [outcome: string, count: number][] => [...openRouter],
    keySyncs: (): Readonly<{ ok: number; failed: number }> => keySyncs,
  };
}
