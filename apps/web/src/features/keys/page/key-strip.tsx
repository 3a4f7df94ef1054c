import { nextReset, toDay } from "@orwatch/domain/day";
import { Link } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import { ChangeParts } from "../../../components/change-parts.tsx";
import { ruleName } from "../../../components/rules/describe-rule.ts";
import { Figure, Figures } from "../../../components/ui/figures.tsx";
import { Money, useNow } from "../../../components/ui/values.tsx";
import type { Dashboard, KeyPageData } from "../../../lib/api/trpc.ts";
import { compare, parseMoney, percentOf, toMoney } from "../../../lib/format/money.ts";
import { useFormat, useSay, useTexts } from "../../../lib/i18n/i18n.ts";

/** Below this percentage, a warning is shown. */
const LOW = 20;

/** Month, limit, cost per request and alerts of the key. */
export function KeyStrip({ page, usage }: { page: KeyPageData; usage: Dashboard }) {
  const t = useTexts("key");
  return (
    <Figures label={t.key.summary}>
      <Month month={page.month} />
      <Limit page={page} />
      <PerRequest summary={usage.summary} />
      <Alerts rules={page.rules} />
    </Figures>
  );
}

function Month({ month: { cost, comparison } }: { month: KeyPageData["month"] }) {
  const t = useTexts("key");
  const now = useNow();
  return (
    <Figure label={t.key.month.label} figure={<Money value={cost} />}>
      {comparison ? <Change comparison={comparison} /> : now.getUTCDate() === 1 ? t.key.month.first : t.key.month.none}
    </Figure>
  );
}

function Change({ comparison }: { comparison: NonNullable<KeyPageData["month"]["comparison"]> }) {
  const t = useTexts("key");
  const format = useFormat();
  const { current, previous, previous_start_date, previous_end_date, explanation } = comparison;
  const { direction, percent } = compare({ current: parseMoney(current), previous: parseMoney(previous) });
  return (
    <>
      {percent !== null && (
        <span title={format.exactMoney(current)} className="font-medium text-ink">
          {t.key.month.percent({ direction, percent: format.percent(percent) })}
        </span>
      )}{" "}
      <span title={format.exactMoney(previous)}>
        {t.key.month.versus({
          amount: format.money(previous),
          days: format.days(previous_start_date, previous_end_date),
        })}
      </span>
      {explanation && (
        <span className="block">
          <ChangeParts parts={explanation} />
        </span>
      )}
    </>
  );
}

function Limit({ page: { key, limit: forecast, credits } }: { page: KeyPageData }) {
  const t = useTexts("key");
  const format = useFormat();
  const now = useNow();
  const words = t.key.limit;
  const { limit, limit_remaining: remaining } = key;
  if (limit === null)
    return (
      <Figure label={words.label} figure={key.has_limit === false ? words.none : "–"}>
        {key.has_limit === false ? sayCredits(credits) : words.unknown}
      </Figure>
    );
  const left = remaining === null ? null : parseMoney(remaining);
  const percent = remaining === null ? null : percentOf(remaining, limit);
  const reset = nextReset({ reset: key.limit_reset, now });
  const isLow = percent !== null && percent < LOW;
  return (
    <Figure
      label={words.label}
      figure={
        left === null ? (
          "–"
        ) : (
          <span title={format.exactMoney(remaining)} data-exact={remaining}>
            {left < 0n
              ? words.over({ amount: format.money(toMoney(-left)) })
              : words.left({ amount: format.money(left) })}
          </span>
        )
      }
    >
      {percent !== null && (
        <span aria-hidden className="mb-1.5 block h-1.5 overflow-hidden rounded-full paint bg-sunken ring-1 ring-line">
          <span className={`block h-full ${isLow ? "bg-warn" : "bg-accent"}`} style={{ width: `${percent}%` }} />
        </span>
      )}
      <span className="block">
        {left === null ? words.leftUnknown({ limit: format.money(limit) }) : words.of({ limit: format.money(limit) })} ·{" "}
        {reset ? words.resets({ day: format.day(toDay(reset)) }) : words.neverResets}
      </span>
      <span className={`flex items-start gap-1 ${isRunningOut(forecast) ? "text-warn" : ""}`}>
        {isRunningOut(forecast) && <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />}
        {sayForecast(forecast)}
      </span>
    </Figure>
  );

  function sayForecast(found: KeyPageData["limit"]): string {
    switch (found?.verdict) {
      case "used_up":
        return words.usedUp;
      case "runs_out":
        return words.runsOut({ day: format.day(found.runs_out_on) });
      case "never":
        return found.window ? words.lasts : words.neverRunsOut;
      case "not_within_a_year":
        return words.neverRunsOut;
      default:
        return words.noForecast;
    }
  }

  function sayCredits(found: KeyPageData["credits"]): string {
    switch (found?.verdict) {
      case "used_up":
        return words.creditsUsedUp;
      case "runs_out":
        return words.creditsRunOut({ day: format.day(found.runs_out_on) });
      case "never":
      case "not_within_a_year":
        return words.creditsLast;
      default:
        return words.creditsUnknown;
    }
  }
}

const isRunningOut = (forecast: KeyPageData["limit"]): boolean =>
  forecast?.verdict === "runs_out" || forecast?.verdict === "used_up";

function PerRequest({ summary }: { summary: Dashboard["summary"] }) {
  const t = useTexts("key");
  const format = useFormat();
  const { total_requests: requests, total_tokens_input: input, total_tokens_output: output } = summary;
  return (
    <Figure label={t.key.perRequest.label} figure={<Money value={summary.avg_cost_per_request} />}>
      {requests === null
        ? t.key.perRequest.unknown
        : requests === 0
          ? t.key.perRequest.nothing
          : `${t.key.perRequest.tokens({ input: format.count(input), output: format.count(output) })} ${t.key.range}`}
    </Figure>
  );
}

function Alerts({ rules }: { rules: KeyPageData["rules"] }) {
  const t = useTexts("key");
  const say = useSay();
  const firing = rules.filter(({ is_active, is_firing }) => is_active && is_firing);
  const [first] = firing;
  return (
    <Figure label={t.key.alerts.label} figure={t.key.alerts.firing({ count: firing.length })}>
      {first ? (
        <Link
          to="/alerts"
          search={{}}
          preload={false}
          dir="auto"
          className="row-link -my-1 inline-flex items-start gap-1 text-warn no-underline wrap-anywhere hover:underline"
        >
          <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {ruleName(first, say)}
          {firing.length > 1 && ` ${t.key.alerts.more({ count: firing.length - 1 })}`}
        </Link>
      ) : (
        t.key.alerts.rules({ count: rules.length })
      )}
    </Figure>
  );
}
