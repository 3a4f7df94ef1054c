import { useTexts } from "../../lib/i18n/i18n.ts";
import { lastPage } from "../../lib/search/use-last-page.ts";
import { Button } from "./button.tsx";

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
