import { keepPreviousData } from "@tanstack/react-query";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { Pager, useLastPage } from "../../components/ui/pager.tsx";
import { type Account, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";
import { type AccountsSearch, HISTORY_PAGE, toHistoryInput } from "../../lib/search/accounts-search.ts";

/** What changed at OpenRouter, newest first. */
export function AccountHistory({ account, search }: { account: Account; search: AccountsSearch }) {
  const t = useTexts("accounts");
  const format = useFormat();
  const say = useSay();
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
      <ol
        aria-label={t.accounts.historyTable}
        className="divide-y divide-line rounded-panel border border-line bg-surface"
      >
        {list.data.items.map(({ id, at, message }) => (
          <li key={id} className="flex flex-wrap justify-between gap-x-6 gap-y-0.5 px-4 py-2.5 text-table">
            <span className="min-w-0 break-words">{say(message)}</span>
            <time dateTime={at} className="text-muted tabular-nums">
              {format.instant(at)}
            </time>
          </li>
        ))}
      </ol>
      <Pager page={search.page} size={HISTORY_PAGE} total={list.data.total} />
    </>
  );
}
