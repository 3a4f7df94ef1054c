import { Link, useSearch } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { KeyName } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { UsageSearch } from "../../lib/search/dashboard-search.ts";
import { unreadFilters } from "../../lib/search/unread-filters.ts";
import { useSeriesName } from "../charts/series-name.ts";
import { Notice } from "../ui/notice.tsx";

/** Toggles an item of a list; `undefined` for an empty list, which is removed from the URL. */
export function toggled<T>(list: T[] | undefined, item: T): T[] | undefined {
  const left = list?.includes(item) ? list.filter((other) => other !== item) : [...(list ?? []), item];
  return left.length > 0 ? left : undefined;
}

export function without<T>(list: T[] | undefined, item: T): T[] | undefined {
  const left = list?.filter((other) => other !== item);
  return left?.length ? left : undefined;
}

interface FilterChipsProps {
  to: "/dashboard";
  /** The search parameters, of which the others are kept. */
  search: UsageSearch;
  keys: KeyName[];
}

/** The active filters, each with a link to remove it. */
export function FilterChips({ to, search, keys }: FilterChipsProps) {
  const t = useTexts("usage");
  const nameOf = (id: number) => keys.find((key) => key.id === id)?.name ?? `#${id}`;
  const modelName = useSeriesName();
  const { api_key_id, exclude_api_key_id, model, exclude_model } = search;
  const chips = [
    ...(api_key_id ?? []).map((id) => ({
      label: t.usage.filters.key({ name: nameOf(id) }),
      left: { ...search, api_key_id: without(api_key_id, id) },
    })),
    ...(exclude_api_key_id ?? []).map((id) => ({
      label: t.usage.filters.notKey({ name: nameOf(id) }),
      left: { ...search, exclude_api_key_id: without(exclude_api_key_id, id) },
    })),
    ...(model ?? []).map((name) => ({
      label: t.usage.filters.model({ name: modelName(name) }),
      left: { ...search, model: without(model, name) },
    })),
    ...(exclude_model ?? []).map((name) => ({
      label: t.usage.filters.notModel({ name: modelName(name) }),
      left: { ...search, exclude_model: without(exclude_model, name) },
    })),
  ];
  const unread = unreadFilters(useSearch({ strict: false }));

  return (
    <>
      {unread.length > 0 && (
        <Notice tone="warn" role="status">
          {t.usage.filters.invalid({ names: unread.join(", ").slice(0, 200) })}
        </Notice>
      )}
      {chips.length > 0 && <ChipList to={to} chips={chips} />}
    </>
  );
}

function ChipList({ to, chips }: Pick<FilterChipsProps, "to"> & { chips: { label: string; left: UsageSearch }[] }) {
  const t = useTexts("usage");
  return (
    <ul aria-label={t.usage.filters.label} className="flex flex-wrap gap-2">
      {chips.map(({ label, left }) => (
        <li key={label} className="max-w-full">
          <Link
            to={to}
            search={left}
            preload={false}
            activeOptions={{ exact: true }}
            resetScroll={false}
            aria-label={t.usage.filters.remove({ filter: label })}
            className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-full bg-accent-soft px-3 text-table no-underline hover:underline"
          >
            <span dir="auto" title={label} className="truncate">
              {label}
            </span>
            <X aria-hidden className="size-3.5 shrink-0 print:hidden" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
