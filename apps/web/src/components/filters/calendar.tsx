import { addDays, type Day } from "@orwatch/domain/day";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { addMonths, monthOf, moveMonths, weekdayOf, weeksOf } from "./month-grid.ts";

const STEP = "flex size-8 items-center justify-center rounded-control hover:bg-sunken disabled:opacity-40";

interface CalendarProps {
  from: Day;
  to: Day;
  today: Day;
  onPick: (day: Day) => void;
}

/** Any one. */
const MONDAY = "2024-01-01";

/** One month of UTC days, Monday first. Arrow keys move by day and week, Page Up and Page Down by month. */
export function Calendar({ from, to, today, onPick }: CalendarProps) {
  const t = useTexts("usage");
  const format = useFormat();
  const [at, setAt] = useState<Day>(to <= today ? to : today);
  const [hasKeys, setKeys] = useState(false);
  const grid = useRef<HTMLTableElement>(null);
  const month = monthOf(at);

  useEffect(() => {
    if (hasKeys) grid.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus();
  }, [at, hasKeys]);

  const go = (day: Day) => setAt(day > today ? today : day);

  function steer(event: KeyboardEvent) {
    const moves: Record<string, Day> = {
      ArrowLeft: addDays(at, -1),
      ArrowRight: addDays(at, 1),
      ArrowUp: addDays(at, -7),
      ArrowDown: addDays(at, 7),
      PageUp: moveMonths(at, event.shiftKey ? -12 : -1),
      PageDown: moveMonths(at, event.shiftKey ? 12 : 1),
      Home: addDays(at, -weekdayOf(at)),
      End: addDays(at, 6 - weekdayOf(at)),
    };
    const target = moves[event.key];
    if (!target) return;
    event.preventDefault();
    setKeys(true);
    go(target);
  }

  return (
    <div>
      <div className="flex items-center justify-between">
        <button
          type="button"
          aria-label={t.usage.calendar.before}
          className={STEP}
          onClick={() => go(moveMonths(at, -1))}
        >
          <ChevronLeft aria-hidden className="size-4" />
        </button>
        <span aria-live="polite" className="font-medium">
          {format.month(month)}
        </span>
        <button
          type="button"
          aria-label={t.usage.calendar.after}
          disabled={addMonths(month, 1) > monthOf(today)}
          className={STEP}
          onClick={() => go(moveMonths(at, 1))}
        >
          <ChevronRight aria-hidden className="size-4" />
        </button>
      </div>
      <table ref={grid} aria-label={t.usage.calendar.label({ month: format.month(month) })} className="mt-1 w-full">
        <thead>
          <tr>
            {[0, 1, 2, 3, 4, 5, 6].map((index) => {
              const name = format.weekday(addDays(MONDAY, index));
              return (
                <th key={index} scope="col" abbr={name} className="h-7 text-caption text-muted">
                  {name.slice(0, 2)}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((day, index) =>
                day === null ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an empty cell is its place
                  <td key={index} />
                ) : (
                  <td
                    key={day}
                    className={`p-0 ${from <= day && day <= to ? "bg-accent-soft" : ""} ${day === from ? "rounded-l-control" : ""} ${day === to ? "rounded-r-control" : ""}`}
                  >
                    <button
                      type="button"
                      data-day={day}
                      tabIndex={day === at ? 0 : -1}
                      disabled={day > today}
                      aria-pressed={from <= day && day <= to}
                      onKeyDown={steer}
                      aria-current={day === today ? "date" : undefined}
                      aria-label={`${format.weekday(day)} ${format.day(day)}`}
                      onClick={() => {
                        setAt(day);
                        onPick(day);
                      }}
                      className={`h-8 w-full rounded-control text-table tabular-nums disabled:text-muted disabled:opacity-50 ${day === from || day === to ? "bg-accent text-on-accent" : "hover:bg-sunken"} ${day === today ? "font-semibold underline" : ""}`}
                    >
                      {Number(day.slice(8))}
                    </button>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
