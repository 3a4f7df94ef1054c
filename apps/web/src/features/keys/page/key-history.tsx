import { Link } from "@tanstack/react-router";
import { EventList } from "../../../components/event-list.tsx";
import { Panel } from "../../../components/ui/panel.tsx";
import type { KeyPageData } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";

/** Changes of the key at OpenRouter, newest first. */
export function KeyHistory({ page: { history, account } }: { page: KeyPageData }) {
  const t = useTexts("key");
  const more = history.total - history.items.length;
  return (
    <Panel title={t.key.history.title}>
      {history.total === 0 ? (
        <p className="px-4 pb-4 text-muted">{account ? t.key.history.empty : t.key.history.uncovered}</p>
      ) : (
        <EventList label={t.key.history.title} events={history.items} className="border-t border-line" />
      )}
      {account && more > 0 && (
        <p className="border-t border-line px-4 py-2.5 text-table">
          <Link to="/accounts" search={{ id: account.id, part: "history" }} preload={false} className="text-accent">
            {t.key.history.more({ count: more })}
          </Link>
        </p>
      )}
    </Panel>
  );
}
