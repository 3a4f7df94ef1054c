import { Link } from "@tanstack/react-router";
import { ArrowRight, TriangleAlert } from "lucide-react";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import type { Insight } from "./insights.ts";

/** Cards with a number and a link to what it counts. */
export function InsightCards({ insights }: { insights: Insight[] }) {
  const t = useTexts("usage");
  if (insights.length === 0) return null;
  return (
    <ul
      aria-label={t.usage.insights.label}
      className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] sm:gap-4 max-sm:[&>:first-child:nth-last-child(odd)]:col-span-2"
    >
      {insights.map(({ figure, label, isUrgent, to, search }) => (
        <li key={label}>
          <Link
            to={to}
            search={search}
            preload={false}
            className="group flex h-full items-center gap-3 rounded-panel border border-line bg-surface px-3 py-2 no-underline hover:border-line-strong sm:px-4"
          >
            <span className="min-w-0 flex-1">
              <span className="flex items-center gap-1.5 text-base font-semibold tracking-tight whitespace-nowrap tabular-nums">
                {isUrgent && <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />}
                {figure}
              </span>{" "}
              <span className="block text-caption text-muted">{label}</span>
            </span>
            <ArrowRight
              aria-hidden
              className="hidden size-4 shrink-0 text-muted group-hover:text-accent sm:block print:hidden"
            />
          </Link>
        </li>
      ))}
    </ul>
  );
}
