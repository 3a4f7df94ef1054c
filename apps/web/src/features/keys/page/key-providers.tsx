import { type Columns, DataTable, sortedBy } from "../../../components/tables/table.tsx";
import { Panel } from "../../../components/ui/panel.tsx";
import { Count, Money } from "../../../components/ui/values.tsx";
import type { KeyPageData } from "../../../lib/api/trpc.ts";
import { parseMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { ArchiveEmpty } from "./archive-empty.tsx";

type Row = Pick<KeyPageData["providers"]["items"][number], "cost" | "requests_count" | "latency_p50_ms"> & {
  id: string;
  name: string;
  /** Whether it is a provider, and not a sum of others or of what is unknown. */
  isOne: boolean;
};

/** Cost, latency and requests by provider, most expensive first. */
export function KeyProviders({ page }: { page: KeyPageData }) {
  const t = useTexts("key");
  const format = useFormat();
  const words = t.key.providers;
  const { items, others, total, since } = page.providers;
  const known = items.filter(({ value }) => value !== null);
  if (known.length === 0)
    return (
      <Panel title={words.title}>
        <ArchiveEmpty
          page={page}
          title={words.emptyTitle}
          body={since === null ? words.empty : words.emptySince({ day: format.day(since) })}
          isCollected={page.account?.collects_providers ?? true}
        />
      </Panel>
    );
  const rest = items.find(({ value }) => value === null);
  const rows: Row[] = [
    ...known.map(({ value, ...sums }) => ({ ...sums, id: `:${value}`, name: value ?? "", isOne: true })),
    ...(others
      ? [{ ...others, id: "others", name: words.others({ count: others.values }), latency_p50_ms: null, isOne: false }]
      : []),
    ...(rest ? [{ ...rest, id: "unknown", name: words.unknown, isOne: false }] : []),
  ];
  const columns: Columns<Row> = [
    {
      id: "name",
      header: words.provider,
      ...sortedBy(({ name }: Row) => name, true),
      cell: ({ row: { original: row } }) => (
        <span
          dir="auto"
          title={row.name}
          className={`max-sm:line-clamp-2 max-sm:wrap-anywhere sm:block sm:truncate ${row.isOne ? "" : "text-muted"}`}
        >
          {row.name}
        </span>
      ),
      footer: t.common.total,
      meta: { isRowHead: true, className: "px-4! w-full max-w-0" },
    },
    {
      id: "cost",
      header: words.cost,
      ...sortedBy(({ cost }: Row) => parseMoney(cost)),
      cell: ({ row }) => <Money value={row.original.cost} />,
      footer: () => <Money value={total.cost} />,
      meta: { align: "right", className: "whitespace-nowrap max-sm:pl-0!" },
    },
    {
      id: "latency",
      header: words.latency,
      ...sortedBy(({ latency_p50_ms }: Row) => latency_p50_ms),
      cell: ({ row }) => sayLatency(row.original.latency_p50_ms),
      meta: { align: "right", className: "whitespace-nowrap max-sm:pl-0!" },
    },
    {
      id: "requests",
      header: words.requests,
      ...sortedBy(({ requests_count }: Row) => requests_count),
      cell: ({ row }) => <Count value={row.original.requests_count} />,
      footer: () => <Count value={total.requests_count} />,
      meta: { align: "right", className: "whitespace-nowrap max-sm:pl-0!" },
    },
  ];

  function sayLatency(ms: number | null): string {
    return ms === null ? "–" : words.seconds({ seconds: format.number(ms / 1000, ms < 1000 ? 2 : 1) });
  }

  return (
    <Panel title={words.title}>
      <DataTable
        label={words.title}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        initialSort={{ column: "cost", descending: true }}
        hasFoot
      />
      {rest && since && (
        <p className="border-t border-line px-4 py-2.5 text-caption text-muted">
          {words.since({ day: format.day(since) })}
        </p>
      )}
    </Panel>
  );
}
