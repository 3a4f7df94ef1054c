import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { buttonLook } from "../../components/ui/button.tsx";
import { ALERTS_PAGE, type AlertsSearch } from "../../lib/alerts-search.ts";

interface PagerProps {
  search: AlertsSearch;
  total: number;
  words: { older: string; newer: string; pageOf: (from: number, to: number, total: number) => string };
}

/** Nothing where all fits on one page. */
export function Pager({ search, total, words }: PagerProps) {
  const page = search.page ?? 1;
  const from = (page - 1) * ALERTS_PAGE + 1;
  const to = Math.min(total, page * ALERTS_PAGE);
  if (total <= ALERTS_PAGE) return null;
  const turn = (to: number) => ({ ...search, page: to > 1 ? to : undefined });
  return (
    <nav className="flex flex-wrap items-center justify-end gap-2 px-4 py-3 text-table text-muted">
      <span className="mr-auto tabular-nums">{words.pageOf(from, to, total)}</span>
      {page > 1 && (
        <Link to="/alerts" search={turn(page - 1)} className={buttonLook()}>
          <ChevronLeft aria-hidden className="size-4" />
          {words.newer}
        </Link>
      )}
      {to < total && (
        <Link to="/alerts" search={turn(page + 1)} className={buttonLook()}>
          {words.older}
          <ChevronRight aria-hidden className="size-4" />
        </Link>
      )}
    </nav>
  );
}
