import { currentDay } from "../../platform/clock.ts";
import { inSteps } from "../../platform/scheduling/read-scheduler.ts";
import { divideByMonth } from "../months.ts";
import { type Period, periodOf, stepsOf } from "../period.ts";
import type { Reading, Selection } from "../selection.ts";
import { listSpans } from "./intervals.ts";
import { addTo, createSums, type SumName, subtractFrom } from "./metrics.ts";
import type { Interval } from "./schema.ts";
import {
  type KnownDay,
  readKnown,
  readMonths,
  readUsage,
  type StoredQuestion,
  type StoredUsage,
  tableOf,
  type UsageAt,
} from "./stored-rows.ts";

/** With fewer keys, the roll-up by month has fewer rows than the one by model. */
const FEWER_MONTHS = 20;

/** Usage of a whole period by group. Months are summed from their roll-up, so that few rows are read. */
export async function sumStored(app: Reading, question: StoredQuestion): Promise<StoredUsage[]> {
  const { selection, columns, keys } = question;
  const { sums } = columns;
  const total = new Map<string, StoredUsage>();
  const add = (rows: UsageAt[], combine: typeof addTo) => {
    for (const { usage } of rows) {
      const { keyId, model } = usage;
      const place = `${keyId} ${model}`;
      let sum = total.get(place);
      if (!sum) {
        sum = { keyId, model, ...createSums(sums) };
        total.set(place, sum);
      }
      combine(sum, usage, sums);
    }
  };
  const addDays = async (period: Pick<Period, "from" | "through">, combine: typeof addTo) => {
    for await (const step of stepsOf(periodOf(period.from, period.through)))
      add(readUsage(app, { ...question, selection: { ...selection, period: step } }, ""), combine);
  };
  const table = tableOf(question);
  const hasMonths = table === "rows" || (table === "models" && keys.length < FEWER_MONTHS);
  const { months, added, subtracted } = hasMonths
    ? divideByMonth(selection.period, currentDay(app.clock))
    : { months: null, added: [selection.period], subtracted: [] };
  if (months)
    for await (const { start, end } of inSteps(keys.length, "page")) {
      const keyIds = keys.slice(start, end).map(({ id }) => id);
      const part = { ...selection, keyIds, period: { ...selection.period, ...months } };
      add(readMonths(app, { ...question, selection: part }), addTo);
    }
  for (const span of added) await addDays(span, addTo);
  for (const span of subtracted) await addDays(span, subtractFrom);
  return [...total.values()].filter(({ rows }) => rows !== 0n);
}

/** Usage by group and interval, read in steps. An interval can be in several of them. */
export async function* readByInterval(
  app: Reading,
  question: StoredQuestion,
  interval: Exclude<Interval, "hour">,
): AsyncGenerator<UsageAt[]> {
  const readSpan = (period: Period, at: string | null) =>
    readUsage(app, { ...question, selection: { ...question.selection, period } }, at);
  for await (const step of stepsOf(question.selection.period)) {
    if (interval === "day") yield readSpan(step, null);
    else yield listSpans(step, interval).flatMap(({ at, ...period }) => readSpan(period, at));
  }
}

/** The days on which the cost of any selected key is known. */
export async function readKnownDays(app: Reading, selection: Selection, sums: readonly SumName[]): Promise<KnownDay[]> {
  const days: KnownDay[] = [];
  for await (const period of stepsOf(selection.period)) days.push(...readKnown(app, { ...selection, period }, sums));
  return days;
}
