import { signedBar } from "../../components/charts/money-bar.ts";
import { parseMoney } from "../../lib/format/money.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

interface MonthBarProps {
  spent: string;
  low: string;
  middle: string;
  high: string;
}

/** Bar with the spend so far (filled), the expected range (lighter) and the expected amount (line). 0 is at the left, or after refunds. */
export function MonthBar({ spent, low, middle, high }: MonthBarProps) {
  const t = useTexts("forecast");
  const format = useFormat();
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
      aria-label={t.forecast.barLabel({
        spent: format.money(spent),
        low: format.money(low),
        middle: format.money(middle),
        high: format.money(high),
      })}
      className="paint relative h-4 overflow-hidden rounded-full bg-sunken forced-colors:outline"
    >
      <div className="absolute inset-y-0 bg-bar" style={{ left: `${at(low)}%`, width: `${at(high) - at(low)}%` }} />
      <div className="h-full bg-accent relative" style={signedBar(parseMoney(spent), scale)} />
      <div className="absolute inset-y-0 w-0.5 -translate-x-full bg-ink" style={{ left: `${at(middle)}%` }} />
    </div>
  );
}
