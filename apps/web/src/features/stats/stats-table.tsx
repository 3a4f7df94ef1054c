import { toDay } from "@orwatch/domain/day";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { barBehind, largestOf } from "../../components/charts/money-bar.ts";
import { SortHead, type SortState } from "../../components/ui/sort.tsx";
import { Count, Money, Slashed, useNow } from "../../components/ui/values.tsx";
import type { StatsRow, StatsTable } from "../../lib/api/trpc.ts";
import { parseMoney } from "../../lib/format/money.ts";
import { useFormat, useTexts, type Words } from "../../lib/i18n/i18n.ts";
import { type SortColumn, type StatsQuestion, type StatsSearch, timeOf } from "../../lib/search/stats-search.ts";
import { openTime, spanOf } from "./drill.ts";

/** `12 Nov`, `Week of 9 Nov`, `Nov 2026`. */
export function nameTime({ date, week, month }: StatsRow, { t, format }: Pick<Words<"stats">, "t" | "format">): string {
  if (date) return format.day(date);
  if (week) return t.stats.weekOf({ day: format.day(week) });
  return month ? format.month(month) : "";
}

const CELL = "px-3 py-1.5 sm:px-4";
/** Where names share a phone with the cost they are narrow and break, so that the cost is in sight. */
const NARROW = "max-sm:inline-block max-sm:whitespace-normal max-sm:wrap-anywhere";
const NUMBER = `${CELL} text-right tabular-nums whitespace-nowrap`;
const NUMBERS = [
  { column: "requests_count", label: "requests" },
  { column: "tokens_input", label: "tokensIn" },
  { column: "tokens_output", label: "tokensOut" },
] as const;

interface StatsTableViewProps {
  table: StatsTable;
  question: StatsQuestion;
  search: StatsSearch;
  sort: SortState<SortColumn>;
}

export function StatsTableView({ table, question, search, sort }: StatsTableViewProps) {
  const t = useTexts("stats");
  const groups = question.group_by;
  const time = timeOf(groups);
  const hasByok = parseMoney(table.sum.byok_cost) !== 0n;
  const largest = largestOf(table.rows);
  const region = useRef<HTMLElement>(null);
  const shown = JSON.stringify([question, search.page]);
  const label = t.stats.table({ groups: groups.map((group) => t.stats[group].toLowerCase()).join(", ") });

  // Other rows begin at their top; the router then brings back where one was, if one was there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whichever rows are shown
  useLayoutEffect(() => {
    region.current?.scrollTo(0, 0);
  }, [shown]);

  return (
    <section
      ref={region}
      data-scroll-restoration-id="statistics"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className="relative max-h-[70dvh] overflow-auto rounded-panel border border-line bg-surface"
    >
      <table className="w-full text-table">
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 z-10 bg-surface shadow-[inset_0_-1px_0_var(--line)]">
          <tr>
            {time && (
              <SortHead sort={sort} column="date" align="left" className="max-sm:px-3">
                {t.stats[time]}
              </SortHead>
            )}
            {(["key", "model"] as const).map(
              (group) =>
                groups.includes(group) && (
                  <SortHead key={group} sort={sort} column={group} align="left" className="max-sm:px-3">
                    {t.stats[group]}
                  </SortHead>
                ),
            )}
            <SortHead sort={sort} column="cost" className="max-sm:px-3">
              {t.stats.cost}
            </SortHead>
            {NUMBERS.map(({ column, label: name }) => (
              <SortHead key={column} sort={sort} column={column} className="max-sm:px-3">
                {t.stats[name]}
              </SortHead>
            ))}
            {hasByok && (
              <th scope="col" title={t.stats.byokHint} className={`${NUMBER} text-muted`}>
                {t.stats.byok}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <Row
              key={[row.date ?? row.week ?? row.month, row.api_key_id, row.model].join("|")}
              row={row}
              search={search}
              hasByok={hasByok}
              largest={largest}
            />
          ))}
        </tbody>
        <tfoot className="sticky bottom-0 bg-surface font-medium shadow-[inset_0_1px_0_var(--line)]">
          <tr>
            <th scope="row" colSpan={groups.length} className={`${CELL} text-left`}>
              {t.stats.sum({ count: table.total })}
            </th>
            <td className={NUMBER}>
              <Money value={table.sum.cost} />
            </td>
            {NUMBERS.map(({ column }) => (
              <td key={column} className={NUMBER}>
                <Count value={table.sum[column]} />
              </td>
            ))}
            {hasByok && (
              <td className={NUMBER}>
                <Money value={table.sum.byok_cost} />
              </td>
            )}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

interface RowProps {
  row: StatsRow;
  search: StatsSearch;
  hasByok: boolean;
  largest: bigint;
}

function Row({ row, search, hasByok, largest }: RowProps) {
  const t = useTexts("stats", "usage");
  const format = useFormat();
  const now = useNow();
  const today = toDay(now);
  const span = spanOf(row);
  const cells: { name: string; to: StatsSearch; more?: ReactNode }[] = [];
  if (span) {
    const isOpen = span.from <= today && today <= span.through;
    cells.push({
      name: nameTime(row, { t, format }),
      to: openTime(search, row, today),
      more: isOpen && <span className="ml-1 text-caption text-muted">{t.stats.soFar}</span>,
    });
  }
  if (row.api_key_id !== undefined)
    cells.push({
      name: row.api_key_name || `#${row.api_key_id}`,
      to: { ...search, api_key_id: [row.api_key_id], exclude_api_key_id: undefined, page: undefined },
    });
  if (row.model !== undefined)
    cells.push({
      name: row.model,
      to: { ...search, model: [row.model], exclude_model: undefined, page: undefined },
    });

  return (
    <tr className="hover:bg-sunken">
      {cells.map(({ name, to, more }, index) => {
        const link = (
          <span
            key={name}
            className={cells.length > 1 ? `${NARROW} ${index === 0 ? "max-sm:w-16" : "max-sm:w-24"}` : undefined}
          >
            <Link
              to="/stats"
              search={to}
              preload={false}
              activeOptions={{ exact: true }}
              title={t.stats.open({ name })}
              dir="auto"
              className="row-link inline-block max-w-full truncate align-bottom no-underline hover:underline max-sm:whitespace-normal"
            >
              <Slashed name={name} />
            </Link>{" "}
            {more}
          </span>
        );
        const look = "max-w-34 truncate px-3 py-0.5 text-left font-normal sm:max-w-72 sm:px-4";
        return index === 0 ? (
          <th key={name} scope="row" className={look}>
            {link}
          </th>
        ) : (
          <td key={name} className={look}>
            {link}
          </td>
        );
      })}
      <td className={`money-bar ${NUMBER}`} {...barBehind(row.cost, largest)}>
        <Money value={row.cost} />
      </td>
      {NUMBERS.map(({ column }) => (
        <td key={column} className={NUMBER}>
          <Count value={row[column]} />
        </td>
      ))}
      {hasByok && (
        <td className={`${NUMBER} text-muted`}>
          <Money value={row.byok_cost} />
        </td>
      )}
    </tr>
  );
}
