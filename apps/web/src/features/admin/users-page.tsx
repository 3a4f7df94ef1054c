import { keepPreviousData } from "@tanstack/react-query";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { PageBody, PageHead } from "../../components/page.tsx";
import { Pager, useLastPage } from "../../components/tables/pager.tsx";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { type ListSearch, toUsersInput, USERS_PAGE } from "../../lib/search/account-search.ts";
import { UserTable } from "./user-table.tsx";

export function UsersPage({ search }: { search: ListSearch }) {
  const t = useTexts("users");
  const list = trpc.users.list.useQuery(toUsersInput(search), { placeholderData: keepPreviousData });
  useLastPage({ page: search.page, size: USERS_PAGE, total: list.isPlaceholderData ? undefined : list.data?.total });
  return (
    <PageBody>
      <PageHead title={t.common.nav.users} />
      <div className="flex flex-col gap-4">
        <p className="max-w-prose text-muted">{t.users.lead}</p>
        {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && (
          <>
            <UserTable users={list.data.items} />
            <Pager page={search.page} size={USERS_PAGE} total={list.data.total} />
          </>
        )}
      </div>
    </PageBody>
  );
}
