import { text } from "../../lib/text/security.ts";
import { lastPage } from "../../lib/use-last-page.ts";
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
  const last = lastPage({ size, total });
  const page = Math.min(asked, last);
  if (total <= size) return null;
  return (
    <nav aria-label={label} className="flex flex-wrap items-center justify-end gap-3">
      <span className="text-table text-muted tabular-nums">
        {text.pager.range((page - 1) * size + 1, Math.min(page * size, total), total)}
      </span>
      <Button disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {text.pager.newer}
      </Button>
      <Button disabled={page >= last} onClick={() => onPage(page + 1)}>
        {text.pager.older}
      </Button>
    </nav>
  );
}
