import { text } from "../../lib/text/security.ts";
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
export function Pager({ label, page, size, total, onPage }: PagerProps) {
  if (total <= size) return null;
  const last = Math.ceil(total / size);
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
