import { useMemo } from "react";
import { type Columns, DataTable, type SortState, sortedBy } from "../../components/tables/table.tsx";
import { Ago, Money } from "../../components/ui/values.tsx";
import type { Key, KeyList, KeyName } from "../../lib/api/trpc.ts";
import { useIsNarrow } from "../../lib/browser/size.ts";
import { parseMoney } from "../../lib/format/money.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { KeyColumn } from "../../lib/search/keys-search.ts";
import { KeyActions } from "./key-actions.tsx";
import { LimitCell, NameCell, SpentCell, StateCell, SyncedCell } from "./key-cells.tsx";

const MONEY = [
  { column: "usage_daily", label: "today", className: "@max-[56rem]:hidden" },
  { column: "usage_weekly", label: "week", className: "@max-[72rem]:hidden" },
  { column: "usage_monthly", label: "month", className: "" },
  { column: "usage", label: "allTime", className: "@max-[56rem]:hidden" },
] as const;
const TOP = "align-top px-2! first:pl-4!";

interface KeyTableProps {
  list: KeyList;
  /** Names of management keys. */
  managers: KeyName[];
  sort: SortState<KeyColumn>;
  onEdit: (key: Key) => void;
  onDelete: (key: Key) => void;
}

/** Table of keys. On phones, some values are below the name. */
export function KeyTable({ list, managers, sort, onEdit, onDelete }: KeyTableProps) {
  const { items: keys, total, sums } = list;
  const hasWorkspaces = new Set(keys.flatMap(({ workspace }) => workspace ?? [])).size > 1;
  const hasSources = keys.some(({ source }) => source === "discovered");
  const t = useTexts("keys");
  const isNarrow = useIsNarrow();
  const columns = useMemo((): Columns<Key> => {
    const text = (id: "workspace" | "source", cell: (key: Key) => string): Columns<Key>[number] => ({
      id,
      header: t.keys[id],
      cell: ({ row }) => (
        <span dir="auto" title={cell(row.original)} className="block max-w-32 truncate">
          {cell(row.original)}
        </span>
      ),
      meta: { className: `${TOP} @max-[68rem]:hidden` },
    });
    const status: Columns<Key>[number] = {
      id: "status",
      header: t.keys.status,
      cell: ({ row }) => <StateCell watched={row.original} />,
      meta: { className: `${TOP}` },
    };
    const remaining: Columns<Key>[number] = {
      id: "limit_remaining",
      header: t.keys.limit,
      ...sortedBy((key: Key) => nanos(key.credits ? key.credits.remaining : key.limit_remaining)),
      cell: ({ row }) => <LimitCell watched={row.original} />,
      meta: { className: `${TOP}` },
    };
    const times: Columns<Key> = [
      {
        id: "last_used_at",
        header: t.keys.lastUsed,
        ...sortedBy((key: Key) => key.last_used_at),
        // Its counters are read before its days: used, and when is not known yet.
        cell: ({ row: { original: key } }) =>
          key.last_used_at === null && nanos(key.usage) !== 0n ? "–" : <Ago instant={key.last_used_at} />,
        meta: { className: `${TOP} whitespace-nowrap @max-[50rem]:hidden` },
      },
      {
        id: "last_synced_at",
        header: t.keys.lastSynced,
        ...sortedBy((key: Key) => key.last_synced_at),
        cell: ({ row }) => <SyncedCell watched={row.original} />,
        meta: { className: `${TOP} @max-[72rem]:hidden` },
      },
    ];
    return [
      {
        id: "name",
        header: t.keys.name,
        ...sortedBy(({ name }: Key) => name, true),
        cell: ({ row: { original: key } }) => (
          <>
            <NameCell watched={key} managers={managers} />
            {isNarrow && (
              <div className="mt-1 flex flex-col gap-0.5">
                <StateCell watched={key} />
                <LimitCell watched={key} isOptional />
              </div>
            )}
          </>
        ),
        footer: t.keys.sum({ count: total }),
        meta: { isRowHead: true, className: `${TOP} w-full max-w-0 min-w-44` },
      },
      ...(hasWorkspaces && !isNarrow ? [text("workspace", ({ workspace }) => workspace ?? "–")] : []),
      ...(hasSources && !isNarrow ? [text("source", ({ source }) => t.keys.sources[source])] : []),
      ...(isNarrow ? [] : [status]),
      ...MONEY.filter(({ column }) => !isNarrow || column === "usage_monthly").map(
        ({ column, label, className }): Columns<Key>[number] => ({
          id: column,
          header: t.keys[label],
          ...sortedBy((key: Key) => nanos(key[column])),
          cell: ({ row: { original: key } }) => <SpentCell cost={key[column]} byok={key[`byok_${column}`]} />,
          footer: () => <Money value={sums[column]} />,
          meta: { align: "right", className: `${TOP} ${className}` },
        }),
      ),
      ...(isNarrow ? [] : [remaining, ...times]),
      {
        id: "actions",
        header: () => <span className="sr-only">{t.keys.actions}</span>,
        cell: ({ row: { original: key } }) => (
          <KeyActions watched={key} onEdit={() => onEdit(key)} onDelete={() => onDelete(key)} />
        ),
        meta: { className: `${TOP} sticky right-0 bg-inherit has-data-[state=open]:z-20` },
      },
    ];
  }, [total, sums, managers, isNarrow, hasWorkspaces, hasSources, t, onEdit, onDelete]);

  return (
    <div className={`@container ${isNarrow ? "rounded-panel border border-line bg-surface" : ""}`}>
      <DataTable
        label={t.keys.table}
        columns={columns}
        rows={keys}
        rowId={({ id }) => String(id)}
        rowClass={({ is_active }) => (is_active ? "bg-surface" : "bg-surface text-muted")}
        sort={sort as SortState<string>}
        hasFoot={total > 1}
        {...(isNarrow ? {} : { region: {} })}
      />
    </div>
  );
}

const nanos = (amount: string | null): bigint | null => (amount === null ? null : parseMoney(amount));
