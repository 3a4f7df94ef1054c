import { addDays, daysBetween, firstOfMonth, lastOfMonth, minDay } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { currentDay } from "../platform/clock.ts";
import { type Period, periodOf } from "../stats/period.ts";
import { knownDays, type Reading, sumAll } from "../stats/selection.ts";
import { explainChange, type PeriodUsage } from "./explain-change.ts";
import type { MonthOutput } from "./schema.ts";

type Explanation = NonNullable<MonthOutput["comparison"]>["explanation"];

interface Question {
  userId: number;
  keyId: number;
  /** Last day that is final; `null` if unknown. */
  completeThrough: string | null;
}

/** Cost of the current month of a key, compared with the same days of the month before. */
export function getMonth(app: Reading, { userId, keyId, completeThrough }: Question): MonthOutput {
  const today = currentDay(app.clock);
  const from = firstOfMonth(today);
  const sum = (period: Period) => {
    const days = knownDays(app, { userId, period, keyIds: [keyId], models: null });
    return { days: days.length, cost: days.reduce((total, [, cost]) => total + cost, 0n) };
  };
  const month = sum(periodOf(from, today));
  return {
    start_date: from,
    end_date: today,
    cost: month.days === 0 ? null : formatNanos(month.cost),
    comparison: compare(),
  };

  function compare(): MonthOutput["comparison"] {
    const yesterday = addDays(today, -1);
    const last = completeThrough === null ? yesterday : minDay(yesterday, completeThrough);
    const before = firstOfMonth(addDays(from, -1));
    // The month before can be shorter.
    const days = Math.min(daysBetween(from, last), daysBetween(before, lastOfMonth(before))) + 1;
    if (days < 1) return null;
    const current = periodOf(from, addDays(from, days - 1));
    const previous = periodOf(before, addDays(before, days - 1));
    const [now, then] = [sum(current), sum(previous)];
    if (now.days < days || then.days < days) return null;
    return {
      start_date: current.from,
      end_date: current.through,
      previous_start_date: previous.from,
      previous_end_date: previous.through,
      current: formatNanos(now.cost),
      previous: formatNanos(then.cost),
      explanation: explain(previous, current),
    };
  }

  function explain(previous: Period, current: Period): Explanation {
    const [before, after] = [usageOf(previous), usageOf(current)];
    const parts = before && after && explainChange(before, after);
    if (!parts) return null;
    return {
      requests: formatNanos(parts.requests),
      size: formatNanos(parts.size),
      price: formatNanos(parts.price),
    };
  }

  /** `null` if some of the cost has unknown requests and tokens. */
  function usageOf(period: Period): PeriodUsage | null {
    const sums = sumAll(app, { userId, period, keyIds: [keyId], models: null });
    if (!sums || sums.countedCost !== sums.cost) return null;
    return { cost: sums.cost, requests: sums.requests, tokens: sums.tokensInput + sums.tokensOutput };
  }
}
