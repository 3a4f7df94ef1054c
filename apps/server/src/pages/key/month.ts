import { addDays, firstOfMonth, minDay } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { currentDay } from "../../platform/clock.ts";
import { pairUsage, sumByKeyAndModel } from "../../stats/changes/rows.ts";
import { splitChange } from "../../stats/changes/split-change.ts";
import { type Period, periodOf } from "../../stats/period.ts";
import { knownDays, type Reading } from "../../stats/selection.ts";
import { sameDaysOfMonths } from "../month.ts";
import type { MonthOutput } from "./schema.ts";

type Explanation = NonNullable<MonthOutput["comparison"]>["explanation"];

interface Question {
  teamId: number;
  keyId: number;
  /** Last day that is final; `null` if unknown. */
  completeThrough: string | null;
}

/** Cost of the current month of a key, compared with the same days of the month before. */
export async function getMonth(app: Reading, { teamId, keyId, completeThrough }: Question): Promise<MonthOutput> {
  const today = currentDay(app.clock);
  const from = firstOfMonth(today);
  const sum = (period: Period) => {
    const days = knownDays(app, { teamId, period, keyIds: [keyId], models: null });
    return { days: days.length, cost: days.reduce((total, [, cost]) => total + cost, 0n) };
  };
  const month = sum(periodOf(from, today));
  return {
    start_date: from,
    end_date: today,
    cost: month.days === 0 ? null : formatNanos(month.cost),
    comparison: await compare(),
  };

  async function compare(): Promise<MonthOutput["comparison"]> {
    const yesterday = addDays(today, -1);
    const months = sameDaysOfMonths(today, completeThrough === null ? yesterday : minDay(yesterday, completeThrough));
    if (!months) return null;
    const { current, previous } = months;
    const [now, then] = [sum(current), sum(previous)];
    if (now.days < current.days || then.days < current.days) return null;
    return {
      start_date: current.from,
      end_date: current.through,
      previous_start_date: previous.from,
      previous_end_date: previous.through,
      current: formatNanos(now.cost),
      previous: formatNanos(then.cost),
      explanation: await explain({ previous, current, change: now.cost - then.cost }),
    };
  }

  /** `null` if a sync has changed the usage since it was summed. */
  async function explain(input: { previous: Period; current: Period; change: bigint }): Promise<Explanation> {
    const selection = { teamId, keyIds: [keyId], models: null };
    const before = await sumByKeyAndModel(app, { ...selection, period: input.previous });
    const after = await sumByKeyAndModel(app, { ...selection, period: input.current });
    const parts = splitChange(pairUsage(before, after));
    if (!parts || parts.volume + parts.size + parts.price + parts.mix !== input.change) return null;
    return {
      volume: formatNanos(parts.volume),
      size: formatNanos(parts.size),
      price: formatNanos(parts.price),
      mix: formatNanos(parts.mix),
    };
  }
}
