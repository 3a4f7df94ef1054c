import { formatMoney } from "../../lib/format.ts";
import { parseMoney } from "../../lib/money.ts";
import { text } from "../../lib/text/forecast.ts";
import { signedBar } from "../usage/money-bar.ts";

interface MonthBarProps {
  spent: string;
  low: string;
  middle: string;
  high: string;
}

/** What was spent, filled; the range that is expected, in a lighter fill; a line at the expected amount. 0 is at the left, or where refunds end. */
export function MonthBar({ spent, low, middle, high }: MonthBarProps) {
  const amounts = [spent, low, middle, high].map(parseMoney);
  const scale = {
    low: amounts.reduce((least, value) => (value < least ? value : least), 0n),
    high: amounts.reduce((most, value) => (value > most ? value : most), 0n),
  };
  const span = scale.high - scale.low || 1n;
  const at = (value: string) => Number(((parseMoney(value) - scale.low) * 10_000n) / span) / 100;
  return (
    <div
      role="img"
      aria-label={text.forecast.barLabel(formatMoney(spent), formatMoney(low), formatMoney(middle), formatMoney(high))}
      className="paint relative h-4 overflow-hidden rounded-full bg-sunken forced-colors:outline"
    >
      <div className="absolute inset-y-0 bg-bar" style={{ left: `${at(low)}%`, width: `${at(high) - at(low)}%` }} />
      <div className="h-full bg-accent relative" style={signedBar(parseMoney(spent), scale)} />
      <div className="absolute inset-y-0 w-0.5 -translate-x-full bg-ink" style={{ left: `${at(middle)}%` }} />
    </div>
  );
}
