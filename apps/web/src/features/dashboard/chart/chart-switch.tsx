import { SegmentLinks } from "../../../components/ui/segmented.tsx";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { type DashboardSearch, GROUPS, type Group } from "../../../lib/search/dashboard-search.ts";

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
      <SegmentLinks
        label={t.usage.chart.by}
        segments={GROUPS.map((group) => ({
          id: group,
          label: t.usage.chart.groups[group],
          to: "/dashboard",
          search: { ...search, by: group === "model" ? undefined : group },
          isChosen: group === by,
        }))}
      />
      {canCompare && (
        <SegmentLinks
          label={t.usage.chart.compareLong}
          segments={[
            {
              id: "compare",
              label: t.usage.chart.compare,
              title: t.usage.chart.compareLong,
              to: "/dashboard",
              search: { ...search, compare: search.compare ? undefined : true },
              isChosen: search.compare === true,
            },
          ]}
        />
      )}
    </div>
  );
}
