import { useNavigate, useSearch } from "@tanstack/react-router";
import { ChevronDown, KeyRound } from "lucide-react";
import { SearchableList } from "../../components/filters/searchable-list.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { Popover } from "../../components/ui/popover.tsx";
import type { KeyName } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { type DashboardSearch, dashboardSearch } from "../../lib/search/dashboard-search.ts";

/** Filter on keys. No selection means all keys. */
export function KeyFilter({ keys, selected = [] }: { keys: KeyName[]; selected: number[] | undefined }) {
  const t = useTexts("usage");
  const spenders = keys.filter(({ kind }) => kind !== "management");
  if (spenders.length < 2) return null;
  return (
    <Popover
      label={t.usage.filters.keys}
      panel="w-[calc(100vw-2rem)] sm:w-64"
      className={buttonClasses()}
      trigger={
        <>
          <KeyRound aria-hidden className="size-4 text-muted" />
          {selected.length === 0 ? t.usage.filters.allKeys : t.usage.filters.someKeys({ count: selected.length })}
          <ChevronDown aria-hidden className="size-4 text-muted" />
        </>
      }
    >
      {() => <KeyPicks keys={spenders} selected={selected} />}
    </Popover>
  );
}

/** The parsed search parameters, from which links are built. */
const useDashboardSearch = (): DashboardSearch => dashboardSearch.parse(useSearch({ from: "/_authed/dashboard" }));

interface KeyPicksProps {
  keys: KeyName[];
  selected: number[];
}

/** Panel of the filter with the keys to select. */
function KeyPicks({ keys, selected }: KeyPicksProps) {
  const t = useTexts("usage");
  const search = useDashboardSearch();
  const navigate = useNavigate({ from: "/dashboard" });

  function toggle(id: number) {
    const next = selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id];
    void navigate({
      search: { ...search, api_key_id: next.length > 0 ? next : undefined },
      resetScroll: false,
    });
  }

  return (
    <SearchableList legend={t.usage.filters.keys} items={keys}>
      {({ id, name }) => (
        <label key={id} className="flex min-h-8 items-center gap-2.5 rounded-control px-2 hover:bg-sunken">
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-accent"
            checked={selected.includes(id)}
            onChange={() => toggle(id)}
          />
          <span dir="auto" className="truncate" title={name}>
            {name}
          </span>
        </label>
      )}
    </SearchableList>
  );
}
