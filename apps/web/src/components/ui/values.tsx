import { useEffect, useState } from "react";
import { serverNow } from "../../lib/clock.ts";
import {
  formatAgo,
  formatCount,
  formatCountExact,
  formatInstant,
  formatMoney,
  formatMoneyExact,
} from "../../lib/format.ts";
import { text } from "../../lib/text.ts";
import { useTimeZone } from "../../lib/time-zone.ts";

/** Rounded on the screen; the exact value on hover, in copies and in `data-exact`. */
export function Money({ value, className }: { value: string | null; className?: string }) {
  return (
    <span className={className} data-exact={value ?? "null"} title={formatMoneyExact(value)}>
      {formatMoney(value)}
    </span>
  );
}

export function Count({ value, className }: { value: number | null; className?: string }) {
  return (
    <span className={className} data-exact={value ?? "null"} title={formatCountExact(value)}>
      {formatCount(value)}
    </span>
  );
}

/** The time by the server's clock, moving on every half minute. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date(serverNow()));
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date(serverNow())), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function Ago({ instant }: { instant: string | null }) {
  const now = useNow();
  const zone = useTimeZone();
  if (!instant) return <span>{text.values.never}</span>;
  return (
    <time dateTime={instant} title={formatInstant(instant, now, zone)}>
      {formatAgo(instant, now)}
    </time>
  );
}
