import { Link } from "@tanstack/react-router";
import type { AlertsSearch } from "../../lib/search/alerts-search.ts";

interface SwitcherProps {
  label: string;
  options: { label: string; search: AlertsSearch; isChosen: boolean }[];
}

/** Links to parts or views of a page. */
export function Switcher({ label, options }: SwitcherProps) {
  return (
    <nav aria-label={label} className="inline-flex max-w-full flex-wrap rounded-control bg-sunken p-0.5 print:hidden">
      {options.map((option) => (
        <Link
          key={option.label}
          to="/alerts"
          search={option.search}
          resetScroll={false}
          activeProps={{}}
          aria-current={option.isChosen ? "page" : undefined}
          className={`flex h-8 items-center justify-center rounded-[5px] px-3 text-table no-underline ${option.isChosen ? "bg-surface font-medium text-ink shadow-sm" : "text-muted hover:text-ink"}`}
        >
          {option.label}
        </Link>
      ))}
    </nav>
  );
}
