import type { Words } from "../../../lib/i18n/i18n.ts";
import { type Interval, nameInterval, phaseOf } from "./intervals.ts";
import { type Measure, writeExact, writeValue } from "./measure.ts";
import type { ChartPoint, SeriesDisplay } from "./model.ts";

/** What is read out of an interval. */
export interface Readout {
  point: ChartPoint;
  measure: Measure;
  interval: Interval;
  display: SeriesDisplay;
  /** Texts of annotations. */
  notes: readonly string[];
}

export const bySize = ({ parts }: ChartPoint) => [...parts].sort((a, b) => Math.abs(b.size) - Math.abs(a.size));

/** The read-out as a sentence, for screen readers. */
export function describePoint(
  { point, measure, interval, display, notes }: Readout,
  { t, format, now }: Pick<Words<"usage">, "t" | "format"> & { now: Date },
): string {
  const { at, value, before, mark } = point;
  const { chart } = t.usage;
  const phase = phaseOf(at, interval, now);
  const name = `${nameInterval(at, interval, format)}${phase === "open" ? ` ${chart.soFar}` : ""}`;
  const isDayOfCost = interval === "day" && measure.unit === "money";
  const unknown = phase === "future" ? chart.notYet : isDayOfCost ? chart.noDataLong : chart.unknown;
  const list = bySize(point)
    .slice(0, 3)
    .map((part) => `${display.nameOf(part.id)} ${writeValue(part.value, measure, format)}`)
    .join(", ");
  const whole = value === null ? (list === "" ? unknown : "") : writeExact(value, measure, format);
  const compared = before == null ? "" : `${chart.before} ${writeExact(before, measure, format)}`;
  return [whole === "" ? name : `${name}: ${whole}`, mark, list, compared, ...notes].filter(Boolean).join("; ");
}
