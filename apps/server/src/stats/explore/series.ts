import { addTo, createSums, type SumName, type Sums, subtractFrom } from "./metrics.ts";

const DAY_LENGTH = "2026-03-10".length;

/** Usage by interval, and in all. */
export class Series {
  readonly total: Sums;
  /** By start of the interval. */
  readonly points = new Map<string, Sums>();
  private readonly daysWithHours = new Set<string>();

  private readonly names: readonly SumName[];

  constructor(names: readonly SumName[]) {
    this.names = names;
    this.total = createSums(names);
  }

  add(at: string, usage: Partial<Sums>): void {
    this.addTotal(usage);
    this.addPoint(at, usage);
  }

  addTotal(usage: Partial<Sums>): void {
    addTo(this.total, usage, this.names);
  }

  /** Adds usage to an hour of a day that has it already. */
  addHour(at: string, usage: Partial<Sums>): void {
    this.daysWithHours.add(at.slice(0, DAY_LENGTH));
    this.addPoint(at, usage);
  }

  /** Whether there is usage in an hour of a day. */
  hasHours(day: string): boolean {
    return this.daysWithHours.has(day);
  }

  addAll(other: Series): void {
    this.addTotal(other.total);
    for (const [at, sums] of other.points) this.addPoint(at, sums);
  }

  /** This usage without parts of it. */
  without(parts: readonly Series[]): Series {
    const rest = new Series(this.names);
    rest.addAll(this);
    for (const part of parts) {
      subtractFrom(rest.total, part.total, this.names);
      for (const [at, sums] of part.points) subtractFrom(rest.pointAt(at), sums, this.names);
    }
    return rest;
  }

  /** Adds to an interval usage that is in the total already. */
  addPoint(at: string, usage: Partial<Sums>): void {
    addTo(this.pointAt(at), usage, this.names);
  }

  private pointAt(at: string): Sums {
    let point = this.points.get(at);
    if (!point) {
      point = createSums(this.names);
      this.points.set(at, point);
    }
    return point;
  }
}
