import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { text } from "../../lib/text/usage.ts";
import type { Insight } from "./insights.ts";

/** Each a number and the way to what it counts. */
export function InsightCards({ insights }: { insights: Insight[] }) {
  if (insights.length === 0) return null;
  return (
    <ul
      aria-label={text.insights.label}
      className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fit,minmax(13rem,1fr))] sm:gap-4"
    >
      {insights.map(({ figure, label, to, search }) => (
        <li key={label}>
          <Link
            to={to}
            search={search}
            preload={false}
            className="group flex h-full items-center gap-3 rounded-panel border border-line bg-surface px-3 py-2 no-underline hover:border-line-strong sm:px-4"
          >
            <span className="min-w-0 flex-1">
              <span className="block text-base font-semibold tracking-tight whitespace-nowrap tabular-nums">
                {figure}
              </span>
              <span className="block text-caption text-muted">{label}</span>
            </span>
            <ArrowRight aria-hidden className="hidden size-4 shrink-0 sm:block text-muted group-hover:text-accent" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
