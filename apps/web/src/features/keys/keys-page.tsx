import { keepPreviousData } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus, X } from "lucide-react";
import { useCallback, useState } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { PageBody, PageHead } from "../../components/page.tsx";
import { SyncButton } from "../../components/sync-button.tsx";
import { Pager, useLastPage } from "../../components/tables/pager.tsx";
import { FilterSelect, SearchBox } from "../../components/tables/search-box.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Permitted } from "../../components/ui/permitted.tsx";
import { FIRST_SYNC_POLL_MS, isFirstSync } from "../../lib/api/keys.ts";
import { type Key, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { SOURCES } from "../../lib/search/accounts-search.ts";
import {
  ALL_KEYS,
  isNarrowed,
  KEY_STATUSES,
  KEYS_PAGE,
  type KeyColumn,
  type KeysSearch,
  toKeysInput,
} from "../../lib/search/keys-search.ts";
import { OPENED_HERE, useShutDialog } from "../../lib/search/opened-here.ts";
import { AddKeyDialog } from "./add-key-dialog.tsx";
import { DeleteKeyDialog } from "./delete-key-dialog.tsx";
import { EditKeyDialog } from "./edit-key-dialog.tsx";
import { KeyTable } from "./key-table.tsx";

/** Number of keys above which a search is shown. */
const FEW = 8;

export function KeysPage({ search }: { search: KeysSearch }) {
  const t = useTexts("keys");
  const navigate = useNavigate({ from: "/keys" });
  const [dialog, setDialog] = useState<{ action: "edit" | "delete"; key: Key } | null>(null);
  const list = trpc.keys.list.useQuery(toKeysInput(search), {
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isFirstSync) ? FIRST_SYNC_POLL_MS : false),
  });
  const keys = list.data?.items ?? [];
  const total = list.data?.total;
  const isFiltered = isNarrowed(search);
  // The management key of a key may be on another page.
  const managers = trpc.keys.list.useQuery(
    { ...ALL_KEYS, kind: "management" },
    { enabled: isFiltered || (total !== undefined && total > keys.length) },
  ).data;
  const column = search.sort?.replace("-", "") as KeyColumn | undefined;
  const change = (next: Partial<KeysSearch>) =>
    void navigate({ search: { ...search, page: undefined, ...next }, replace: true, resetScroll: false });
  const sort = {
    column,
    descending: search.sort?.startsWith("-") ?? false,
    sortBy: (next: KeyColumn) => {
      // Numbers are sorted descending first, names ascending.
      const isDown = next === column ? !search.sort?.startsWith("-") : next !== "name";
      const sorted = `${isDown ? "-" : ""}${next}` as const;
      void navigate({ search: { ...search, page: undefined, sort: sorted }, resetScroll: false });
    },
  };
  useLastPage({ page: search.page, size: KEYS_PAGE, total: list.isPlaceholderData ? undefined : total });
  const isEmpty = total === 0 && !isFiltered;
  const edit = useCallback((key: Key) => setDialog({ action: "edit", key }), []);
  const remove = useCallback((key: Key) => setDialog({ action: "delete", key }), []);
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
        {list.data && !isEmpty && (
          <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2 text-table text-muted">
            {search.show && <ShownChip search={search} show={search.show} total={list.data.total} />}
            {(list.data.total > FEW || isFiltered) && <Filters search={search} onChange={change} />}
            <SyncButton disabled={!isFiltered && keys.every(({ is_active }) => !is_active)} />
          </div>
        )}
        {total === 0 && (isEmpty ? <NoKeys /> : <NoneOfThese search={search} />)}
        {list.data && list.data.total > 0 && (
          <>
            <KeyTable list={list.data} managers={managers?.items ?? keys} sort={sort} onEdit={edit} onDelete={remove} />
            <Pager page={search.page} size={KEYS_PAGE} total={list.data.total} />
          </>
        )}
      </div>
      {search.add && <AddKeyDialog onClose={closeAdd} />}
      {dialog?.action === "edit" && <EditKeyDialog watched={dialog.key} onClose={close} />}
      {dialog?.action === "delete" && <DeleteKeyDialog watched={dialog.key} onClose={close} />}
    </PageBody>
  );
}

/** Search and filters. Which workspaces there are is known from the accounts. */
function Filters({ search, onChange }: { search: KeysSearch; onChange: (next: Partial<KeysSearch>) => void }) {
  const t = useTexts("keys");
  const accounts = trpc.accounts.list.useQuery({}).data?.items ?? [];
  const workspaces = accounts.flatMap((account) =>
    account.workspaces.map(({ id, name }) => ({
      value: id,
      label: accounts.length > 1 ? `${account.name}: ${name}` : name,
    })),
  );
  return (
    <>
      <SearchBox
        label={t.keys.search}
        value={search.search ?? ""}
        onSearch={(text) => onChange({ search: text || undefined })}
      />
      <FilterSelect
        label={t.keys.status}
        all={t.keys.allStatuses}
        options={KEY_STATUSES.map((status) => ({ value: status, label: t.keys[status] }))}
        value={search.status}
        onChoose={(status) => onChange({ status })}
      />
      {workspaces.length > 1 && (
        <FilterSelect
          label={t.keys.workspace}
          all={t.keys.allWorkspaces}
          options={workspaces}
          value={search.workspace}
          onChoose={(workspace) => onChange({ workspace })}
        />
      )}
      {accounts.length > 0 && (
        <FilterSelect
          label={t.keys.source}
          all={t.keys.allSources}
          options={SOURCES.map((source) => ({ value: source, label: t.keys.sources[source] }))}
          value={search.source}
          onChoose={(source) => onChange({ source })}
        />
      )}
    </>
  );
}

function AddKey() {
  const t = useTexts("keys");
  return (
    <Permitted to="manageKeys">
      <Link
        from="/keys"
        to="/keys"
        search={(was) => ({ ...was, add: true })}
        state={OPENED_HERE}
        resetScroll={false}
        preload={false}
        className={buttonClasses("primary")}
      >
        <Plus aria-hidden className="size-4" />
        {t.keys.add}
      </Link>
    </Permitted>
  );
}

type Show = NonNullable<KeysSearch["show"]>;

/** The active filter, with a link to remove it. */
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

function NoneOfThese({ search }: { search: KeysSearch }) {
  const t = useTexts("keys");
  const body = search.search ? t.keys.noMatch({ text: search.search }) : search.show && t.keys.show[search.show];
  return (
    <EmptyState title={t.keys.noneTitle} body={body ?? t.keys.noneBody}>
      <Link to="/keys" search={{}} activeOptions={{ exact: true }} preload={false} className={buttonClasses()}>
        {t.keys.showAll}
      </Link>
    </EmptyState>
  );
}

function NoKeys() {
  const t = useTexts("keys");
  return (
    <EmptyState title={t.keys.emptyTitle} body={t.keys.emptyBody}>
      <AddKey />
    </EmptyState>
  );
}
