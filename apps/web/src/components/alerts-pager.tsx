import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTexts } from "../lib/i18n/i18n.ts";
import { ALERTS_PAGE, type AlertsSearch } from "../lib/search/alerts-search.ts";
import { buttonLook } from "./ui/button.tsx";
import { lastPage, useLastPage } from "./ui/pager.tsx";

interface PagerProps {
  search: AlertsSearch;
  total: number;
}

/** For the list of a part, of which the server knows `total`. */
export function useAlertsPage(search: AlertsSearch, total: number | undefined) {
  const navigate = useNavigate({ from: "/alerts" });
  useLastPage({
    page: search.page ?? 1,
    size: ALERTS_PAGE,
    total,
    go: (page) =>
      void navigate({ search: { ...search, page: page > 1 ? page : undefined }, replace: true, resetScroll: false }),
  });
}

/** Nothing where all fits on one page. */
export function Pager({ search, total }: PagerProps) {
  const t = useTexts("common");
  const page = Math.min(search.page ?? 1, lastPage({ size: ALERTS_PAGE, total }));
  const from = (page - 1) * ALERTS_PAGE + 1;
  const to = Math.min(total, page * ALERTS_PAGE);
  if (total <= ALERTS_PAGE) return null;
  const turn = (to: number) => ({ ...search, page: to > 1 ? to : undefined });
  return (
    <nav className="flex flex-wrap items-center justify-end gap-2 px-4 py-3 text-table text-muted">
      <span className="mr-auto tabular-nums">{t.common.rows({ from, to, total })}</span>
      {page > 1 && (
        <Link to="/alerts" search={turn(page - 1)} className={buttonLook()}>
          <ChevronLeft aria-hidden className="size-4" />
          {t.common.newer}
        </Link>
      )}
      {to < total && (
        <Link to="/alerts" search={turn(page + 1)} className={buttonLook()}>
          {t.common.older}
          <ChevronRight aria-hidden className="size-4" />
        </Link>
      )}
    </nav>
  );
}
