import { keepPreviousData } from "@tanstack/react-query";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { EventList } from "../../components/event-list.tsx";
import { Pager, useLastPage } from "../../components/tables/pager.tsx";
import { type Account, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { type AccountsSearch, HISTORY_PAGE, toHistoryInput } from "../../lib/search/accounts-search.ts";

/** What changed at OpenRouter, newest first. */
export function AccountHistory({ account, search }: { account: Account; search: AccountsSearch }) {
  const t = useTexts("accounts");
  const list = trpc.accounts.history.useQuery(
    { id: account.id, ...toHistoryInput(search) },
    { placeholderData: keepPreviousData },
  );
  useLastPage({ page: search.page, size: HISTORY_PAGE, total: list.isPlaceholderData ? undefined : list.data?.total });

  if (list.error) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <div role="status" aria-label={t.common.loading} className="skeleton h-72" />;
  if (list.data.total === 0) return <p className="max-w-prose text-muted">{t.accounts.noHistory}</p>;
  return (
    <>
      <EventList
        label={t.accounts.historyTable}
        events={list.data.items}
        className="rounded-panel border border-line bg-surface"
      />
      <Pager page={search.page} size={HISTORY_PAGE} total={list.data.total} />
    </>
  );
}
