import type { Day } from "@orwatch/domain/day";
import { useState } from "react";
import { ErrorNotice } from "../../../components/error-notice.tsx";
import { type Columns, DataTable, sortedBy } from "../../../components/tables/table.tsx";
import { Panel } from "../../../components/ui/panel.tsx";
import { Count, Money, Slashed } from "../../../components/ui/values.tsx";
import { type Account, type ModelSpeed, trpc } from "../../../lib/api/trpc.ts";
import { parseMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";

/** Rows before "Show all". */
const FIRST = 10;
const LIMIT = 200;

interface SpeedTableProps {
  account: Account;
  range: { start_date: Day; end_date: Day };
}

/** Latency and throughput of each model at each provider. Empty while nothing is known. */
export function SpeedTable({ account, range }: SpeedTableProps) {
  const { common, breakdowns } = useTexts("breakdowns");
  const t = breakdowns.speed;
  const format = useFormat();
  const [isLong, setLong] = useState(false);
  const speed = trpc.breakdowns.speed.useQuery(
    { account_id: account.id, ...range, limit: LIMIT },
    { placeholderData: (last) => last },
  );
  if (speed.error) return <ErrorNotice error={speed.error} onRetry={() => void speed.refetch()} />;
  if (!speed.data) return <div role="status" aria-label={common.loading} className="skeleton h-64" />;
  const { items, total } = speed.data;
  if (items.length === 0)
    return account.breakdowns.performance ? null : <p className="text-caption text-muted">{t.off}</p>;

  const seconds = (ms: number | null) =>
    ms === null ? "–" : t.seconds({ seconds: format.number(ms / 1000, ms < 1000 ? 2 : 1) });
  const measured = (
    name: "latency_p50_ms" | "latency_p95_ms" | "throughput_p50" | "throughput_p95",
    say: (value: number | null) => string,
  ): Columns<ModelSpeed>[number] => ({
    id: name,
    header: t[name],
    ...sortedBy((row: ModelSpeed) => row[name]),
    cell: ({ row }) => say(row.original[name]),
    meta: {
      align: "right",
      ...(name.endsWith("p95") || name === "latency_p95_ms" ? { className: "max-md:hidden" } : {}),
    },
  });
  const columns: Columns<ModelSpeed> = [
    {
      id: "model",
      header: t.model,
      ...sortedBy(({ model }: ModelSpeed) => model, true),
      cell: ({ row: { original: row } }) => (
        <>
          <span title={row.model} className="max-sm:wrap-anywhere sm:block sm:truncate">
            <Slashed name={row.model} />
          </span>
          <span className="block text-caption text-muted sm:hidden">{row.provider}</span>
        </>
      ),
      meta: { isRowHead: true, className: "w-full max-w-0 px-4!" },
    },
    {
      id: "provider",
      header: t.provider,
      ...sortedBy(({ provider }: ModelSpeed) => provider, true),
      cell: ({ row }) => row.original.provider,
      meta: { className: "max-sm:hidden whitespace-nowrap" },
    },
    {
      id: "cost",
      header: t.cost,
      ...sortedBy(({ cost }: ModelSpeed) => parseMoney(cost)),
      cell: ({ row }) => <Money value={row.original.cost} />,
      meta: { align: "right", className: "max-sm:hidden" },
    },
    {
      id: "requests",
      header: t.requests,
      ...sortedBy(({ requests_count }: ModelSpeed) => requests_count),
      cell: ({ row }) => <Count value={row.original.requests_count} />,
      meta: { align: "right", className: "max-lg:hidden" },
    },
    measured("latency_p50_ms", seconds),
    measured("latency_p95_ms", seconds),
    measured("throughput_p50", (value) => format.number(value)),
    measured("throughput_p95", (value) => format.number(value)),
  ];
  return (
    <Panel title={t.title} aside={<span className="text-caption text-muted">{t.hint}</span>}>
      <DataTable
        label={t.title}
        columns={columns}
        rows={items}
        rowId={({ model, provider }) => `${model} ${provider}`}
        initialSort={{ column: "cost", descending: true }}
        {...(isLong ? {} : { max: FIRST })}
      />
      {total > items.length && isLong && (
        <p className="border-t border-line px-4 py-2.5 text-caption text-muted">
          {t.more({ shown: items.length, count: total })}
        </p>
      )}
      {items.length > FIRST && (
        <button
          type="button"
          onClick={() => setLong(!isLong)}
          className="min-h-10 w-full border-t border-line text-table font-medium text-accent hover:bg-sunken print:hidden"
        >
          {isLong ? breakdowns.showFewer : breakdowns.showAll({ count: items.length })}
        </button>
      )}
    </Panel>
  );
}
