import { toDay } from "@orwatch/domain/day";
import { ArrowDown, ArrowRight, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { Sparkline } from "../../components/charts/sparkline.tsx";
import { Count, Money, useNow } from "../../components/ui/values.tsx";
import type { Dashboard } from "../../lib/api/trpc.ts";
import { type Change, compare, parseMoney, toDollars } from "../../lib/format/money.ts";
import { useFormat, useTexts, type Words } from "../../lib/i18n/i18n.ts";

const FIGURE = "text-[1.375rem] leading-8 wrap-anywhere sm:text-figure font-semibold tracking-tight tabular-nums";

const countChange = (current: number | null | undefined, previous: number | null | undefined): Change | null =>
  current === null || current === undefined || previous === null || previous === undefined
    ? null
    : compare({ current: BigInt(current), previous: BigInt(previous) });

export function StatCards({ dashboard: { summary, previous: whole, comparison, by_date } }: { dashboard: Dashboard }) {
  const t = useTexts("usage");
  const format = useFormat();
  const now = useNow();
  // Only complete days are compared.
  const { current, previous } = comparison ?? { current: null, previous: null };
  const compared = {
    days: comparison && comparison.end_date !== by_date.at(-1)?.date ? describeDays(comparison, { t, format }) : null,
    none: whole ? t.usage.cards.noComplete : t.usage.cards.noEarlier,
  };
  const today = by_date.find(({ date }) => date === toDay(now));
  const isKnown = by_date.some(({ cost }) => cost !== null);
  const hasByok = parseMoney(summary.byok_cost) !== 0n;
  const tokensChange = countChange(current?.total_tokens_input, previous?.total_tokens_input);
  return (
    <div className="@container">
      <div className="grid grid-cols-2 gap-3 sm:gap-4 @min-[61rem]:grid-cols-4">
        <Card
          label={t.usage.cards.cost}
          spark={<Sparkline values={by_date.map(({ cost }) => (cost === null ? null : toDollars(cost)))} />}
          note={
            <Versus
              {...compared}
              change={
                current &&
                previous &&
                compare({ current: parseMoney(current.total_cost), previous: parseMoney(previous.total_cost) })
              }
              before={previous && <Money value={previous.total_cost} />}
            />
          }
          more={
            <>
              {today?.cost && (
                <span title={format.exactMoney(today.cost)} className="block truncate">
                  {t.usage.cards.todaySoFar({ amount: format.money(today.cost) })}
                </span>
              )}
              {hasByok ? (
                <span title={t.usage.cards.byokLong({ amount: format.exactMoney(summary.byok_cost) })}>
                  {t.usage.cards.byok({ amount: format.money(summary.byok_cost) })}
                </span>
              ) : (
                summary.avg_cost_per_request !== null && (
                  <span title={format.exactMoney(summary.avg_cost_per_request)}>
                    {t.usage.cards.perRequest({ amount: format.money(summary.avg_cost_per_request) })}
                  </span>
                )
              )}
            </>
          }
        >
          <Money value={isKnown ? summary.total_cost : null} className={FIGURE} />
        </Card>
        <Card
          label={t.usage.cards.requests}
          spark={<Sparkline values={by_date.map(({ requests_count }) => requests_count)} />}
          note={
            <Versus
              {...compared}
              change={countChange(current?.total_requests, previous?.total_requests)}
              before={previous && <Count value={previous.total_requests} />}
            />
          }
          more={
            summary.avg_requests_per_day !== null &&
            t.usage.cards.perDay({ count: format.count(Math.round(summary.avg_requests_per_day)) })
          }
        >
          <Count value={summary.total_requests} className={FIGURE} />
        </Card>
        <Card
          label={t.usage.cards.tokens}
          note={
            <Versus
              {...compared}
              change={tokensChange}
              before={previous && <Count value={previous.total_tokens_input} />}
              unit={t.usage.cards.tokensIn}
            />
          }
          more={
            previous?.total_tokens_output != null &&
            `${t.usage.cards.versus} ${format.count(previous.total_tokens_output)} ${t.usage.cards.tokensOut}`
          }
        >
          <span className="flex flex-wrap items-baseline gap-x-4">
            <span className="whitespace-nowrap">
              <Count value={summary.total_tokens_input} className={FIGURE} />{" "}
              <span className="text-muted">{t.usage.cards.tokensIn}</span>
            </span>
            <span className="whitespace-nowrap">
              <Count
                value={summary.total_tokens_output}
                className="text-base font-semibold tracking-tight tabular-nums sm:text-title"
              />{" "}
              <span className="text-muted">{t.usage.cards.tokensOut}</span>
            </span>
          </span>
        </Card>
        <Card
          label={t.usage.cards.perMillion}
          note={
            <Versus
              {...compared}
              change={
                current &&
                current.cost_per_million_tokens !== null &&
                previous &&
                previous.cost_per_million_tokens !== null
                  ? compare({
                      current: parseMoney(current.cost_per_million_tokens),
                      previous: parseMoney(previous.cost_per_million_tokens),
                    })
                  : null
              }
              before={previous && <Money value={previous.cost_per_million_tokens} />}
            />
          }
          more={<span title={t.usage.cards.perMillionLong}>{t.usage.cards.perMillionNote}</span>}
        >
          <Money value={summary.cost_per_million_tokens} className={FIGURE} />
        </Card>
      </div>
    </div>
  );
}

const describeDays = (
  comparison: NonNullable<Dashboard["comparison"]>,
  { t, format }: Pick<Words<"usage">, "t" | "format">,
): string =>
  t.usage.cards.compared({
    days: format.days(comparison.start_date, comparison.end_date),
    before: format.days(comparison.previous_start_date, comparison.previous_end_date),
  });

interface CardProps {
  label: string;
  children: ReactNode;
  note: ReactNode;
  more?: ReactNode;
  spark?: ReactNode;
}

function Card({ label, children, note, more, spark }: CardProps) {
  return (
    <section
      aria-label={label}
      className="flex min-h-38 min-w-0 flex-col rounded-panel border border-line bg-surface p-3 sm:p-4"
    >
      <div className="flex h-5 items-center justify-between gap-3">
        <h2 className="text-table font-medium text-muted">{label}</h2>
        {spark}
      </div>
      <div className="mt-2">{children}</div>
      <div className="mt-auto pt-2 text-caption text-muted">
        {note}
        {more && <div className="wrap-anywhere sm:truncate">{more}</div>}
      </div>
    </section>
  );
}

interface VersusProps {
  change: Change | null;
  before: ReactNode;
  unit?: string;
  /** The compared days, if they differ from the range. */
  days: string | null;
  /** Shown if there is nothing to compare. */
  none: string;
}

/** Change from the previous period: arrow, percentage and previous value. */
function Versus({ change, before, unit, days, none }: VersusProps) {
  const t = useTexts("usage");
  const format = useFormat();
  if (!change) return <p>{none}</p>;
  const Arrow = change.direction === "up" ? ArrowUp : change.direction === "down" ? ArrowDown : ArrowRight;
  return (
    <p title={days ?? undefined} className="flex flex-wrap items-center gap-x-1">
      <span className="inline-flex items-center gap-0.5 font-medium text-ink">
        <Arrow aria-hidden className="size-3" strokeWidth={2.5} />
        <span className="sr-only">{t.usage.cards[change.direction]}</span> {format.percent(change.percent)}
      </span>{" "}
      <span className="whitespace-nowrap">
        {t.usage.cards.versus} {before}
        {unit && ` ${unit}`}
      </span>
      {days && <span className="whitespace-nowrap">({t.usage.cards.completeDays})</span>}
    </p>
  );
}
