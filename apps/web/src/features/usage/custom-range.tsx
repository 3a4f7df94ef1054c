import { isDay } from "@orwatch/domain/day";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { TextField } from "../../components/ui/field.tsx";
import { type DashboardSearch, isSpan } from "../../lib/dashboard-search.ts";
import { text } from "../../lib/text/usage.ts";
import { Calendar } from "./calendar.tsx";

interface CustomRangeProps {
  search: DashboardSearch;
  start: string;
  end: string;
  today: string;
  onDone: () => void;
}

/** Two days, both included. */
export function CustomRange({ search, start, end, today, onDone }: CustomRangeProps) {
  const navigate = useNavigate();
  const [from, setFrom] = useState(start);
  const [to, setTo] = useState(end);
  /** The first of two days was picked in the calendar. */
  const [isOpen, setOpen] = useState(false);
  const [error, setError] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isDay(from) || !isDay(to)) return setError(text.range.incomplete);
    if (from > to) return setError(text.range.order);
    if (!isSpan(from, to)) return setError(text.range.tooLong);
    void navigate({
      to: ".",
      search: { ...search, days: undefined, start_date: from, end_date: to },
      resetScroll: false,
    });
    onDone();
  }

  function pick(day: string) {
    setError(undefined);
    setOpen(!isOpen);
    if (!isOpen) {
      setFrom(day);
      setTo(day);
    } else if (day < from) setFrom(day);
    else setTo(day);
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-2">
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
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? "range-error" : undefined}
        />
      </div>
      {error && (
        <p id="range-error" role="alert" className="text-table text-bad">
          {error}
        </p>
      )}
      <Calendar from={from} to={to} today={today} onPick={pick} />
      <p role="status" className="text-caption text-muted">
        {isOpen ? text.calendar.second : text.calendar.first} {text.range.utc}
      </p>
      <Button type="submit" look="primary">
        {text.range.apply}
      </Button>
    </form>
  );
}
