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
    <>
      <ViewSwitch search={search} />
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
    </>
  );
}

/** Cost by day of the range, or the running cost of the month. */
export function ViewSwitch({ search }: { search: DashboardSearch }) {
  const { usage: t } = useTexts("usage");
  return (
    <SegmentLinks
      label={t.chart.view}
      segments={[
        { id: "daily", label: t.chart.daily, search: { ...search, view: undefined }, isChosen: !search.view },
        {
          id: "month",
          label: t.chart.cumulative,
          search: { ...search, view: "month" },
          isChosen: search.view === "month",
        },
      ].map((segment) => ({ ...segment, to: "/dashboard" }))}
    />
  );
}
