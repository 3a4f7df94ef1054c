import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

const FIGURE =
  "text-[1.375rem] leading-8 wrap-anywhere sm:text-figure font-semibold tracking-tight tabular-nums no-underline";

/** Up to four key figures side by side, on narrow screens in two columns. */
export function Figures({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="@container">
      <dl
        aria-label={label}
        className="grid grid-cols-2 gap-px overflow-hidden rounded-panel border border-line bg-line @min-[61rem]:grid-cols-4"
      >
        {children}
      </dl>
    </div>
  );
}

interface FigureProps {
  label: string;
  figure: ReactNode;
  /** What is behind the figure. */
  opens?: { to: NonNullable<LinkProps["to"]>; search: object; title: string };
  /** Notes below the figure. */
  children: ReactNode;
}

export function Figure({ label, figure, opens, children }: FigureProps) {
  return (
    <div className="flex min-h-27 min-w-0 flex-col bg-surface px-3 py-2 sm:p-4">
      <dt className="text-table font-medium text-muted">{label}</dt>
      <dd className={FIGURE}>
        {opens ? (
          <Link
            to={opens.to}
            search={opens.search as never}
            preload={false}
            resetScroll={opens.to !== "/dashboard"}
            aria-description={opens.title}
            className="inline-block text-ink no-underline decoration-2 hover:underline pointer-coarse:-my-1.5 pointer-coarse:py-1.5"
          >
            {figure}
          </Link>
        ) : (
          figure
        )}
      </dd>
      <dd className="mt-1 min-h-8 text-caption text-muted">{children}</dd>
    </div>
  );
}
