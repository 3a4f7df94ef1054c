import { useEffect, useState } from "react";
import {
  formatAgo,
  formatCount,
  formatCountExact,
  formatInstant,
  formatMoney,
  formatMoneyExact,
} from "../../lib/format.ts";
import { text } from "../../lib/text.ts";

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

/** The time, moving on every half minute. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function Ago({ instant }: { instant: string | null }) {
  const now = useNow();
  if (!instant) return <span>{text.values.never}</span>;
  return (
    <time dateTime={instant} title={formatInstant(instant, now)}>
      {formatAgo(instant, now)}
    </time>
  );
}

/** Whoever copies one rounded number gets the exact one. */
export function useExactCopy() {
  useEffect(() => {
    function copyExact(event: ClipboardEvent) {
      const selection = document.getSelection();
      const node = selection?.rangeCount ? selection.getRangeAt(0).commonAncestorContainer : null;
      const element = node instanceof Element ? node : node?.parentElement;
      const exact = element?.closest<HTMLElement>("[data-exact]")?.dataset.exact;
      if (!exact || exact === "null" || !event.clipboardData) return;
      event.clipboardData.setData("text/plain", exact);
      event.preventDefault();
    }
    document.addEventListener("copy", copyExact);
    return () => document.removeEventListener("copy", copyExact);
  }, []);
}
