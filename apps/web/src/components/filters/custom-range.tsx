import { isDay } from "@orwatch/domain/day";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { type DashboardSearch, isSpan } from "../../lib/search/dashboard-search.ts";
import { TextField } from "../forms/field.tsx";
import { Button } from "../ui/button.tsx";
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
  const t = useTexts("usage");
  const navigate = useNavigate();
  const [from, setFrom] = useState(start);
  const [to, setTo] = useState(end);
  /** The first of two days was picked in the calendar. */
  const [isOpen, setOpen] = useState(false);
  const [error, setError] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isDay(from) || !isDay(to)) return setError(t.usage.range.incomplete);
    if (from > to) return setError(t.usage.range.order);
    if (!isSpan(from, to)) return setError(t.usage.range.tooLong({ limit: 366 }));
    void navigate({
      to: ".",
      search: { ...search, days: undefined, start_date: from, end_date: to },
      resetScroll: false,
    });
    onDone();
  }

  function pick(range: { from: string; to: string | undefined }) {
    setError(undefined);
    setFrom(range.from);
    setTo(range.to ?? range.from);
    setOpen(range.to === undefined);
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-2">
        <TextField
          autoFocus
          label={t.usage.range.from}
          type="date"
          max={today}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <TextField
          label={t.usage.range.to}
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
      <Calendar from={from} to={isOpen ? undefined : to} today={today} onPick={pick} />
      <Button type="submit" variant="primary">
        {t.usage.range.apply}
      </Button>
    </form>
  );
}
