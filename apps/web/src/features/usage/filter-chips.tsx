import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { DashboardSearch } from "../../lib/dashboard-search.ts";
import { text } from "../../lib/text/usage.ts";
import type { Key } from "../../lib/trpc.ts";

const without = <T,>(list: T[] | undefined, item: T): T[] | undefined => {
  const left = list?.filter((other) => other !== item);
  return left?.length ? left : undefined;
};

/** What narrows the page, each with its own way out. */
export function FilterChips({ search, keys }: { search: DashboardSearch; keys: Key[] }) {
  const chips = [
    ...(search.api_key_id ?? []).map((id) => ({
      label: text.filters.key(keys.find((key) => key.id === id)?.name ?? text.filters.unknownKey(id)),
      left: { ...search, api_key_id: without(search.api_key_id, id) },
    })),
    ...(search.model ?? []).map((model) => ({
      label: text.filters.model(model),
      left: { ...search, model: without(search.model, model) },
    })),
  ];
  if (chips.length === 0) return null;

  return (
    <ul aria-label={text.filters.label} className="flex flex-wrap gap-2">
      {chips.map(({ label, left }) => (
        <li key={label}>
          <Link
            to="/dashboard"
            search={left}
            preload={false}
            resetScroll={false}
            aria-label={text.filters.remove(label)}
            className="inline-flex h-7 items-center gap-1.5 rounded-full bg-accent-soft px-3 text-table no-underline hover:underline"
          >
            {label}
            <X aria-hidden className="size-3.5" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
