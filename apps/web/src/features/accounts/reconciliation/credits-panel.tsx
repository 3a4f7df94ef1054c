import type { Day } from "@orwatch/domain/day";
import { Panel } from "../../../components/ui/panel.tsx";
import type { CreditsHistory } from "../../../lib/api/trpc.ts";
import { parseMoney, toMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { CreditsCurve } from "./credits-curve.tsx";

/** Purchases that are listed: the latest. */
const SHOWN_PURCHASES = 6;

/** Credits of the account over the period, its purchases, and when they run out. */
export function CreditsPanel({
  credits,
  start_date: from,
  end_date: to,
}: {
  credits: CreditsHistory;
  start_date: Day;
  end_date: Day;
}) {
  const { reconciliation: t } = useTexts("reconciliation");
  const format = useFormat();
  const { items, purchases, remaining_unknown: unknown, run_out_date: runOut } = credits;
  const last = items.at(-1);
  const listed = purchases.slice(-SHOWN_PURCHASES).reverse();
  return (
    <Panel title={t.credits.title}>
      <div className="border-t border-line p-4">
        {last && (
          <p className="mb-3 flex flex-wrap items-baseline gap-x-3">
            <span
              className="text-[1.25rem] leading-7 font-semibold tabular-nums"
              title={format.exactMoney(last.remaining ?? last.used)}
            >
              {last.remaining === null
                ? t.credits.used({ amount: format.money(last.used) })
                : t.credits.left({ amount: format.money(last.remaining) })}
            </span>
            {unknown === null && (
              <span className="text-muted">
                {runOut ? t.credits.runOut({ day: format.day(runOut) }) : t.credits.noRunOut}
              </span>
            )}
          </p>
        )}
        {unknown !== null && (
          <p className="max-w-prose text-muted">
            {unknown === "never_bought" ? t.credits.neverBought : t.credits.notReported}
          </p>
        )}
        <CreditsCurve credits={credits} from={from} to={to} />
        {listed.length > 0 && (
          <div className="mt-3 text-caption">
            <h3 className="font-medium">{t.credits.purchases}</h3>
            <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-muted">
              {listed.map(({ at, amount }) => {
                const isTaken = parseMoney(amount) < 0n;
                const text = format.money(isTaken ? toMoney(-parseMoney(amount)) : amount);
                const parts = { amount: text, at: format.instant(at) };
                return <li key={at}>{isTaken ? t.credits.taken(parts) : t.credits.purchase(parts)}</li>;
              })}
              {purchases.length > listed.length && (
                <li>{t.credits.more({ count: purchases.length - listed.length })}</li>
              )}
            </ul>
          </div>
        )}
      </div>
    </Panel>
  );
}
