import type { Interval } from "./intervals.ts";
import type { Measure, Value } from "./measure.ts";

export type ChartKind = "bars" | "lines" | "area";

/** A note on a day. */
export interface Annotation {
  date: string;
  text: string;
}

/** A line across the chart, such as the threshold of an alert rule or a budget. */
export interface Threshold {
  value: Value;
  label: string;
}

/** What the value of a later interval is likely to be. */
export interface Forecast {
  at: string;
  low: Value;
  middle: Value;
  high: Value;
}

export interface ChartOptions {
  kind?: ChartKind | undefined;
  measure?: Measure | undefined;
  interval?: Interval | undefined;
  annotations?: readonly Annotation[] | undefined;
  thresholds?: readonly Threshold[] | undefined;
  /** For intervals of the chart; the first one begins where the known values end. */
  forecast?: readonly Forecast[] | undefined;
  /** A range was selected: the starts of its first and last interval. */
  onZoom?: ((from: string, through: string) => void) | undefined;
  /** An interval was clicked. */
  onOpen?: ((at: string) => void) | undefined;
  /** An annotation is wanted: Shift and click, or the key N. */
  onAnnotate?: ((at: string) => void) | undefined;
  /** What the slider reads out, for screen readers. */
  readout?: string | undefined;
}
