import { Link } from "@tanstack/react-router";
import { ChevronRight, CircleCheck, TriangleAlert } from "lucide-react";
import { Panel } from "../../../components/ui/panel.tsx";
import { useNow } from "../../../components/ui/values.tsx";
import { FIRST_SYNC_POLL_MS } from "../../../lib/api/keys.ts";
import { trpc } from "../../../lib/api/trpc.ts";
import { useTexts, useWords } from "../../../lib/i18n/i18n.ts";
import { type DashboardSearch, filtersOf, keyFiltersOf } from "../../../lib/search/dashboard-search.ts";
import { listAttention } from "./attention-items.ts";

interface AttentionPanelProps {
  search: DashboardSearch;
  /** True while first syncs are running. */
  isWaiting: boolean;
}

/** What needs attention, most urgent first, each with a link to what it counts. */
export function AttentionPanel({ search, isWaiting }: AttentionPanelProps) {
  const { usage: t } = useTexts("usage");
  const now = useNow();
  const poll = { refetchInterval: isWaiting ? FIRST_SYNC_POLL_MS : (false as const) };
  const attention = trpc.keys.attention.useQuery(keyFiltersOf(search), poll).data;
  const unusual = trpc.stats.unusual.useQuery(filtersOf(search)).data;
  const items = listAttention({ attention, unusual, search, now, words: useWords("usage") });
  return (
    <Panel title={t.insights.title}>
      {items.length === 0 ? (
        <p className="flex items-center gap-2 px-4 pb-4 text-table text-muted">
          <CircleCheck aria-hidden className="size-4 text-good" />
          {t.insights.none}
        </p>
      ) : (
        <ul aria-label={t.insights.title} className="divide-y divide-line border-t border-line">
          {items.map(({ figure, label, isUrgent, to, search: target }) => (
            <li key={label}>
              <Link
                to={to}
                search={target}
                preload={false}
                className="flex min-h-11 items-center gap-2 px-4 py-2 text-table no-underline hover:bg-sunken"
              >
                {isUrgent && <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />}
                <span className="min-w-0 flex-1">
                  <span className="font-medium tabular-nums">{figure}</span> <span className="text-muted">{label}</span>
                </span>
                <ChevronRight aria-hidden className="size-4 shrink-0 text-muted print:hidden" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
