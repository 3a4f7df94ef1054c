import { toDay } from "@orwatch/domain/day";
import { Link } from "@tanstack/react-router";
import { useLayoutEffect, useMemo, useRef } from "react";
import { barBehind, largestOf } from "../../../../components/charts/money-bar.ts";
import { useSeriesName } from "../../../../components/charts/series-name.ts";
import { type Columns, DataTable, type SortState } from "../../../../components/tables/table.tsx";
import { Detail, knownDetails } from "../../../../components/tables/usage-details.tsx";
import { Count, Money, Slashed, useNow } from "../../../../components/ui/values.tsx";
import type { StatsRow, StatsTable } from "../../../../lib/api/trpc.ts";
import { parseMoney } from "../../../../lib/format/money.ts";
import { useFormat, useTexts, type Words } from "../../../../lib/i18n/i18n.ts";
import { type SortColumn, type StatsQuestion, type StatsSearch, timeOf } from "../../../../lib/search/stats-search.ts";
import { type ExploreSearch, fromStats } from "../../search/explore-search.ts";
import { openTime, spanOf } from "./drill.ts";

/** `12 Nov`, `Week of 9 Nov`, `Nov 2026`. */
function nameTime({ date, week, month }: StatsRow, { t, format }: Pick<Words<"stats">, "t" | "format">): string {
  if (date) return format.day(date);
  if (week) return t.stats.weekOf({ day: format.day(week) });
  return month ? format.month(month) : "";
}

/** On phones, names are narrow and wrap, so that the cost is visible. */
const NARROW = "max-sm:inline-block max-sm:whitespace-normal max-sm:wrap-anywhere";
const NAME = "max-w-34 truncate sm:max-w-72";
const tight = () => ({ className: "py-0.5!" });
const NUMBERS = [
  { column: "requests_count", label: "requests" },
  { column: "tokens_input", label: "tokensIn" },
  { column: "tokens_output", label: "tokensOut" },
] as const;

/** The server sorts. A column needs a value, but it is not used. */
const bySort = (id: SortColumn) => ({ id, accessorFn: () => null });

interface RowsTableProps {
  table: StatsTable;
  question: StatsQuestion;
  search: StatsSearch;
  /** The page that the links of rows lead to. */
  page: ExploreSearch;
  sort: SortState<SortColumn>;
}

