import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ErrorNotice } from "../../components/error-page.tsx";
import { SelectField } from "../../components/ui/more-fields.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Money, useNow } from "../../components/ui/values.tsx";
import { type AlertsSearch, toForecastInput } from "../../lib/alerts-search.ts";
import { formatDay, formatInstant, formatMoney, formatMonth } from "../../lib/format.ts";
import { parseMoney, toMoney } from "../../lib/money.ts";
import { text } from "../../lib/text/forecast.ts";
import { useTimeZone } from "../../lib/time-zone.ts";
import { type Forecast, trpc } from "../../lib/trpc.ts";
import { useKeyNames } from "../usage/use-key-names.ts";
import { ForecastRecord } from "./forecast-record.tsx";
import { MonthBar } from "./month-bar.tsx";
import { Nothing } from "./nothing.tsx";
import { Pill, type PillTone } from "./pill.tsx";

const words = text.forecast;

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
  const navigate = useNavigate({ from: "/alerts" });
  const keys = useKeyNames();
  return (
    <div className="max-w-sm">
      <SelectField
        label={words.of}
        options={[
          { value: "", label: words.allKeys },
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

const TooLittle = ({ forecast: { days_known } }: { forecast: Forecast }) => (
  <Nothing title={words.tooLittleTitle} body={words.tooLittle(days_known)} />
);

function Month({ month }: { month: NonNullable<Forecast["month"]> }) {
  const { spent, low, middle, high } = month;
  return (
    <Panel title={words.month(formatMonth(month.start_date.slice(0, 7)))}>
      <div className="flex flex-col gap-4 px-4 pb-5">
        <dl className="flex flex-wrap gap-x-10 gap-y-3">
          <div>
            <dt className="text-caption text-muted">{words.expected}</dt>
            <dd className="text-figure font-semibold tabular-nums">
              <Money value={middle} />
            </dd>
            <dd className="text-table text-muted">{words.between(formatMoney(low), formatMoney(high))}</dd>
          </div>
          <div>
            <dt className="text-caption text-muted">{words.spent}</dt>
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
  const now = useNow();
  const zone = useTimeZone();
  return (
    <List title={words.limits} empty={limits.length === 0 && words.noLimits}>
      {limits.map((limit) => (
        <li key={limit.api_key_id} className="flex flex-col gap-0.5 px-4 py-3">
          <Head name={limit.key_name} end={limit} window={limit.window} />
          <p className="text-table text-muted">
            {[
              limit.limit_remaining === null
                ? words.leftUnknown(formatMoney(limit.limit))
                : remaining(limit.limit_remaining, limit.limit),
              limit.resets_at ? words.resets(formatInstant(limit.resets_at, now, zone)) : words.noReset,
              limit.includes_byok && words.byok,
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
          {limit.next_window && (
            <p className="text-caption text-muted">
              {words.nextWindow(
                formatDay(limit.next_window.start_date, now),
                formatDay(limit.next_window.end_date, now),
                formatDay(limit.next_window.runs_out_on, now),
              )}
            </p>
          )}
        </li>
      ))}
    </List>
  );
}

function Credits({ credits }: { credits: Forecast["credits"] }) {
  return (
    <List title={words.credits} empty={credits.length === 0 && words.noCredits}>
      {credits.map((account) => (
        <li key={account.api_key_id} className="flex flex-col gap-0.5 px-4 py-3">
          <Head name={account.key_name} end={account} />
          <p className="text-table text-muted">
            {account.remaining === null ? words.neverBought : words.left(formatMoney(account.remaining))}
          </p>
          <p className="text-caption text-muted">{words.creditsNote(account.keys_watched)}</p>
        </li>
      ))}
    </List>
  );
}

function remaining(left: string, limit: string): string {
  const nanos = parseMoney(left);
  return nanos < 0n
    ? words.overBy(formatMoney(toMoney(-nanos)), formatMoney(limit))
    : words.leftOf(formatMoney(left), formatMoney(limit));
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
  /** Of a limit that resets: the days that are spoken of. */
  window?: Forecast["limits"][number]["window"];
}

/** Whose end it is, and when that comes. */
function Head({ name, end, window = null }: HeadProps) {
  const now = useNow();
  const { verdict, runs_out_on, earliest_on, latest_on } = end;
  const said = verdict === "never" && window ? words.lasts : words.verdicts[verdict];
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h3 dir="auto" className="min-w-0 font-medium break-words">
          {name}
        </h3>
        <Pill tone={TONES[verdict]}>
          {typeof said === "string" ? said : said(runs_out_on ? formatDay(runs_out_on, now) : "")}
        </Pill>
      </div>
      {earliest_on && verdict !== "used_up" && earliest_on !== latest_on && (
        <p className="text-caption text-muted">
          {latest_on
            ? words.range(formatDay(earliest_on, now), formatDay(latest_on, now))
            : words.rangeOpen(formatDay(earliest_on, now))}
        </p>
      )}
    </>
  );
}
