import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { TextField } from "../../components/ui/field.tsx";
import { type DashboardSearch, isSpan } from "../../lib/dashboard-search.ts";
import { isDay } from "../../lib/day.ts";
import { text } from "../../lib/text/usage.ts";

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
