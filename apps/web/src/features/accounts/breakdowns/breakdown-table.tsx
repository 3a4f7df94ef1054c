import type { Day } from "@orwatch/domain/day";
import { barBehind, largestOf } from "../../../components/charts/money-bar.ts";
import { type Columns, DataTable, sortedBy } from "../../../components/tables/table.tsx";
import { Count, Money } from "../../../components/ui/values.tsx";
import type { Breakdown } from "../../../lib/api/trpc.ts";
import { parseMoney, percentOf, shareOf } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import type { ShownDimension } from "./dimensions.ts";

const FIRST_SORT = { column: "cost", descending: true };
const COUNTS = [
  { column: "requests_count", label: "requests", className: "max-sm:hidden" },
  { column: "tokens_input", label: "tokensInput", className: "max-md:hidden" },
  { column: "tokens_output", label: "tokensOutput", className: "max-md:hidden" },
] as const;

type Sums = Breakdown["total"];

/** A value, the usage without one, or the sum of the values beyond the limit. */
interface Row extends Sums {
  id: string;
  name: string | null;
  others?: number;
}

const rowsOf = ({ items, others }: Breakdown): Row[] => [
  ...items.map(({ value, ...sums }) => ({ ...sums, id: value === null ? "unknown" : `value ${value}`, name: value })),
  ...(others ? [{ ...others, id: "others", name: null, others: others.values }] : []),
];

interface BreakdownTableProps {
  breakdown: Breakdown;
  dimension: ShownDimension;
  /** First day of the range. */
  from: Day;
}

/** Usage by value. The total is that of the account, and the rows sum to it. */
export function BreakdownTable({ breakdown, dimension, from }: BreakdownTableProps) {
  const t = useTexts("breakdowns");
  const { columns: heads, tables, dimensions } = t.breakdowns;
  const format = useFormat();
  const { total, since } = breakdown;
  const rows = rowsOf(breakdown);
  const largest = largestOf(rows);
  const columns: Columns<Row> = [
    {
      id: "name",
      header: dimensions[dimension],
      ...sortedBy(({ name }: Row) => name, true),
      cell: ({ row: { original: row } }) => (
        <>
          <Name row={row} since={since !== null && since > from ? since : null} />
          <span className="block text-caption text-muted sm:hidden">
            {row.requests_count !== null && t.breakdowns.requests({ count: row.requests_count })}
          </span>
        </>
      ),
      footer: t.common.total,
      meta: { isRowHead: true, className: "w-full max-w-0" },
    },
    {
      id: "cost",
      header: heads.cost,
      ...sortedBy(({ cost }: Row) => parseMoney(cost)),
      cell: ({ row }) => <Money value={row.original.cost} />,
      footer: () => <Money value={total.cost} />,
      meta: {
        align: "right",
        className: "min-w-28 sm:min-w-34",
        cellProps: ({ cost }: Row) => ({ className: "money-bar", ...barBehind(cost, largest) }),
      },
    },
    {
      id: "share",
      header: heads.share,
      cell: ({ row }) => format.percent(shareOf(percentOf(row.original.cost, total.cost), total.cost)),
      footer: () => format.percent(shareOf(100, total.cost)),
      meta: { align: "right", className: "text-muted pl-2!" },
    },
    ...COUNTS.map(({ column, label, className }): Columns<Row>[number] => ({
      id: column,
      header: heads[label],
      ...sortedBy((row: Row) => row[column]),
      cell: ({ row }) => <Count value={row.original[column]} />,
      footer: () => <Count value={total[column]} />,
      meta: { align: "right", className },
    })),
  ];
  return (
    <DataTable
      label={tables[dimension]}
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      initialSort={FIRST_SORT}
      hasFoot
      region={{}}
    />
  );
}

/** Values are texts of other people: shown as they are, in one line. */
function Name({ row: { name, others }, since }: { row: Row; since: Day | null }) {
  const { breakdowns: t } = useTexts("breakdowns");
  const format = useFormat();
  if (others !== undefined) return <span className="text-muted">{t.others({ count: others })}</span>;
  if (name !== null)
    return (
      <span dir="auto" title={name} className="block truncate">
        {name}
      </span>
    );
  return (
    <>
      <span className="text-muted italic">{t.unknown}</span>
      <span className="block text-caption text-muted">
        {since === null ? t.unknownRest : t.unknownBefore({ since: format.day(since) })}
      </span>
    </>
  );
}
