import { type ReactNode, useState } from "react";
import { text } from "../../lib/text/usage.ts";

/** So many fit without a search. */
const FEW = 12;
/** So many are shown; what comes after is found by its name. */
const SHOWN = 100;

interface SoughtProps<T> {
  legend: string;
  items: T[];
  /** Said where there is no item at all. */
  nothing?: string;
  children: (item: T) => ReactNode;
}

/** A list to pick from, with a search by name where it is long. */
export function Sought<T extends { name: string }>({ legend, items, nothing = "", children }: SoughtProps<T>) {
  const [sought, setSought] = useState("");
  const wanted = sought.trim().toLowerCase();
  const found = items.filter(({ name }) => name.toLowerCase().includes(wanted));
  const rest = found.length - SHOWN;
  return (
    <div className="flex flex-col gap-2">
      {items.length > FEW && (
        <input
          type="search"
          aria-label={text.filters.search}
          placeholder={text.filters.search}
          // biome-ignore lint/a11y/noAutofocus: the panel was opened to be used
          autoFocus
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          className="h-9 w-full rounded-control border border-line-strong bg-surface px-3 placeholder:text-muted"
        />
      )}
      <fieldset className="max-h-80 overflow-y-auto">
        <legend className="sr-only">{legend}</legend>
        {found.length === 0 && <p className="p-2 text-muted">{items.length === 0 ? nothing : text.filters.noMatch}</p>}
        {found.slice(0, SHOWN).map(children)}
        {rest > 0 && <p className="p-2 text-caption text-muted">{text.filters.moreFound(rest)}</p>}
      </fieldset>
    </div>
  );
}
