import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { StatsSearch } from "../../lib/stats-search.ts";
import { text } from "../../lib/text/stats.ts";
import { without } from "./change-list.ts";

interface StatsChipsProps {
  search: StatsSearch;
  nameOf: (keyId: number) => string;
}

/** What narrows the table, each with its own way out. */
export function StatsChips({ search, nameOf }: StatsChipsProps) {
  const { api_key_id, model, exclude_api_key_id, exclude_model } = search;
  const chips = [
    ...(api_key_id ?? []).map((id) => ({
      label: text.filters.key(nameOf(id)),
      left: { ...search, api_key_id: without(api_key_id, id) },
    })),
    ...(exclude_api_key_id ?? []).map((id) => ({
      label: text.stats.notKey(nameOf(id)),
      left: { ...search, exclude_api_key_id: without(exclude_api_key_id, id) },
    })),
    ...(model ?? []).map((name) => ({
      label: text.filters.model(name),
      left: { ...search, model: without(model, name) },
    })),
    ...(exclude_model ?? []).map((name) => ({
      label: text.stats.notModel(name),
      left: { ...search, exclude_model: without(exclude_model, name) },
    })),
  ];
  if (chips.length === 0) return null;

  return (
    <ul aria-label={text.filters.label} className="flex flex-wrap gap-2">
      {chips.map(({ label, left }) => (
        <li key={label} className="max-w-full">
          <Link
            to="/stats"
            search={left}
            preload={false}
            activeOptions={{ exact: true }}
            resetScroll={false}
            aria-label={text.filters.remove(label)}
            className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-full bg-accent-soft px-3 text-table no-underline hover:underline"
          >
            <span className="truncate">{label}</span>
            <X aria-hidden className="size-3.5 shrink-0" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
