import { keepPreviousData, skipToken } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ban, ListFilter } from "lucide-react";
import { useState } from "react";
import { buttonClasses } from "../../../components/ui/button.tsx";
import { Popover } from "../../../components/ui/popover.tsx";
import { useKeyNames } from "../../../lib/api/keys.ts";
import { trpc } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { nameGroup, valueOfGroup } from "../model/groups.ts";
import { DIMENSIONS, type Dimension, type ExploreSearch, PARAMETER, rangeOfExplore } from "../search/explore-search.ts";
import { useGroupNames } from "../use-group-names.ts";

interface FilterMenuProps {
  search: ExploreSearch;
  today: string;
}

/** Values of all dimensions, found by typing, each to include or to exclude. */
export function FilterMenu({ search, today }: FilterMenuProps) {
  const t = useTexts("explore");
  return (
    <Popover
      label={t.explore.filter}
      panel="w-[calc(100vw-2rem)] sm:w-96"
      align="start"
      className={buttonClasses()}
      trigger={
        <>
          <ListFilter aria-hidden className="size-4 text-muted" />
          {t.explore.filter}
        </>
      }
    >
      {() => <Values search={search} today={today} />}
    </Popover>
  );
}

interface Found {
  dimension: Dimension;
  value: string | number;
  name: string;
}

/** Shown of each dimension until a name is typed. */
const FEW = 4;
const MANY = 30;
/** Dimensions whose values are asked for: keys are known already. */
const ASKED = DIMENSIONS.filter((name) => name !== "key");

function Values({ search, today }: FilterMenuProps) {
  const t = useTexts("explore", "usage");
  const [typed, setTyped] = useState("");
  const { items, isPending } = useValues(search, today);
  const query = typed.trim().toLowerCase();
  const found = items.filter(({ name }) => name.toLowerCase().includes(query));
  const most = query === "" ? FEW : MANY;
  return (
    <div className="flex flex-col gap-2">
      <input
        type="search"
        aria-label={t.explore.findValue}
        placeholder={t.explore.findValue}
        // biome-ignore lint/a11y/noAutofocus: the user has opened the panel
        autoFocus
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        className="h-9 w-full rounded-control border border-line-strong bg-surface px-3 placeholder:text-muted"
      />
      <div className="flex max-h-96 flex-col gap-2 overflow-y-auto">
        {isPending && <div role="status" aria-label={t.common.loading} className="h-40" />}
        {!isPending && found.length === 0 && <p className="p-2 text-muted">{t.usage.filters.noMatch}</p>}
        {DIMENSIONS.map((dimension) => {
          const own = found.filter((one) => one.dimension === dimension);
          if (own.length === 0) return null;
          return (
            <section key={dimension} aria-label={t.explore.dimensions[dimension]}>
              <h3 className="px-2 text-caption text-muted">{t.explore.dimensions[dimension]}</h3>
              <ul>
                {own.slice(0, most).map((one) => (
                  <ValueItem key={String(one.value)} search={search} found={one} />
                ))}
              </ul>
              {own.length > most && (
                <p className="px-2 text-caption text-muted">
                  {t.usage.filters.moreFound({ count: own.length - most })}
                </p>
              )}
            </section>
          );
        })}
      </div>
    </div>
  );
}

function ValueItem({ search, found: { dimension, value, name } }: { search: ExploreSearch; found: Found }) {
  const t = useTexts("explore");
  const { only, without } = toggles(search, dimension, value);
  const parameter = PARAMETER[dimension];
  const lists = search as Record<string, unknown[] | undefined>;
  const isOnly = lists[parameter]?.includes(value) ?? false;
  const isWithout = lists[`exclude_${parameter}`]?.includes(value) ?? false;
  const what = { dimension: t.explore.dimensions[dimension], name };
  const link = {
    to: "/explore",
    preload: false,
    resetScroll: false,
    activeProps: {},
    activeOptions: { exact: true },
  } as const;
  return (
    <li className="flex items-center gap-1">
      <Link
        {...link}
        search={only}
        aria-label={t.explore.only(what)}
        aria-current={isOnly ? "true" : undefined}
        className="flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-control px-2 text-table no-underline hover:bg-sunken aria-[current]:bg-accent-soft"
      >
        <span dir="auto" title={name} className={`truncate ${isWithout ? "text-muted line-through" : ""}`}>
          {name}
        </span>
      </Link>
      <Link
        {...link}
        search={without}
        aria-label={t.explore.without(what)}
        title={t.explore.without(what)}
        aria-current={isWithout ? "true" : undefined}
        className="flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken aria-[current]:bg-accent-soft aria-[current]:text-accent"
      >
        <Ban aria-hidden className="size-4" />
      </Link>
    </li>
  );
}

/** The searches that a value is included or excluded by, or no longer. */
function toggles(search: ExploreSearch, dimension: Dimension, value: string | number) {
  const name = PARAMETER[dimension];
  const lists = search as Record<string, unknown[] | undefined>;
  const toggle = (parameter: string, other: string): ExploreSearch => {
    const list = lists[parameter] ?? [];
    const next = list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
    const left = lists[other]?.filter((one) => one !== value);
    return {
      ...search,
      page: undefined,
      [parameter]: next.length > 0 ? next : undefined,
      [other]: left?.length ? left : undefined,
    };
  };
  return { only: toggle(name, `exclude_${name}`), without: toggle(`exclude_${name}`, name) };
}

/** Values with usage in the period, the most expensive first, and all keys. */
function useValues(search: ExploreSearch, today: string): { items: Found[]; isPending: boolean } {
  const range = rangeOfExplore(search, today);
  const names = useGroupNames();
  const keys = useKeyNames();
  const ask = (group_by: Dimension) =>
    // biome-ignore lint/correctness/useHookAtTopLevel: called for the same dimensions in the same order each time
    trpc.explore.get.useQuery(
      group_by === "key" ? skipToken : { ...range, group_by: [group_by], interval: "month", limit: 100 },
      { placeholderData: keepPreviousData, staleTime: 300_000 },
    );
  const answers = ASKED.map(ask);
  const items = answers.flatMap(({ data }, index) => {
    const dimension = ASKED[index] as Dimension;
    return (data?.groups ?? []).flatMap(({ key }) => {
      const value = valueOfGroup(key, dimension);
      return value === null ? [] : [{ dimension, value, name: nameGroup(key, dimension, names) }];
    });
  });
  const ofKeys = keys
    .filter(({ kind }) => kind !== "management")
    .map(({ id, name }): Found => ({ dimension: "key", value: id, name }));
  return { items: [...items, ...ofKeys], isPending: answers.every(({ isPending }) => isPending) };
}
