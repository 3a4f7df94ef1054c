/** Upper bounds of the histogram of request durations, in seconds. */
export const DURATION_BOUNDS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** Durations of the requests to one route with one class of status. */
interface Durations {
  /** Pattern such as `/api/keys/{id}`, from a fixed set. */
  route: string;
  /** `2xx`, `4xx`, … */
  status: string;
  /** Number of requests within each bound. Longer ones are only in `count`. */
  withinBound: number[];
  count: number;
  sumS: number;
}

export type Measures = ReturnType<typeof createMeasures>;

/** Counters of the process since its start. Labels come from fixed sets, so that memory does not grow with use. */
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
    /** One attempt of a request to OpenRouter: "ok", or the reason of the failure. */
    openRouterTry: (outcome: string): void => void openRouter.set(outcome, (openRouter.get(outcome) ?? 0) + 1),
    keySync(isOk: boolean): void {
      keySyncs[isOk ? "ok" : "failed"] += 1;
    },
    durations: (): Durations[] => [...durations.values()],
    openRouterTries: (): [outcome: string, count: number][] => [...openRouter],
    keySyncs: (): Readonly<{ ok: number; failed: number }> => keySyncs,
  };
}
