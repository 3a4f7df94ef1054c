import { Link } from "@tanstack/react-router";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { type DashboardSearch, GROUPS, type Group } from "../../../lib/search/dashboard-search.ts";

const ITEM =
  "flex h-7 items-center rounded-[5px] px-2.5 text-table whitespace-nowrap no-underline text-muted hover:text-ink aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-ink aria-[current]:shadow-sm";
const COMMON = { to: "/dashboard", preload: false, resetScroll: false, activeOptions: { exact: true } } as const;

interface ChartSwitchProps {
  search: DashboardSearch;
  by: Group;
  canCompare: boolean;
}

/** Grouping of the chart, and whether to compare with the previous period. Both are in the URL. */
export function ChartSwitch({ search, by, canCompare }: ChartSwitchProps) {
  const t = useTexts("usage");
  return (
    <div className="flex items-center gap-2 print:hidden">
      <fieldset className="flex items-center rounded-control bg-sunken p-1">
        <legend className="sr-only">{t.usage.chart.by}</legend>
        {GROUPS.map((group) => (
          <Link
            key={group}
            {...COMMON}
            search={{ ...search, by: group === "model" ? undefined : group }}
            aria-current={group === by ? "true" : undefined}
            className={ITEM}
          >
            {t.usage.chart.groups[group]}
          </Link>
        ))}
      </fieldset>
      {canCompare && (
        <div className="flex rounded-control bg-sunken p-1">
          <Link
            {...COMMON}
            search={{ ...search, compare: search.compare ? undefined : true }}
            aria-current={search.compare ? "true" : undefined}
            title={t.usage.chart.compareLong}
            className={ITEM}
          >
            {t.usage.chart.compare}
          </Link>
        </div>
      )}
    </div>
  );
}
