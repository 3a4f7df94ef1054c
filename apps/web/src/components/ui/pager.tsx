import { useEffect, useEffectEvent } from "react";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { Button } from "./button.tsx";

/** The last page that `total` rows fill; the first where there are none. */
export const lastPage = ({ size, total }: { size: number; total: number }): number =>
  Math.max(1, Math.ceil(total / size));

interface Place {
  page: number;
  size: number;
  /** `undefined` as long as it is not known. */
  total: number | undefined;
  go: (page: number) => void;
}

/** Goes to the last page there is from one beyond it: its rows are gone, or the address is wrong. */
export function useLastPage({ page, size, total, go }: Place) {
  const last = total === undefined ? page : lastPage({ size, total });
  const leave = useEffectEvent(go);
  useEffect(() => {
    if (page > last) leave(last);
  }, [page, last]);
}

interface PagerProps {
  /** What is paged through, for screen readers. */
  label: string;
  page: number;
  size: number;
  total: number;
  onPage: (page: number) => void;
}

/** Earlier and later pages of a list; nothing where one page holds all. */
export function Pager({ label, page: asked, size, total, onPage }: PagerProps) {
  const t = useTexts("common");
  const last = lastPage({ size, total });
  const page = Math.min(asked, last);
  if (total <= size) return null;
  return (
    <nav aria-label={label} className="flex flex-wrap items-center justify-end gap-3">
      <span className="text-table text-muted tabular-nums">
        {t.common.rows({ from: (page - 1) * size + 1, to: Math.min(page * size, total), total })}
      </span>
      <Button disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t.common.newer}
      </Button>
      <Button disabled={page >= last} onClick={() => onPage(page + 1)}>
        {t.common.older}
      </Button>
    </nav>
  );
}
