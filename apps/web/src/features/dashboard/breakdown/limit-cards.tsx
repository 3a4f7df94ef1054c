import { nextReset, toDay } from "@orwatch/domain/day";
import { keepPreviousData } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, TriangleAlert } from "lucide-react";
import { Panel } from "../../../components/ui/panel.tsx";
import { Money, useNow } from "../../../components/ui/values.tsx";
import { FIRST_SYNC_POLL_MS } from "../../../lib/api/keys.ts";
import { type KeyLimit, trpc } from "../../../lib/api/trpc.ts";
import { parseMoney, percentOf } from "../../../lib/format/money.ts";
import { useFormat, useTexts, type Words } from "../../../lib/i18n/i18n.ts";
import { type DashboardSearch, keyFiltersOf } from "../../../lib/search/dashboard-search.ts";

/** Below this percentage, a warning is shown. */
const LOW = 20;

interface LimitCardsProps {
  /** Filters on keys also apply here. */
  search: DashboardSearch;
  /** True while first syncs are running. */
  isWaiting: boolean;
}

/** Remaining budget by key, lowest first. */
export function LimitCards({ search, isWaiting }: LimitCardsProps) {
  const t = useTexts("usage");
  const format = useFormat();
  const now = useNow();
  const { data } = trpc.keys.limits.useQuery(keyFiltersOf(search), {
    placeholderData: keepPreviousData,
    refetchInterval: isWaiting ? FIRST_SYNC_POLL_MS : false,
  });
  if (!data || data.items.length === 0) return null;
  const more = data.total - data.items.length;

  return (
    <Panel
      title={t.usage.limits.title}
      aside={
        <Link
          to="/keys"
          className="inline-flex min-h-8 items-center gap-1 text-table font-medium text-accent print:hidden"
        >
          {t.common.nav.keys}
          <ArrowRight aria-hidden className="size-3.5" />
        </Link>
      }
    >
      <ul className="grid gap-3 px-4 pt-1 pb-4 sm:grid-cols-[repeat(auto-fill,minmax(17rem,1fr))]">
        {data.items.map((key) => (
          <li key={key.id} className="min-w-0 rounded-panel border border-line p-3 text-table">
            <div className="flex items-baseline justify-between gap-3">
              <Link
                to="/dashboard"
                search={(was) => ({ ...was, api_key_id: [key.id], exclude_api_key_id: undefined })}
                preload={false}
                dir="auto"
                title={key.name}
                className="row-link -my-1 min-w-0 truncate font-medium no-underline hover:underline pointer-coarse:my-0"
              >
                {key.name}
              </Link>
              <span className="shrink-0 text-caption text-muted">
                {t.usage.limits.today} <Money value={key.usage_daily} className="tabular-nums" />
                {key.byok_usage_daily !== null &&
                  parseMoney(key.byok_usage_daily) > 0n &&
                  ` ${t.usage.limits.byok({ amount: format.money(key.byok_usage_daily) })}`}
              </span>
            </div>
            <What limits={key} now={now} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="px-4 pb-4 text-caption text-muted">{t.usage.limits.more({ count: more })}</p>}
    </Panel>
  );
}

function What({ limits, now }: { limits: KeyLimit; now: Date }) {
  const t = useTexts("usage");
  const format = useFormat();
  const { limit, limit_remaining: remaining, include_byok_in_limit: countsByok, credits_remaining: credits } = limits;
  const reset = nextReset({ reset: limits.limit_reset, now });
  const left = limit === null || remaining === null ? null : percentOf(remaining, limit);
  return (
    <>
      <p
        className="mt-1 flex items-start gap-1.5"
        title={remaining === null ? undefined : format.exactMoney(remaining)}
      >
        {left !== null && left <= LOW && <Low />}
        {describeLimit(limits, { t, format })}
      </p>
      {left !== null && (
        <div
          aria-hidden
          className="mt-1.5 h-1.5 overflow-hidden rounded-full paint bg-sunken ring-1 ring-line forced-colors:outline"
        >
          <div className={`h-full ${left <= LOW ? "bg-warn" : "bg-accent"}`} style={{ width: `${left}%` }} />
        </div>
      )}
      <ul className="mt-1.5 flex flex-col text-caption text-muted">
        {left !== null && (
          <li>{reset ? t.usage.limits.resets({ day: format.day(toDay(reset)) }) : t.usage.limits.neverResets}</li>
        )}
        {left !== null && countsByok !== null && (
          <li>{countsByok ? t.usage.limits.byokCounts : t.usage.limits.byokFree}</li>
        )}
        <li className="flex items-start gap-1" title={credits === null ? undefined : format.exactMoney(credits)}>
          {credits !== null && parseMoney(credits) <= 0n && <Low />}
          {credits === null
            ? limits.is_free_tier
              ? t.usage.limits.neverBought
              : t.usage.limits.noCredits
            : describeCredits(credits, { t, format })}
        </li>
        {limits.first && <li className="font-medium text-ink">{t.usage.limits.first[limits.first]}</li>}
      </ul>
    </>
  );
}

const Low = () => <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0 text-warn" />;

type Wording = Pick<Words<"usage">, "t" | "format">;

function describeCredits(credits: string, { t, format }: Wording): string {
  const left = parseMoney(credits);
  return left < 0n
    ? t.usage.limits.overdrawn({ amount: format.money(-left) })
    : t.usage.limits.credits({ amount: format.money(left) });
}

function describeLimit({ has_limit, limit, limit_remaining: remaining }: KeyLimit, { t, format }: Wording): string {
  if (limit === null) return has_limit === false ? t.usage.limits.noLimit : t.usage.limits.limitUnknown;
  if (remaining === null) return t.usage.limits.remainingUnknown({ limit: format.money(limit) });
  const left = parseMoney(remaining);
  return left < 0n
    ? t.usage.limits.over({ amount: format.money(-left), limit: format.money(limit) })
    : t.usage.limits.left({ amount: format.money(left), limit: format.money(limit) });
}
