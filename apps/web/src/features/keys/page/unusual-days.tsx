import { toDay } from "@orwatch/domain/day";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { useNow } from "../../../components/ui/values.tsx";
import type { Dashboard, KeyPageData } from "../../../lib/api/trpc.ts";
import { parseMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";

interface UnusualDaysProps {
  page: KeyPageData;
  usage: Dashboard;
}

/** Days that cost much more than usual, with the model that cost most and a link to the day. */
export function UnusualDays({ page: { key, unusual_days: days }, usage }: UnusualDaysProps) {
  const { key: t } = useTexts("key");
  const format = useFormat();
  const today = toDay(useNow());
  const id = useId();
  if (days.length === 0) return null;
  return (
    <div className="border-t border-line px-4 py-2.5 text-table">
      <h3 id={id} className="text-caption font-medium text-muted">
        {t.unusual.title}
      </h3>
      <ul aria-labelledby={id} className="mt-1 flex flex-col gap-1">
        {days.map(({ date, cost, usual }) => {
          const say = date === today ? t.unusual.soFar : t.unusual.usually;
          const top = topModel(usage, date);
          return (
            <li key={date} className="flex flex-wrap gap-x-2">
              <Link
                to="/dashboard"
                search={{ api_key_id: [key.id], start_date: date, end_date: date }}
                preload={false}
                className="row-link -my-1 font-medium text-accent no-underline hover:underline"
              >
                {format.day(date)}
              </Link>
              <span title={format.exactMoney(cost)}>
                {say({ cost: format.money(cost), usual: format.money(usual), weekday: format.weekday(date) })}
              </span>
              {top && (
                <span className="min-w-0 text-muted wrap-anywhere" title={format.exactMoney(top.cost)}>
                  {t.unusual.mostly({ model: top.model, cost: format.money(top.cost) })}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The model that cost most on a day, if it made up most of the cost. */
function topModel({ by_date }: Dashboard, date: string) {
  const day = by_date.find((one) => one.date === date);
  const [first, ...others] = day?.by_model ?? [];
  if (!day || day.cost === null || !first) return null;
  const top = others.reduce((most, one) => (parseMoney(one.cost) > parseMoney(most.cost) ? one : most), first);
  return parseMoney(top.cost) * 2n > parseMoney(day.cost) ? top : null;
}
