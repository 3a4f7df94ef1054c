import { listDays } from "@orwatch/domain/day";
import type { SeriesPoint } from "../../../components/charts/usage-chart/model.ts";
import type { Overview } from "../../../lib/api/trpc.ts";

const TOTAL = "total";

/** The days of the whole month, those to come without a value, and the same days of last month. */
export function buildMonth({ start_date, end_date, days, previous_days }: Overview["month"]) {
  const costs = new Map(days.map(({ date, cost }) => [date, cost]));
  const dates = listDays(start_date, end_date);
  return {
    series: dates.map((date): SeriesPoint => {
      const cost = costs.get(date) ?? null;
      return { at: date, value: cost, parts: cost === null ? [] : [{ id: TOTAL, value: cost }] };
    }),
    before: dates.map((_, index) => previous_days[index]?.cost ?? null),
  };
}
