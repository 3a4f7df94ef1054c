import { formatMoney, toDollars } from "../../lib/format.ts";
import { text } from "../../lib/text/forecast.ts";

interface MonthBarProps {
  spent: string;
  low: string;
  middle: string;
  high: string;
}

/** What was spent, filled; the range that is expected, hatched by a lighter fill; a line at the expected amount. */
export function MonthBar({ spent, low, middle, high }: MonthBarProps) {
  const most = toDollars(high) || 1;
  const at = (value: string) => `${Math.min(100, (toDollars(value) / most) * 100)}%`;
  return (
    <div
      role="img"
      aria-label={text.forecast.barLabel(formatMoney(spent), formatMoney(low), formatMoney(middle), formatMoney(high))}
      className="paint relative h-4 overflow-hidden rounded-full bg-sunken forced-colors:outline"
    >
      <div className="absolute inset-y-0 bg-bar" style={{ left: at(low), right: 0 }} />
      <div className="absolute inset-y-0 left-0 bg-accent" style={{ width: at(spent) }} />
      <div className="absolute inset-y-0 w-0.5 -translate-x-full bg-ink" style={{ left: at(middle) }} />
    </div>
  );
}
