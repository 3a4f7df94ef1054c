import { ArrowDown, ArrowRight, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { Count, Money } from "../../../components/ui/values.tsx";
import type { Dashboard } from "../../../lib/api/trpc.ts";
import { type Change, compare, parseMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts, type Words } from "../../../lib/i18n/i18n.ts";

const countChange = (current: number | null | undefined, previous: number | null | undefined): Change | null =>
  current === null || current === undefined || previous === null || previous === undefined
    ? null
    : compare({ current: BigInt(current), previous: BigInt(previous) });

const moneyChange = (current: string | null | undefined, previous: string | null | undefined): Change | null =>
  current === null || current === undefined || previous === null || previous === undefined
    ? null
    : compare({ current: parseMoney(current), previous: parseMoney(previous) });

/** Totals of the range of the chart, and their change since the range before, of complete days. */
export function RangeTotals({ dashboard }: { dashboard: Dashboard }) {
  const { summary, previous: whole, comparison, by_date } = dashboard;
  const t = useTexts("usage");
  const format = useFormat();
  const { current, previous } = comparison ?? { current: null, previous: null };
  const none = whole ? t.usage.cards.noComplete : t.usage.cards.noEarlier;
  const isKnown = by_date.some(({ cost }) => cost !== null);
  const hasByok = parseMoney(summary.byok_cost) !== 0n;
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-2 px-4 py-3 md:grid-cols-4">
      <Total
        label={t.usage.cards.cost}
        versus={
          <Versus
            none={none}
            change={moneyChange(current?.total_cost, previous?.total_cost)}
            before={previous && <Money value={previous.total_cost} />}
          />
        }
        more={
          hasByok && (
            <span title={t.usage.cards.byokLong({ amount: format.exactMoney(summary.byok_cost) })}>
              {t.usage.cards.byok({ amount: format.money(summary.byok_cost) })}
            </span>
          )
        }
      >
        <Money value={isKnown ? summary.total_cost : null} className={FIGURE} />
      </Total>
      <Total
        label={t.usage.cards.requests}
        versus={
          <Versus
            none={none}
            change={countChange(current?.total_requests, previous?.total_requests)}
            before={previous && <Count value={previous.total_requests} />}
          />
        }
        more={
          summary.avg_cost_per_request !== null && (
            <span title={format.exactMoney(summary.avg_cost_per_request)}>
              {t.usage.cards.perRequest({ amount: format.money(summary.avg_cost_per_request) })}
            </span>
          )
        }
      >
        <Count value={summary.total_requests} className={FIGURE} />
      </Total>
      <Total
        label={t.usage.cards.tokens}
        versus={
          <Versus
            none={none}
            change={countChange(current?.total_tokens_input, previous?.total_tokens_input)}
            before={previous && <Count value={previous.total_tokens_input} />}
            unit={t.usage.cards.tokensIn}
          />
        }
      >
        <span className="flex flex-wrap items-baseline gap-x-3">
          <span className="whitespace-nowrap">
            <Count value={summary.total_tokens_input} className={FIGURE} />{" "}
            <span className="text-muted">{t.usage.cards.tokensIn}</span>
          </span>
          <span className="whitespace-nowrap">
            <Count value={summary.total_tokens_output} className={FIGURE} />{" "}
            <span className="text-muted">{t.usage.cards.tokensOut}</span>
          </span>
        </span>
      </Total>
      <Total
        label={t.usage.cards.perMillion}
        versus={
          <Versus
            none={none}
            change={moneyChange(current?.cost_per_million_tokens, previous?.cost_per_million_tokens)}
            before={previous && <Money value={previous.cost_per_million_tokens} />}
          />
        }
      >
        <span title={t.usage.cards.perMillionLong}>
          <Money value={summary.cost_per_million_tokens} className={FIGURE} />
        </span>
      </Total>
      {comparison && <p className="col-span-full text-caption text-muted">{describeDays(comparison, { t, format })}</p>}
    </div>
  );
}

const FIGURE = "text-base font-semibold tabular-nums";

const describeDays = (
  comparison: NonNullable<Dashboard["comparison"]>,
  { t, format }: Pick<Words<"usage">, "t" | "format">,
): string =>
  t.usage.cards.compared({
    days: format.days(comparison.start_date, comparison.end_date),
    before: format.days(comparison.previous_start_date, comparison.previous_end_date),
  });

interface TotalProps {
  label: string;
  children: ReactNode;
  versus: ReactNode;
  more?: ReactNode;
}

function Total({ label, children, versus, more }: TotalProps) {
  return (
    <section aria-label={label} className="min-w-0">
      <h3 className="text-caption font-medium text-muted">{label}</h3>
      <div>{children}</div>
      <div className="min-h-8 text-caption text-muted">
        {versus}
        {more}
      </div>
    </section>
  );
}

interface VersusProps {
  change: Change | null;
  before: ReactNode;
  unit?: string;
  /** Shown if there is nothing to compare. */
  none: string;
}

/** Change from the previous period: arrow, percentage and previous value. */
function Versus({ change, before, unit, none }: VersusProps) {
  const t = useTexts("usage");
  const format = useFormat();
  if (!change) return <p>{none}</p>;
  const Arrow = change.direction === "up" ? ArrowUp : change.direction === "down" ? ArrowDown : ArrowRight;
  return (
    <p className="flex items-center gap-x-1 overflow-hidden">
      <span className="inline-flex items-center gap-0.5 font-medium text-ink">
        <Arrow aria-hidden className="size-3" strokeWidth={2.5} />
        <span className="sr-only">{t.usage.cards[change.direction]}</span> {format.percent(change.percent)}
      </span>{" "}
      <span className="whitespace-nowrap">
        {t.usage.cards.versus} {before}
        {unit && ` ${unit}`}
      </span>
    </p>
  );
}
