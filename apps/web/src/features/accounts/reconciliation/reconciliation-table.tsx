import { CircleCheck, CircleDashed, CircleHelp, Clock3, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { type Columns, DataTable } from "../../../components/tables/table.tsx";
import { Money } from "../../../components/ui/values.tsx";
import type { ReconciledDay } from "../../../lib/api/trpc.ts";
import { toMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { type Cause, type Result, resultOf, type Sum, sumDays } from "./sums.ts";

const TOP = "align-top";

/** The total of the account beside its keys, their counters and its credits, with every difference in words. */
export function ReconciliationTable({ days }: { days: readonly ReconciledDay[] }) {
  const { reconciliation: t } = useTexts("reconciliation");
  const format = useFormat();
  const sums = sumDays(days);
  const residuals = sums.residuals.map(({ cause, amount }) => ({ cause, amount: toMoney(amount) }));
  const columns: Columns<ReconciledDay> = [
    {
      id: "day",
      header: t.columns.day,
      cell: ({ row: { original: day } }) => (
        <>
          <span className="whitespace-nowrap">{format.day(day.date)}</span>
          <DayResult result={resultOf(day)} />
        </>
      ),
      footer: t.total({ days: days.length }),
      meta: { isRowHead: true, className: `${TOP}` },
    },
    {
      id: "total",
      header: () => <Head text={t.columns.total} hint={t.hints.total} />,
      cell: ({ row: { original: day } }) => <Known value={day.account_total} why={t.unread} />,
      footer: () => <SumOf sum={sums.total} days={days.length} />,
      meta: { align: "right", className: `${TOP} max-md:hidden` },
    },
    {
      id: "watched",
      header: () => <Head text={t.columns.watched} hint={t.hints.watched} />,
      cell: ({ row: { original: day } }) => <Money value={day.watched_total} />,
      footer: () => <SumOf sum={sums.watched} days={days.length} />,
      meta: { align: "right", className: `${TOP} max-md:hidden` },
    },
    {
      id: "rest",
      header: () => (
        <>
          <span className="md:hidden">{t.columns.amounts}</span>
          <span className="max-md:hidden" title={t.hints.rest}>
            {t.columns.rest}
          </span>
        </>
      ),
      cell: ({ row: { original: day } }) => (
        <>
          <div className="max-md:hidden">
            <Parts parts={day.residuals} />
          </div>
          <dl className="md:hidden">
            <Line label={t.columns.total} value={day.account_total} />
            <Line label={t.columns.watched} value={day.watched_total} />
            {day.residuals.map(({ cause, amount }) => (
              <Line key={cause} label={t.causes[cause]} value={amount} isWarning={cause === "unknown"} />
            ))}
            <Line label={t.columns.counters} value={day.counters_total}>
              <Differences day={day} other="counters_total" />
            </Line>
            <Line label={t.columns.credits} value={day.credits_change}>
              <Differences day={day} other="credits_change" />
            </Line>
          </dl>
        </>
      ),
      footer: () => (
        <>
          <div className="max-md:hidden">
            <Parts parts={residuals} />
          </div>
          <dl className="md:hidden">
            <Line label={t.columns.total} value={moneyOf(sums.total)} />
            <Line label={t.columns.watched} value={moneyOf(sums.watched)} />
            {residuals.map(({ cause, amount }) => (
              <Line key={cause} label={t.causes[cause]} value={amount} isWarning={cause === "unknown"} />
            ))}
          </dl>
        </>
      ),
      meta: { className: `${TOP} max-md:w-full` },
    },
    {
      id: "counters",
      header: () => <Head text={t.columns.counters} hint={t.hints.counters} />,
      cell: ({ row: { original: day } }) => (
        <>
          <Known value={day.counters_total} why={t.countersUnknown} />
          <Differences day={day} other="counters_total" />
        </>
      ),
      footer: () => <SumOf sum={sums.counters} days={days.length} />,
      meta: { align: "right", className: `${TOP} max-md:hidden` },
    },
    {
      id: "credits",
      header: () => <Head text={t.columns.credits} hint={t.hints.credits} />,
      cell: ({ row: { original: day } }) => (
        <>
          <Known value={day.credits_change} why={day.is_open ? t.creditsOpen : t.creditsUnknown} />
          <Differences day={day} other="credits_change" />
        </>
      ),
      footer: () => <SumOf sum={sums.credits} days={days.length} />,
      meta: { align: "right", className: `${TOP} max-md:hidden` },
    },
  ];
  return <DataTable label={t.table} columns={columns} rows={days} rowId={({ date }) => date} hasFoot region={{}} />;
}

const Head = ({ text, hint }: { text: string; hint: string }) => <span title={hint}>{text}</span>;

/** An amount, or that it is not known with the reason. */
function Known({ value, why }: { value: string | null; why: string }) {
  if (value !== null) return <Money value={value} />;
  return (
    <span data-exact="null" title={why} className="text-muted">
      –<span className="sr-only"> {why}</span>
    </span>
  );
}

const RESULTS: Record<Result, { Icon: typeof CircleCheck; ink: string }> = {
  matched: { Icon: CircleCheck, ink: "text-good" },
  explained: { Icon: CircleHelp, ink: "text-muted" },
  unexplained: { Icon: TriangleAlert, ink: "text-warn" },
  open: { Icon: Clock3, ink: "text-muted" },
  unread: { Icon: CircleDashed, ink: "text-muted" },
};

function DayResult({ result }: { result: Result }) {
  const { reconciliation: t } = useTexts("reconciliation");
  const { Icon, ink } = RESULTS[result];
  return (
    <span className={`flex items-center gap-1 text-caption whitespace-nowrap ${ink}`}>
      <Icon aria-hidden className="size-3 shrink-0" />
      {t.result[result]}
    </span>
  );
}

/** Amounts with their causes, one a line. */
function Parts({ parts }: { parts: { cause: Cause; amount: string }[] }) {
  const { reconciliation: t } = useTexts("reconciliation");
  return parts.map(({ cause, amount }) => (
    <span key={cause} className={`block ${cause === "unknown" ? "text-warn" : ""}`}>
      <Money value={amount} className="tabular-nums" /> <span className="text-muted">{t.causes[cause]}</span>
    </span>
  ));
}

function Differences({ day, other }: { day: ReconciledDay; other: "counters_total" | "credits_change" }) {
  const { reconciliation: t } = useTexts("reconciliation");
  const format = useFormat();
  return day.differences
    .filter(({ between }) => between[1] === other)
    .map(({ cause, amount }) => (
      <span
        key={cause}
        title={format.exactMoney(amount)}
        className={`block text-caption font-normal ${cause === "unexplained" ? "text-warn" : "text-muted"}`}
      >
        {t.difference({ amount: signed(format.money(amount)), cause: t.causes[cause] })}
      </span>
    ));
}

const signed = (amount: string) => (/^[-−]/.test(amount) ? amount : `+${amount}`);

interface LineProps {
  label: string;
  value: string | null;
  isWarning?: boolean;
  /** What is to say of the amount. */
  children?: ReactNode;
}

/** An amount with its name, on a narrow screen. */
function Line({ label, value, isWarning = false, children }: LineProps) {
  return (
    <div className="flex justify-between gap-x-3">
      <dt className={isWarning ? "text-warn" : "font-normal text-muted"}>{label}</dt>
      <dd className="text-right">
        <Money value={value} className="tabular-nums" />
        {children}
      </dd>
    </div>
  );
}

/** A total, and of how many days, where some are not known. */
function SumOf({ sum, days }: { sum: Sum; days: number }) {
  const { reconciliation: t } = useTexts("reconciliation");
  return (
    <>
      <Money value={moneyOf(sum)} />
      {sum.days < days && (
        <span className="block text-caption font-normal text-muted">{t.sumOf({ known: sum.days, days })}</span>
      )}
    </>
  );
}

const moneyOf = ({ amount }: Sum) => (amount === null ? null : toMoney(amount));
