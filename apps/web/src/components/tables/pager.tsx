import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { useEffect, useEffectEvent } from "react";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { buttonClasses } from "../ui/button.tsx";

interface Pages {
  /** From the URL. */
  page: number | undefined;
  /** Rows per page. */
  size: number;
  total: number;
}

const lastPage = ({ size, total }: Pick<Pages, "size" | "total">): number => Math.max(1, Math.ceil(total / size));

/** `page` search parameter; `undefined` for the first page. */
const toPage = (page: number) => (was: object) => ({ ...was, page: page > 1 ? page : undefined });

/**
 * Redirects from a page beyond the end to the last page.
 * @param total `undefined` while unknown
 */
export function useLastPage({ page = 1, size, total }: Omit<Pages, "total"> & { total: number | undefined }): void {
  const navigate = useNavigate();
  const last = total === undefined ? page : lastPage({ size, total });
  const leave = useEffectEvent((to: number) =>
    navigate({ to: ".", search: toPage(to), replace: true, resetScroll: false }),
  );
  useEffect(() => {
    if (page > last) void leave(last);
  }, [page, last]);
}

/** Links to the previous and next page of a list. Renders nothing if there is only one page. */
export function Pager({ page: asked = 1, size, total }: Pages) {
  const t = useTexts("common");
  const last = lastPage({ size, total });
  const page = Math.min(asked, last);
  if (total <= size) return null;
  return (
    <nav aria-label={t.common.pages} className="flex flex-wrap items-center justify-end gap-3 print:hidden">
      <span className="text-table text-muted tabular-nums">
        {t.common.rows({ from: (page - 1) * size + 1, to: Math.min(page * size, total), total })}
      </span>
      <Step to={page > 1 ? page - 1 : null}>
        <ChevronLeft aria-hidden className="size-4" />
        {t.common.previousPage}
      </Step>
      <Step to={page < last ? page + 1 : null}>
        {t.common.nextPage}
        <ChevronRight aria-hidden className="size-4" />
      </Step>
    </nav>
  );
}

function Step({ to, children }: { to: number | null; children: ReactNode }) {
  if (to === null)
    return (
      <button type="button" disabled className={buttonClasses()}>
        {children}
      </button>
    );
  return (
    <Link to="." search={toPage(to)} preload={false} resetScroll={false} className={buttonClasses()}>
      {children}
    </Link>
  );
}
