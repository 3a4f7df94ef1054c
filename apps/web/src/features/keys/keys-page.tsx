import { keepPreviousData } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { PageBody, PageHead } from "../../components/page.tsx";
import { SyncButton } from "../../components/sync-button.tsx";
import { buttonLook } from "../../components/ui/button.tsx";
import { lastPage, useLastPage } from "../../components/ui/pager.tsx";
import { FIRST_SYNC_POLL_MS, isFirstSync, useKeyNames } from "../../lib/api/keys.ts";
import { type Key, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { KEYS_PAGE, type KeyColumn, type KeysSearch, toKeysInput } from "../../lib/search/keys-search.ts";
import { OPENED_HERE, useShutDialog } from "../../lib/search/opened-here.ts";
import { AddKeyDialog } from "./add-key-dialog.tsx";
import { DeleteKeyDialog } from "./delete-key-dialog.tsx";
import { EditKeyDialog } from "./edit-key-dialog.tsx";
import { KeyList } from "./key-list.tsx";

export function KeysPage({ search }: { search: KeysSearch }) {
  const t = useTexts("common");
  const page = search.page ?? 1;
  const navigate = useNavigate({ from: "/keys" });
  const [dialog, setDialog] = useState<{ deed: "edit" | "delete"; key: Key } | null>(null);
  const list = trpc.keys.list.useQuery(toKeysInput(search), {
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isFirstSync) ? FIRST_SYNC_POLL_MS : false),
  });
  useLastPage({
    page,
    size: KEYS_PAGE,
    // The number before is of another list.
    total: list.isPlaceholderData ? undefined : list.data?.total,
    go: (last) =>
      void navigate({ search: { ...search, page: last > 1 ? last : undefined }, replace: true, resetScroll: false }),
  });
  // The management key of a key may not be among those shown.
  const isPart = search.show !== undefined || (list.data?.total ?? 0) > KEYS_PAGE;
  const names = useKeyNames(isPart);
  const column = search.sort?.replace("-", "") as KeyColumn | undefined;
  const sort = {
    column,
    descending: search.sort?.startsWith("-") ?? false,
    sortBy: (next: KeyColumn) => {
      // Numbers begin with the largest, names with A.
      const isDown = next === column ? !search.sort?.startsWith("-") : next !== "name";
      void navigate({
        search: { ...search, sort: `${isDown ? "-" : ""}${next}`, page: undefined },
        resetScroll: false,
      });
    },
  };
  const isEmpty = list.data?.total === 0 && !search.show;
  const close = () => setDialog(null);
  const closeAdd = useShutDialog(
    !!search.add,
    () => void navigate({ search: (was) => ({ ...was, add: undefined }), replace: true, resetScroll: false }),
  );

  return (
    <PageBody>
      <PageHead title={t.common.nav.keys}>{!isEmpty && <AddKey />}</PageHead>
      <div className="flex flex-col gap-4">
        {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && (list.data.total > 0 || search.show) && (
          <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2 text-table text-muted">
            {search.show && <ShownChip search={search} show={search.show} total={list.data.total} />}
            <SyncButton disabled={list.data.items.every(({ is_active }) => !is_active)} />
          </div>
        )}
        {list.data?.total === 0 && (search.show ? <NoneOfThese show={search.show} /> : <NoKeys />)}
        {list.data && list.data.total > 0 && (
          <>
            <KeyList
              keys={list.data.items}
              managers={isPart ? names : list.data.items}
              sort={sort}
              onEdit={(key) => setDialog({ deed: "edit", key })}
              onDelete={(key) => setDialog({ deed: "delete", key })}
            />
            <Pages search={search} total={list.data.total} />
          </>
        )}
      </div>
      {search.add && <AddKeyDialog onClose={closeAdd} />}
      {dialog?.deed === "edit" && <EditKeyDialog watched={dialog.key} onClose={close} />}
      {dialog?.deed === "delete" && <DeleteKeyDialog watched={dialog.key} onClose={close} />}
    </PageBody>
  );
}

function AddKey() {
  const t = useTexts("keys");
  return (
    <Link
      from="/keys"
      to="/keys"
      search={(was) => ({ ...was, add: true })}
      state={OPENED_HERE}
      resetScroll={false}
      preload={false}
      className={buttonLook("primary")}
    >
      <Plus aria-hidden className="size-4" />
      {t.keys.add}
    </Link>
  );
}

type Show = NonNullable<KeysSearch["show"]>;

/** Which keys the page is narrowed to, with the way out. */
function ShownChip({ search, show, total }: { search: KeysSearch; show: Show; total: number }) {
  const t = useTexts("keys", "usage");
  const isPart = search.api_key_id !== undefined || search.exclude_api_key_id !== undefined;
  return (
    <Link
      to="/keys"
      search={{}}
      activeOptions={{ exact: true }}
      preload={false}
      aria-label={t.usage.filters.remove({ filter: t.keys.show[show] })}
      className="inline-flex h-7 items-center gap-1.5 rounded-full bg-accent-soft px-3 text-ink no-underline hover:underline"
    >
      {t.keys.show[show]} {isPart && t.keys.amongSelected} ({total})
      <X aria-hidden className="size-3.5" />
    </Link>
  );
}

function NoneOfThese({ show }: { show: Show }) {
  const t = useTexts("keys");
  return (
    <section
      aria-label={t.keys.noneTitle}
      className="flex min-h-72 flex-col items-center justify-center gap-2 rounded-panel border border-dashed border-line-strong p-6 text-center"
    >
      <h2 className="font-semibold">{t.keys.noneTitle}</h2>
      <p className="max-w-prose text-muted">{t.keys.show[show]}</p>
      <Link to="/keys" search={{}} activeOptions={{ exact: true }} preload={false} className={`mt-2 ${buttonLook()}`}>
        {t.keys.showAll}
      </Link>
    </section>
  );
}

function NoKeys() {
  const t = useTexts("keys");
  return (
    <section
      aria-label={t.keys.emptyTitle}
      className="flex min-h-72 flex-col items-center justify-center gap-2 rounded-panel border border-dashed border-line-strong p-6 text-center"
    >
      <h2 className="font-semibold">{t.keys.emptyTitle}</h2>
      <p className="max-w-prose text-muted">{t.keys.emptyBody}</p>
      <div className="mt-2">
        <AddKey />
      </div>
    </section>
  );
}

function Pages({ search, total }: { search: KeysSearch; total: number }) {
  const t = useTexts("keys");
  const page = Math.min(search.page ?? 1, lastPage({ size: KEYS_PAGE, total }));
  if (total <= KEYS_PAGE) return null;
  const from = (page - 1) * KEYS_PAGE + 1;
  const to = Math.min(page * KEYS_PAGE, total);
  return (
    <nav aria-label={t.keys.pages} className="flex items-center justify-end gap-3">
      <span className="text-table text-muted tabular-nums">{t.common.rows({ from, to, total })}</span>
      {page > 1 && (
        <Link to="/keys" search={{ ...search, page: page - 1 === 1 ? undefined : page - 1 }} className={buttonLook()}>
          {t.keys.previousPage}
        </Link>
      )}
      {to < total && (
        <Link to="/keys" search={{ ...search, page: page + 1 }} className={buttonLook()}>
          {t.keys.nextPage}
        </Link>
      )}
    </nav>
  );
}
