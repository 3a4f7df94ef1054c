import { addDays, type Day, startOf } from "@orwatch/domain/day";
import { niceAxis } from "../../../components/charts/usage-chart/geometry.ts";
import { labelAxis, YAxis } from "../../../components/charts/usage-chart/y-axis.tsx";
import type { CreditsHistory } from "../../../lib/api/trpc.ts";
import { useSize } from "../../../lib/browser/size.ts";
import { toDollars } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";

const HEIGHT = 160;
const PAD = { top: 10, right: 12, bottom: 24 };

interface Point {
  /** In the period, in milliseconds. */
  at: number;
  until: number;
  dollars: number;
  value: string;
}

/** Points of the line. What was reported before the period is taken to where the line crosses its start. */
function pointsOf({ items }: CreditsHistory, { start, isLeft }: { start: number; isLeft: boolean }): Point[] {
  const points = items.map(({ at, last_seen_at, remaining, used }): Point => {
    const value = (isLeft ? remaining : used) ?? used;
    return { at: Date.parse(at), until: Date.parse(last_seen_at), dollars: toDollars(value), value };
  });
  const [before, next] = points;
  if (before && before.at < start) {
    const part = next && before.until < start ? (start - before.until) / (next.at - before.until) : 0;
    before.dollars += part * ((next?.dollars ?? before.dollars) - before.dollars);
    before.at = start;
    before.until = Math.max(start, before.until);
  }
  return points;
}

/** Credits left, or used where it is not known what is left, as a line with a mark for each purchase. */
export function CreditsCurve({ credits, from, to }: { credits: CreditsHistory; from: Day; to: Day }) {
  const { reconciliation: t } = useTexts("reconciliation");
  const format = useFormat();
  const { element, width } = useSize();

  const isLeft = credits.items.every(({ remaining }) => remaining !== null);
  const [start, end] = [startOf(from).getTime(), startOf(addDays(to, 1)).getTime()];
  const points = pointsOf(credits, { start, isLeft });
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;

  const dollars = points.map((point) => point.dollars);
  const axis = niceAxis(Math.max(...dollars), Math.min(...dollars));
  const { labels, room: left } = labelAxis(axis, format.tick);
  const floor = HEIGHT - PAD.bottom;
  const x = (at: number) => left + ((at - start) / (end - start)) * Math.max(0, width - left - PAD.right);
  const y = (value: number) => floor - ((value - axis.bottom) / (axis.top - axis.bottom)) * (floor - PAD.top);
  const line = points
    .map((point, index) => {
      const { at, until } = point;
      const height = y(point.dollars).toFixed(1);
      return `${index === 0 ? "M" : "L"}${x(at).toFixed(1)} ${height}H${x(until).toFixed(1)}`;
    })
    .join("");
  const marks = credits.purchases.map(({ at }) => {
    const point = points.findLast((one) => one.at <= Date.parse(at)) ?? first;
    return { at, x: x(Date.parse(at)), y: y(point.dollars) };
  });
  const texts = {
    from: format.day(from),
    to: format.day(to),
    first: format.money(first.value),
    last: format.money(last.value),
  };
  return (
    <div ref={element} className="relative">
      <svg
        role="img"
        aria-label={isLeft ? t.credits.chartLeft(texts) : t.credits.chartUsed(texts)}
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        className="paint block text-caption print:h-auto print:max-w-full"
      >
        <YAxis axis={axis} labels={labels} y={y} from={left} to={width - PAD.right} />
        <text x={left} y={HEIGHT - 6} className="fill-muted">
          {texts.from}
        </text>
        <text x={width - PAD.right} y={HEIGHT - 6} textAnchor="end" className="fill-muted">
          {texts.to}
        </text>
        {marks.map((mark) => (
          <line
            key={mark.at}
            x1={mark.x}
            x2={mark.x}
            y1={PAD.top}
            y2={floor}
            stroke="var(--line-strong)"
            strokeDasharray="3 3"
          />
        ))}
        <path d={line} fill="none" className="stroke-accent" strokeWidth="1.75" strokeLinejoin="round" />
        <circle cx={x(last.until)} cy={y(last.dollars)} r="3" className="fill-accent" />
        {marks.map((mark) => (
          <circle
            key={mark.at}
            cx={mark.x}
            cy={mark.y}
            r="4"
            className="fill-accent"
            stroke="var(--surface)"
            strokeWidth="1.5"
          />
        ))}
      </svg>
      {first.at > start && (
        <p className="mt-1 text-caption text-muted">{t.credits.since({ at: format.instant(new Date(first.at)) })}</p>
      )}
    </div>
  );
}
