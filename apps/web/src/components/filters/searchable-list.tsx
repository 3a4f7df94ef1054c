import { type ReactNode, useState } from "react";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** Maximum number of items without a search. */
const FEW = 12;
/** Maximum number of shown items. Others are found by search. */
const SHOWN = 100;

interface SearchableListProps<T> {
  legend: string;
  items: T[];
  /** Shown if there are no items. */
  nothing?: string;
  /** Whether the search is focused: in its own panel, but not within a form. */
  takesFocus?: boolean;
  /** ID of the error message. */
  describedBy?: string | undefined;
  children: (item: T, index: number) => ReactNode;
}

/** A list to pick from, with a search by name where it is long. */
export function SearchableList<T extends { name: string }>({
  legend,
  items,
  nothing = "",
  takesFocus = true,
  describedBy,
  children,
}: SearchableListProps<T>) {
  const t = useTexts("usage");
  const [search, setSearch] = useState("");
  const query = search.trim().toLowerCase();
  const found = items.filter(({ name }) => name.toLowerCase().includes(query));
  const rest = found.length - SHOWN;
  return (
    <div className="flex flex-col gap-2">
      {items.length > FEW && (
        <input
          type="search"
          aria-label={t.usage.filters.search}
          placeholder={t.usage.filters.search}
          // biome-ignore lint/a11y/noAutofocus: the user has opened the panel
          autoFocus={takesFocus}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          // Enter would submit the form.
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          className="h-9 w-full rounded-control border border-line-strong bg-surface px-3 placeholder:text-muted"
        />
      )}
      <fieldset aria-describedby={describedBy} className="max-h-80 overflow-y-auto">
        <legend className="sr-only">{legend}</legend>
        {found.length === 0 && (
          <p className="p-2 text-muted">{items.length === 0 ? nothing : t.usage.filters.noMatch}</p>
        )}
        {found.slice(0, SHOWN).map(children)}
        {rest > 0 && <p className="p-2 text-caption text-muted">{t.usage.filters.moreFound({ count: rest })}</p>}
      </fieldset>
    </div>
  );
}
