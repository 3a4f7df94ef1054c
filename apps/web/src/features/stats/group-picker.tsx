import { Check } from "lucide-react";
import { SegmentLinks } from "../../components/ui/segmented.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { type Grouping, groupsOf, type StatsSearch, TIMES, timeOf } from "../../lib/search/stats-search.ts";

/** Grouping of the rows: by a unit of time or none, by model, by key. At least one. */
export function GroupPicker({ search }: { search: StatsSearch }) {
  const t = useTexts("stats");
  const groups = groupsOf(search);
  const time = timeOf(groups);
  const others = groups.filter((group) => group === "model" || group === "key");
  const to = (group_by: Grouping[]) => ({ to: "/stats", search: { ...search, group_by, page: undefined } }) as const;

  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2 print:hidden">
      <span aria-hidden className="mr-1 text-table text-muted">
        {t.stats.rowsBy}
      </span>
      <SegmentLinks
        label={t.stats.rowsBy}
        segments={[
          ...TIMES.map((unit) => ({
            id: unit,
            label: t.stats[unit],
            ...to([unit, ...others]),
            isChosen: unit === time,
          })),
          {
            id: "range",
            label: t.stats.wholeRange,
            // A row of the whole range needs a model or a key to be a row of something.
            ...to(others.length > 0 ? others : ["model"]),
            isChosen: !time,
          },
        ]}
      />
      <SegmentLinks
        label={t.stats.rowsBy}
        segments={(["model", "key"] as const).map((group) => {
          const isChosen = groups.includes(group);
          const left = isChosen ? groups.filter((other) => other !== group) : [...groups, group];
          return {
            id: group,
            label: (
              <>
                <Check aria-hidden className={`size-3.5 ${isChosen ? "text-accent" : "invisible"}`} />
                {t.stats[group]}
              </>
            ),
            ...to(left.length > 0 ? left : ["day"]),
            isChosen,
          };
        })}
      />
    </div>
  );
}
