import { type Day, isDay, minDay, startOf, toDay } from "@orwatch/domain/day";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { DayPicker } from "react-day-picker";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

interface CalendarProps {
  from: Day;
  /** `undefined` until the last of the days is picked. */
  to: Day | undefined;
  today: Day;
  onPick: (range: { from: Day; to: Day | undefined }) => void;
}

const STEP =
  "flex size-8 items-center justify-center rounded-control hover:bg-sunken aria-disabled:pointer-events-none aria-disabled:opacity-40";

const CLASS_NAMES = {
  root: "",
  months: "",
  month: "grid grid-cols-[auto_1fr_auto] items-center gap-y-1",
  month_caption: "text-center font-medium",
  caption_label: "",
  button_previous: STEP,
  button_next: STEP,
  month_grid: "col-span-3 w-full table-fixed",
  weekdays: "",
  weekday: "h-7 text-caption text-muted",
  weeks: "",
  week: "",
  day: "p-0",
  day_button:
    "h-8 w-full rounded-control text-table tabular-nums enabled:hover:bg-sunken disabled:text-muted disabled:opacity-50",
  selected: "bg-accent-soft",
  range_start: "rounded-l-control",
  range_middle: "",
  range_end: "rounded-r-control",
  today: "*:font-semibold *:underline",
  disabled: "",
  hidden: "",
  outside: "",
  footer: "mt-3 text-caption text-muted",
};
const EDGE = { edge: "*:bg-accent! *:text-on-accent!" };

function Chevron({ orientation }: { orientation?: "up" | "down" | "left" | "right" }) {
  const Icon = orientation === "left" ? ChevronLeft : ChevronRight;
  return <Icon aria-hidden className="size-4" />;
}

const instantOf = (day: Day | undefined) => (day !== undefined && isDay(day) ? startOf(day) : undefined);

/** One month of UTC days. Weeks start on Monday, as OpenRouter's do. Two clicks select the first and the last day. */
export function Calendar({ from, to, today, onPick }: CalendarProps) {
  const t = useTexts("usage");
  const format = useFormat();
  const [first, last] = [instantOf(from), instantOf(to)];
  const describe = (day: Day) => `${format.weekday(day)} ${format.day(day)}`;
  return (
    <DayPicker
      mode="range"
      required
      resetOnSelect
      timeZone="UTC"
      weekStartsOn={1}
      lang={format.locale}
      navLayout="around"
      today={startOf(today)}
      defaultMonth={startOf(to !== undefined && isDay(to) ? minDay(to, today) : today)}
      endMonth={startOf(today)}
      disabled={{ after: startOf(today) }}
      selected={{ from: first, to: last }}
      onSelect={(range) =>
        range.from && onPick({ from: toDay(range.from), to: range.to === undefined ? undefined : toDay(range.to) })
      }
      modifiers={{ edge: [first, last].filter((day) => day !== undefined) }}
      modifiersClassNames={EDGE}
      classNames={CLASS_NAMES}
      components={{ Chevron }}
      formatters={{
        formatCaption: (month) => format.month(toDay(month)),
        formatWeekdayName: (day) => format.weekday(toDay(day)).slice(0, 2),
      }}
      labels={{
        labelGrid: (month) => t.usage.calendar.label({ month: format.month(toDay(month)) }),
        labelPrevious: () => t.usage.calendar.before,
        labelNext: () => t.usage.calendar.after,
        labelWeekday: (day) => format.weekday(toDay(day)),
        labelDayButton: (day, { today: isToday }) =>
          isToday ? `${t.usage.limits.today}, ${describe(toDay(day))}` : describe(toDay(day)),
      }}
      footer={`${to === undefined ? t.usage.calendar.second : t.usage.calendar.first} ${t.usage.range.utc}`}
    />
  );
}
