import { addTo, NO_USAGE, type Sums } from "./metrics.ts";

const DAY_LENGTH = "2026-03-10".length;

/** Usage by interval, and in all. */
export class Series {
  readonly total: Sums = { ...NO_USAGE };
  /** By start of the interval. */
  readonly points = new Map<string, Sums>();
  private readonly daysWithHours = new Set<string>();

  add(at: string, usage: Partial<Sums>): void {
    addTo(this.total, usage);
    this.addPoint(at, usage);
  }

  /** Adds to an interval usage that is in the total already. */
  addPoint(at: string, usage: Partial<Sums>): void {
    const day = at.slice(0, DAY_LENGTH);
    if (day !== at) this.daysWithHours.add(day);
    let point = this.points.get(at);
    if (!point) {
      point = { ...NO_USAGE };
      this.points.set(at, point);
    }
    addTo(point, usage);
  }

  /** Whether there is usage in an hour of a day. */
  hasHours(day: string): boolean {
    return this.daysWithHours.has(day);
  }

  addAll(other: Series): void {
    addTo(this.total, other.total);
    for (const [at, sums] of other.points) this.addPoint(at, sums);
  }
}
