import { useEffect, useState } from "react";
import { serverNow } from "../../lib/format/clock.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

/** Rounded on the screen; the exact value on hover, in copies and in `data-exact`. */
export function Money({ value, className }: { value: string | null; className?: string }) {
  const t = useTexts("common");
  const format = useFormat();
  return (
    <span
      className={className}
      data-exact={value ?? "null"}
      title={value === null ? t.common.unknown : format.exactMoney(value)}
    >
      {format.money(value)}
    </span>
  );
}

export function Count({ value, className }: { value: number | null; className?: string }) {
  const t = useTexts("common");
  const format = useFormat();
  return (
    <span
      className={className}
      data-exact={value ?? "null"}
      title={value === null ? t.common.unknown : format.number(value)}
    >
      {format.count(value)}
    </span>
  );
}

/** The time by the server's clock; renders again every half minute. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date(serverNow()));
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date(serverNow())), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function Ago({ instant }: { instant: string | null }) {
  const t = useTexts("common");
  const format = useFormat();
  useNow();
  if (!instant) return <span>{t.common.never}</span>;
  return (
    <time dateTime={instant} title={format.instant(instant)}>
      {format.ago(instant)}
    </time>
  );
}