/** Usage rows with all their values. The server sorts them. */
export function RowsTable({ table, question, search, page, sort }: RowsTableProps) {
  const t = useTexts("stats", "usage");
  const format = useFormat();
  const nameOf = useSeriesName();
  const today = toDay(useNow());
  const groups = question.group_by;
  const time = timeOf(groups);
  const region = useRef<HTMLDivElement>(null);
  const shown = JSON.stringify([question, search.page]);
  const label = t.stats.table({ groups: groups.map((group) => t.stats[group].toLowerCase()).join(", ") });

  // Scrolls to the top for other rows. The router restores the scroll position when going back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whichever rows are shown
  useLayoutEffect(() => {
    region.current?.firstElementChild?.scrollTo(0, 0);
  }, [shown]);

  const columns = useMemo((): Columns<StatsRow> => {
    const largest = largestOf(table.rows);
    const hasByok = parseMoney(table.sum.byok_cost) !== 0n;
    const narrowed = { ...search, page: undefined };
    const isAlone = groups.length === 1;
    const named = (column: SortColumn, header: string, linkOf: (row: StatsRow) => Omit<NameLinkProps, "page">) => ({
      column,
      header,
      linkOf,
    });
    const names = [
      ...(time
        ? [
            named("date", t.stats[time], (row) => ({
              name: nameTime(row, { t, format }),
              to: openTime(search, row, today),
              isOpen: isOpen(row, today),
            })),
          ]
        : []),
      ...(groups.includes("key")
        ? [
            named("key", t.stats.key, ({ api_key_id: id = null, api_key_name, kind }) => ({
              name: kind ? t.usage.withoutKey[kind] : api_key_name || `#${id}`,
              // Usage without a key cannot be filtered by key.
              to: id === null ? narrowed : { ...narrowed, api_key_id: [id], exclude_api_key_id: undefined },
            })),
          ]
        : []),
      ...(groups.includes("model")
        ? [
            named("model", t.stats.model, ({ model = "" }) => ({
              name: nameOf(model),
              to: { ...narrowed, model: [model], exclude_model: undefined },
            })),
          ]
        : []),
    ];
    return [
      ...names.map(({ column, header, linkOf }, index): Columns<StatsRow>[number] => ({
        ...bySort(column),
        header,
        sortDescFirst: column === "date",
        cell: ({ row }) => (
          <span className={isAlone ? undefined : `${NARROW} ${index === 0 ? "max-sm:w-16" : "max-sm:w-24"}`}>
            <NameLink {...linkOf(row.original)} page={page} />
          </span>
        ),
        ...(index === 0 ? { footer: t.stats.sum({ count: table.total }) } : {}),
        meta: {
          className: NAME,
          cellProps: tight,
          isRowHead: index === 0,
          ...(index === 0 ? { footSpan: names.length } : {}),
        },
      })),
      {
        ...bySort("cost"),
        header: t.stats.cost,
        cell: ({ row }) => <Money value={row.original.cost} />,
        footer: () => <Money value={table.sum.cost} />,
        meta: {
          align: "right",
          cellProps: ({ cost }: StatsRow) => ({ className: "money-bar", ...barBehind(cost, largest) }),
        },
      },
      ...NUMBERS.map(({ column, label: name }): Columns<StatsRow>[number] => ({
        ...bySort(column),
        header: t.stats[name],
        cell: ({ row }) => <Count value={row.original[column]} />,
        footer: () => <Count value={table.sum[column]} />,
        meta: { align: "right" },
      })),
      ...(hasByok
        ? [
            {
              id: "byok",
              header: () => <span title={t.stats.byokHint}>{t.stats.byok}</span>,
              cell: ({ row }) => <Money value={row.original.byok_cost} />,
              footer: () => <Money value={table.sum.byok_cost} />,
              meta: { align: "right", className: "text-muted" },
            } satisfies Columns<StatsRow>[number],
          ]
        : []),
      ...knownDetails(table.sum).map((name): Columns<StatsRow>[number] => ({
        id: name,
        header: () => <span title={t.usage.details.hints[name]}>{t.usage.details.columns[name]}</span>,
        cell: ({ row }) => <Detail name={name} of={row.original} />,
        footer: () => <Detail name={name} of={table.sum} />,
        meta: { align: "right", className: "text-muted" },
      })),
    ];
  }, [table, groups, time, search, page, today, t, format, nameOf]);

  return (
    <div ref={region}>
      <DataTable
        label={label}
        columns={columns}
        rows={table.rows}
        rowId={(row) =>
          [row.date ?? row.week ?? row.month, row.api_key_id ?? row.kind, row.account_id, row.model].join("|")
        }
        sort={sort as SortState<string>}
        hasFoot
        region={{ "data-scroll-restoration-id": "statistics" } as object}
      />
    </div>
  );
}

function isOpen(row: StatsRow, today: string): boolean {
  const span = spanOf(row);
  return span !== null && span.from <= today && today <= span.through;
}

interface NameLinkProps {
  name: string;
  to: StatsSearch;
  page: ExploreSearch;
  /** True if the period has not ended. */
  isOpen?: boolean;
}

function NameLink({ name, to, page, isOpen = false }: NameLinkProps) {
  const t = useTexts("stats");
  return (
    <>
      <Link
        to="/explore"
        search={{ ...page, period: undefined, whole_range: undefined, interval: undefined, ...fromStats(to) }}
        preload={false}
        activeOptions={{ exact: true }}
        title={t.stats.open({ name })}
        dir="auto"
        className="row-link inline-block max-w-full truncate align-bottom no-underline hover:underline max-sm:whitespace-normal"
      >
        <Slashed name={name} />
      </Link>{" "}
      {isOpen && <span className="ml-1 text-caption text-muted">{t.stats.soFar}</span>}
    </>
  );
}
