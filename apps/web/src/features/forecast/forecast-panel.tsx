import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Pill, type PillTone } from "../../components/ui/pill.tsx";
import { Money } from "../../components/ui/values.tsx";
import { useKeyNames } from "../../lib/api/keys.ts";
import { type Forecast, trpc } from "../../lib/api/trpc.ts";
import { parseMoney } from "../../lib/format/money.ts";
import { useFormat, useTexts, type Words } from "../../lib/i18n/i18n.ts";
import { type AlertsSearch, toForecastInput } from "../../lib/search/alerts-search.ts";
import { ForecastRecord } from "./forecast-record.tsx";
import { MonthBar } from "./month-bar.tsx";

export function ForecastPanel({ search }: { search: AlertsSearch }) {
  const forecast = trpc.forecast.get.useQuery(toForecastInput(search));
  const { data } = forecast;
  return (
    <>
      <Subject search={search} />
      {forecast.error && <ErrorNotice error={forecast.error} onRetry={() => void forecast.refetch()} />}
      {data && (data.month ? <Month month={data.month} /> : <TooLittle forecast={data} />)}
      {data && (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Limits limits={data.limits} />
          <Credits credits={data.credits} />
        </div>
      )}
      {data && <ForecastRecord forecast={data} />}
    </>
  );
}

function Subject({ search }: { search: AlertsSearch }) {
  const t = useTexts("forecast");
  const navigate = useNavigate({ from: "/alerts" });
  const keys = useKeyNames();
  return (
    <div className="max-w-sm">
      <SelectField
        label={t.forecast.keys}
        options={[
          { value: "", label: t.forecast.allKeys },
          ...keys.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        value={search.key ? String(search.key) : ""}
        onValue={(value) =>
          void navigate({
            search: { part: "forecast", ...(value ? { key: Number(value) } : {}) },
            resetScroll: false,
          })
        }
      />
    </div>
  );
}

function TooLittle({ forecast: { days_known } }: { forecast: Forecast }) {
  const t = useTexts("forecast");
  return <EmptyState title={t.forecast.tooLittleTitle} body={t.forecast.tooLittle({ known: days_known })} />;
}

function Month({ month }: { month: NonNullable<Forecast["month"]> }) {
  const t = useTexts("forecast");
  const format = useFormat();
  const { spent, low, middle, high } = month;
  return (
    <Panel title={t.forecast.month({ month: format.month(month.start_date.slice(0, 7)) })}>
      <div className="flex flex-col gap-4 px-4 pb-5">
        <dl className="flex flex-wrap gap-x-10 gap-y-3">
          <div>
            <dt className="text-caption text-muted">{t.forecast.expected}</dt>
            <dd className="text-figure font-semibold tabular-nums">
              <Money value={middle} />
            </dd>
            <dd className="text-table text-muted">
              {t.forecast.between({ low: format.money(low), high: format.money(high) })}
            </dd>
          </div>
          <div>
            <dt className="text-caption text-muted">{t.forecast.spent}</dt>
            <dd className="text-figure font-semibold tabular-nums">
              <Money value={spent} />
            </dd>
          </div>
        </dl>
        <MonthBar spent={spent} low={low} middle={middle} high={high} />
      </div>
    </Panel>
  );
}

function List({ title, empty, children }: { title: string; empty: string | false; children: ReactNode }) {
  return (
    <Panel title={title}>
      {empty ? (
        <p className="px-4 pb-4 text-muted">{empty}</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">{children}</ul>
      )}
    </Panel>
  );
}

function Limits({ limits }: { limits: Forecast["limits"] }) {
  const t = useTexts("forecast");
  const format = useFormat();
  return (
    <List title={t.forecast.limits} empty={limits.length === 0 && t.forecast.noLimits}>
      {limits.map((limit) => (
        <li key={limit.api_key_id} className="flex flex-col gap-0.5 px-4 py-3">
          <Head name={limit.key_name} end={limit} window={limit.window} />
          <p className="text-table text-muted">
            {[
              limit.limit_remaining === null
                ? t.forecast.leftUnknown({ limit: format.money(limit.limit) })
                : describeRemaining(limit.limit_remaining, limit.limit, { t, format }),
              limit.resets_at ? t.forecast.resets({ when: format.instant(limit.resets_at) }) : t.forecast.noReset,
              limit.includes_byok && t.forecast.byok,
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
          {limit.next_window && (
            <p className="text-caption text-muted">{describeNextWindow(limit.next_window, { t, format })}</p>
          )}
        </li>
      ))}
    </List>
  );
}

function Credits({ credits }: { credits: Forecast["credits"] }) {
  const t = useTexts("forecast");
  const format = useFormat();
  return (
    <List title={t.forecast.credits} empty={credits.length === 0 && t.forecast.noCredits}>
      {credits.map((account) => (
        <li key={account.api_key_id} className="flex flex-col gap-0.5 px-4 py-3">
          <Head name={account.key_name} end={account} />
          <p className="text-table text-muted">
            {account.remaining === null
              ? t.forecast.neverBought
              : t.forecast.left({ amount: format.money(account.remaining) })}
          </p>
          <p className="text-caption text-muted">{t.forecast.creditsNote({ count: account.keys_watched })}</p>
        </li>
      ))}
    </List>
  );
}

type Wording = Pick<Words<"forecast">, "t" | "format">;

function describeRemaining(left: string, limit: string, { t, format }: Wording): string {
  const nanos = parseMoney(left);
  return nanos < 0n
    ? t.forecast.overBy({ amount: format.money(-nanos), limit: format.money(limit) })
    : t.forecast.leftOf({ left: format.money(nanos), limit: format.money(limit) });
}

function describeNextWindow(
  { start_date, end_date, runs_out_on }: NonNullable<Forecast["limits"][number]["next_window"]>,
  { t, format }: Wording,
): string {
  const on = format.day(runs_out_on);
  return start_date === end_date
    ? t.forecast.nextDay({ on })
    : t.forecast.nextWindow({ on, days: format.days(start_date, end_date) });
}

type End = Pick<Forecast["limits"][number], "verdict" | "runs_out_on" | "earliest_on" | "latest_on">;

const TONES: Record<End["verdict"], PillTone> = {
  used_up: "bad",
  runs_out: "warn",
  never: "good",
  not_within_a_year: "good",
  unknown: "quiet",
};

interface HeadProps {
  name: string;
  end: End;
  /** For a limit that resets: the days of the period. */
  window?: Forecast["limits"][number]["window"];
}

/** Name of the limit or credits, and when they run out. */
function Head({ name, end, window = null }: HeadProps) {
  const t = useTexts("forecast");
  const format = useFormat();
  const { verdict, runs_out_on, earliest_on, latest_on } = end;
  const said = verdict === "never" && window ? t.forecast.lasts : t.forecast.verdicts[verdict];
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h3 dir="auto" className="min-w-0 font-medium break-words">
          {name}
        </h3>
        <Pill tone={TONES[verdict]}>{typeof said === "string" ? said : said({ when: format.day(runs_out_on) })}</Pill>
      </div>
      {earliest_on && verdict !== "used_up" && earliest_on !== latest_on && (
        <p className="text-caption text-muted">
          {latest_on
            ? t.forecast.range({ from: format.day(earliest_on), to: format.day(latest_on) })
            : t.forecast.rangeOpen({ from: format.day(earliest_on) })}
        </p>
      )}
    </>
  );
}
