import { type Day, listDays, minDay } from "@orwatch/domain/day";
import { currentDay } from "../../platform/clock.ts";
import { readDataVersion } from "../../usage/data-version.ts";
import { readSyncState } from "../../usage/sync-state.ts";
import { selectFrom } from "../filters.ts";
import type { Reading } from "../selection.ts";
import { collectedDimensionOf, requireAvailable } from "./availability.ts";
import type { Group } from "./groups.ts";
import { listIntervals, toSpans } from "./intervals.ts";
import { type KnownAt, ZERO } from "./known.ts";
import { type Known, METRICS, NO_USAGE, needsOf, type Sums } from "./metrics.ts";
import { filteredDimensions, narrow } from "./narrow.ts";
import { type Question, readCollected, readHourly, readStored, type Usage } from "./read-usage.ts";
import type { ExploreInput, ExploreOutput } from "./schema.ts";
import type { Series } from "./series.ts";
import { readKnownDays } from "./stored-usage.ts";

/** Usage is read in steps. If a sync changes it in between, its parts may not sum, so it is read again, but not for ever. */
const MOST_ATTEMPTS = 3;

/**
 * A metric of the selected usage by interval and group. The groups of a metric that can be added sum to its total, which is that of
 * /v1/stats.
 * @throws BAD_REQUEST for a range that is reversed or too long
 * @throws BREAKDOWN_UNAVAILABLE for a combination that is not collected
 */
export async function explore(app: Reading, input: ExploreInput & { teamId: number }): Promise<ExploreOutput> {
  for (let attempt = 1; ; attempt += 1) {
    const version = readDataVersion(app, input.teamId);
    const answer = await answerOnce(app, input);
    if (attempt === MOST_ATTEMPTS || readDataVersion(app, input.teamId) === version) return answer;
  }
}

async function answerOnce(app: Reading, input: ExploreInput & { teamId: number }): Promise<ExploreOutput> {
  const { metric: name, group_by: dimensions, interval, limit } = input;
  const { selection, keys, source } = narrow(app, selectFrom(app, input), input);
  requireAvailable(input, selection.period);
  const metric = METRICS[name];
  const columns = input.columns.map((column) => METRICS[column]);
  const known = await readKnownDays(app, selection, needsOf(input));
  const usage = await readUsage(app, { selection, keys, source, known, input });
  const intervals = listIntervals(selection.period, interval);

  const describe = (series: Series, knownAt: KnownAt) => ({
    total: metric.valueIn(series.total, ZERO),
    columns: columns.map((column) => column.valueIn(series.total, ZERO)),
    points: intervals.map((at) => ({ at, value: metric.valueIn(series.points.get(at) ?? NO_USAGE, knownAt(at)) })),
  });
  /** Requests and tokens of all usage are known as on the dashboard: where they are known for any key. */
  const valueOfAll = (sums: Sums, known: Known, of = metric) =>
    of.valueIn({ ...sums, countedRows: known.counts ? 1n : 0n }, known);
  const ranked = dimensions.length === 0 ? [] : usage.groups.sort(highestFirst(metric.rankOf));
  const [shown, hidden] = [ranked.slice(0, limit), ranked.slice(limit)];
  await usage.readPoints(shown);
  const knownOf = await usage.knownOf(shown);
  const { at, all } = usage.wholeKnown;
  return {
    metric: name,
    group_by: dimensions,
    period: { start_date: selection.period.from, end_date: selection.period.through, interval },
    total: valueOfAll(usage.whole.total, all),
    columns: columns.map((column) => valueOfAll(usage.whole.total, all, column)),
    points: intervals.map((start) => ({
      at: start,
      value: valueOfAll(usage.whole.points.get(start) ?? NO_USAGE, at(start)),
    })),
    groups: shown.map((group) => ({ key: group.key, ...describe(group.series, knownOf(group)) })),
    other: hidden.length === 0 ? null : { groups: hidden.length, ...describe(usage.restOf(shown), at) },
    unknown: [...listUnknownDays(app, { selection, known }), ...usage.missing.map(toMissing)],
    ...readSyncState(app, selection),
  };

  function toMissing({ day, sums }: { day: Day; sums: Sums }) {
    return { start_date: day, end_date: day, value: metric.isSum ? metric.valueIn(sums, ZERO) : null };
  }
}

function readUsage(app: Reading, question: Question): Promise<Usage> {
  const { metric, group_by: groups, interval } = question.input;
  const dimension = collectedDimensionOf({ metric, groups, filtered: filteredDimensions(question.input) });
  if (dimension !== null) return readCollected(app, question, dimension);
  return interval === "hour" ? readHourly(app, question) : readStored(app, question);
}

/** Groups with the same value are sorted by their key, so that the same question gets the same answer. */
const highestFirst =
  (rankOf: (sums: Sums) => bigint) =>
  (a: Group, b: Group): number => {
    const [left, right] = [rankOf(a.series.total), rankOf(b.series.total)];
    if (left !== right) return left > right ? -1 : 1;
    return JSON.stringify(a.key) < JSON.stringify(b.key) ? -1 : 1;
  };

/** Days until today of which nothing is known, as spans. */
function listUnknownDays(
  app: Reading,
  { selection, known }: Pick<Question, "selection" | "known">,
): ExploreOutput["unknown"] {
  const { from, through } = selection.period;
  const last = minDay(through, currentDay(app.clock));
  const dates = new Set(known.map(({ date }) => date));
  const unknown = from > last ? [] : listDays(from, last).filter((day) => !dates.has(day));
  return toSpans(unknown).map((span) => ({ ...span, value: null }));
}
