import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { type Grouping, groupsOf, type StatsSearch, TIMES, timeOf } from "../../lib/search/stats-search.ts";

const ITEM =
  "flex h-7 items-center gap-1.5 rounded-[5px] px-2.5 text-table whitespace-nowrap no-underline text-muted hover:text-ink aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-ink aria-[current]:shadow-sm";

/** Grouping of the rows: by a unit of time or none, by model, by key. At least one. */
export function GroupPicker({ search }: { search: StatsSearch }) {
  const t = useTexts("stats");
  const groups = groupsOf(search);
  const time = timeOf(groups);
  const others = groups.filter((group) => group === "model" || group === "key");
  const to = (group_by: Grouping[]) => ({ ...search, group_by, page: undefined });
  const common = { to: "/stats", preload: false, resetScroll: false, activeOptions: { exact: true } } as const;

  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-2 print:hidden">
      <legend className="float-left mr-1 text-table text-muted">{t.stats.rowsBy}</legend>
      <div className="flex flex-wrap items-center rounded-control bg-sunken p-1">
        {TIMES.map((unit) => (
          <Link
            key={unit}
            {...common}
            search={to([unit, ...others])}
            aria-current={unit === time ? "true" : undefined}
            className={ITEM}
          >
            {t.stats[unit]}
          </Link>
        ))}
        {/* A row of the whole range needs a model or a key to be a row of something. */}
        <Link
          {...common}
          search={to(others.length > 0 ? others : ["model"])}
          aria-current={time ? undefined : "true"}
          className={ITEM}
        >
          {t.stats.wholeRange}
        </Link>
      </div>
      <div className="flex items-center gap-1 rounded-control bg-sunken p-1">
        {(["model", "key"] as const).map((group) => {
          const isOn = groups.includes(group);
          const left = isOn ? groups.filter((other) => other !== group) : [...groups, group];
          return (
            <Link
              key={group}
              {...common}
              search={to(left.length > 0 ? left : ["day"])}
              aria-current={isOn ? "true" : undefined}
              className={ITEM}
            >
              <Check aria-hidden className={`size-3.5 ${isOn ? "text-accent" : "invisible"}`} />
              {t.stats[group]}
            </Link>
          );
        })}
      </div>
    </fieldset>
  );
}
