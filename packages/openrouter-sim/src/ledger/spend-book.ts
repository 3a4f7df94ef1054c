import { accumulate, isNothing, noAmounts } from "./amounts.ts";
import { dayNumber, monthStart, weekStart } from "./time.ts";
import type { Amounts, CellTraits, Counters, Windows } from "./types.ts";

export interface Cell extends Amounts, Readonly<CellTraits> {}

interface SpendEvent {
  readonly atMs: number;
  readonly cell: Cell;
  readonly amounts: Amounts;
}

interface DayPage {
  costNanos: bigint;
  byokNanos: bigint;
  /** What counters show beyond the cells, after a restatement that they do not follow. */
  counterOffset: bigint;
  readonly cells: Map<string, Cell>;
  events: SpendEvent[];
}

/** What one key has spent: one cell per day, hour, model, provider and so on, plus the single events of recent days. */
export class SpendBook {
  readonly #pages = new Map<number, DayPage>();
  readonly #daysWithEvents = new Set<number>();
  #firstDay = Number.POSITIVE_INFINITY;
  #lastDay = Number.NEGATIVE_INFINITY;
  #total = 0n;
  #byokTotal = 0n;
  #offsetTotal = 0n;

  /** `atMs` null: booked for the whole day, with no instant of its own. */
  add(day: number, atMs: number | null, traits: CellTraits, amounts: Amounts): void {
    const page = this.#page(day);
    const { model, provider, app, finishReason, externalUser, hour } = traits;
    const id = [model, provider, app, finishReason, externalUser, hour].join("\n");
    let cell = page.cells.get(id);
    if (!cell) {
      cell = { ...traits, ...noAmounts() };
      page.cells.set(id, cell);
    }
    this.#book(page, cell, amounts);
    if (atMs !== null) {
      page.events.push({ atMs, cell, amounts });
      this.#daysWithEvents.add(day);
    }
  }

  /** Forgets the instants within days before this one; their sums stay. */
  fold(beforeDay: number): void {
    for (const day of this.#daysWithEvents) {
      if (day >= beforeDay) continue;
      this.#pages.get(day)!.events = [];
      this.#daysWithEvents.delete(day);
    }
  }

  /** Takes away all the model has on the day and returns what it was. */
  removeModel(day: number, model: string): Amounts {
    const removed = noAmounts();
    const page = this.#pages.get(day);
    if (!page) return removed;
    for (const [id, cell] of page.cells) {
      if (cell.model !== model) continue;
      accumulate(removed, cell);
      page.cells.delete(id);
    }
    page.events = page.events.filter((event) => event.cell.model !== model);
    this.#book(page, noAmounts(), removed, -1);
    return removed;
  }

  /** The cell that carries most of the model on the day: where a correction lands. */
  mainCell(day: number, model: string): Cell | null {
    let best: Cell | null = null;
    for (const cell of this.#pages.get(day)?.cells.values() ?? []) {
      if (cell.model === model && (!best || cell.costNanos > best.costNanos)) best = cell;
    }
    return best;
  }

  offsetCounters(day: number, nanos: bigint): void {
    this.#page(day).counterOffset += nanos;
    this.#offsetTotal += nanos;
  }

  /** Every cell of the days, as it stood at the instant (default: with all that is booked). */
  *cells(fromDay: number, toDay: number, asOfMs = Number.POSITIVE_INFINITY): Generator<[number, Cell]> {
    const lastVisible = Number.isFinite(asOfMs) ? dayNumber(asOfMs) : this.#lastDay;
    const end = Math.min(toDay, this.#lastDay, lastVisible);
    for (let day = Math.max(fromDay, this.#firstDay); day <= end; day++) {
      const page = this.#pages.get(day);
      if (!page) continue;
      const later = day === lastVisible ? page.events.filter((event) => event.atMs > asOfMs) : [];
      for (const cell of page.cells.values()) {
        const seen = later.length === 0 ? cell : withoutLater(cell, later);
        if (!isNothing(seen)) yield [day, seen];
      }
    }
  }

  /** The counters as they were at the instant; for a folded day, at its end. */
  counterAt(atMs: number): Counters {
    const today = dayNumber(atMs);
    const { cost: daily, byok: byokDaily } = this.#dayAt(today, atMs);
    const counters: Counters = {
      ...this.#windows(today, daily, "cost"),
      byok: this.#windows(today, byokDaily, "byok"),
    };
    return counters;
  }

  #windows(today: number, daily: bigint, what: "cost" | "byok"): Windows {
    const past = (from: number, to: number): bigint => {
      let sum = 0n;
      for (let day = Math.max(from, this.#firstDay); day <= Math.min(to, this.#lastDay); day++) {
        const page = this.#pages.get(day);
        if (page) sum += what === "cost" ? page.costNanos + page.counterOffset : page.byokNanos;
      }
      return sum;
    };
    const all = what === "cost" ? this.#total + this.#offsetTotal : this.#byokTotal;
    const before = all - past(today, Number.POSITIVE_INFINITY);
    return {
      usage: before + daily,
      daily,
      weekly: past(weekStart(today), today - 1) + daily,
      monthly: past(monthStart(today), today - 1) + daily,
    };
  }

  #dayAt(day: number, atMs: number): { cost: bigint; byok: bigint } {
    const page = this.#pages.get(day);
    if (!page) return { cost: 0n, byok: 0n };
    let cost = page.costNanos + page.counterOffset;
    let byok = page.byokNanos;
    for (const event of page.events) {
      if (event.atMs <= atMs) continue;
      cost -= event.amounts.costNanos;
      byok -= event.amounts.byokNanos;
    }
    return { cost, byok };
  }

  #page(day: number): DayPage {
    let page = this.#pages.get(day);
    if (!page) {
      page = { costNanos: 0n, byokNanos: 0n, counterOffset: 0n, cells: new Map(), events: [] };
      this.#pages.set(day, page);
      this.#firstDay = Math.min(this.#firstDay, day);
      this.#lastDay = Math.max(this.#lastDay, day);
    }
    return page;
  }

  #book(page: DayPage, cell: Amounts, amounts: Amounts, sign: 1 | -1 = 1): void {
    accumulate(cell, amounts, sign);
    const factor = BigInt(sign);
    page.costNanos += factor * amounts.costNanos;
    page.byokNanos += factor * amounts.byokNanos;
    this.#total += factor * amounts.costNanos;
    this.#byokTotal += factor * amounts.byokNanos;
  }
}

function withoutLater(cell: Cell, later: readonly SpendEvent[]): Cell {
  const seen: Cell = { ...cell };
  for (const event of later) {
    if (event.cell === cell) accumulate(seen, event.amounts, -1);
  }
  return seen;
}
