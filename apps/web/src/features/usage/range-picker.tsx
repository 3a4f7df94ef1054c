import { Link, useNavigate } from "@tanstack/react-router";
import { CalendarDays } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { Disclosure } from "../../components/ui/disclosure.tsx";
import { TextField } from "../../components/ui/field.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { type DashboardSearch, isSpan, RANGES, toDashboardInput } from "../../lib/dashboard-search.ts";
import { addDays, isDay, toDay } from "../../lib/day.ts";
import { formatDay } from "../../lib/format.ts";
import { text } from "../../lib/text.ts";

const ITEM = "flex h-7 items-center rounded-[5px] px-2.5 text-table whitespace-nowrap no-underline";
const CHOSEN = "bg-surface font-medium text-ink shadow-sm";

/** Ranges are links: they can be bookmarked, and back goes back. */
export function RangePicker({ search }: { search: DashboardSearch }) {
  const now = useNow();
  const input = toDashboardInput(search);
  const isCustom = "start_date" in input || !RANGES.some((days) => "days" in input && days === input.days);
  const today = toDay(now);
  const start = "days" in input ? addDays(today, 1 - input.days) : input.start_date;
  const end = "days" in input ? today : input.end_date;

  return (
    <fieldset className="flex h-9 min-w-0 items-center rounded-control bg-sunken p-1">
      <legend className="sr-only">{text.range.label}</legend>
      {RANGES.map((days) => {
        const isChosen = "days" in input && input.days === days;
        return (
          <Link
            key={days}
            to="/dashboard"
            search={(was) => ({ ...was, days, start_date: undefined, end_date: undefined })}
            preload={false}
            resetScroll={false}
            aria-current={isChosen ? "true" : undefined}
            aria-label={text.range.days(days)}
            className={`${ITEM} ${isChosen ? CHOSEN : "text-muted hover:text-ink"}`}
          >
            {text.range.shortDays(days)}
          </Link>
        );
      })}
      <Disclosure
        place="right-0 top-full mt-2 w-72"
        button={(props) => (
          <button
            type="button"
            {...props}
            className={`${ITEM} gap-1.5 ${isCustom ? CHOSEN : "text-muted hover:text-ink"}`}
          >
            <CalendarDays aria-hidden className="hidden size-3.5 sm:block" />
            {isCustom ? text.range.between(formatDay(start, now), formatDay(end, now)) : text.range.custom}
          </button>
        )}
      >
        {(close) => <CustomRange start={start} end={end} today={today} onDone={close} />}
      </Disclosure>
    </fieldset>
  );
}

interface CustomRangeProps {
  start: string;
  end: string;
  today: string;
  onDone: () => void;
}

function CustomRange({ start, end, today, onDone }: CustomRangeProps) {
  const navigate = useNavigate({ from: "/dashboard" });
  const [from, setFrom] = useState(start);
  const [to, setTo] = useState(end);
  const [error, setError] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isDay(from) || !isDay(to)) return setError(text.range.incomplete);
    if (from > to) return setError(text.range.order);
    if (!isSpan(from, to)) return setError(text.range.tooLong);
    void navigate({
      search: (was) => ({ ...was, days: undefined, start_date: from, end_date: to }),
      resetScroll: false,
    });
    onDone();
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-3">
      <TextField
        autoFocus
        label={text.range.from}
        type="date"
        max={today}
        value={from}
        onChange={(event) => setFrom(event.target.value)}
      />
      <TextField
        label={text.range.to}
        type="date"
        max={today}
        value={to}
        onChange={(event) => setTo(event.target.value)}
        error={error}
        hint={text.range.utc}
      />
      <Button type="submit" look="primary">
        {text.range.apply}
      </Button>
    </form>
  );
}
