import { Link, useNavigate } from "@tanstack/react-router";
import { Plus, X } from "lucide-react";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { PageBody, PageHead } from "../../components/page.tsx";
import { SyncButton } from "../../components/sync-button.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { useKeyNames } from "../../lib/api/keys.ts";
import type { Key } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { KeyColumn, KeysSearch } from "../../lib/search/keys-search.ts";
import { OPENED_HERE, useShutDialog } from "../../lib/search/opened-here.ts";
import { AddKeyDialog } from "./add-key-dialog.tsx";
import { DeleteKeyDialog } from "./delete-key-dialog.tsx";
import { EditKeyDialog } from "./edit-key-dialog.tsx";
import { KeyTable } from "./key-table.tsx";
import { useAllKeys } from "./use-all-keys.ts";

/** Number of keys above which a search is shown. */
const FEW = 8;

/** Searchable text of a key. */
const textOf = ({ name, label, description, workspace }: Key): string =>
  [name, label, description, workspace].join("\n").toLowerCase();

export function KeysPage({ search }: { search: KeysSearch }) {
  const t = useTexts("keys");
  const navigate = useNavigate({ from: "/keys" });
  const [dialog, setDialog] = useState<{ action: "edit" | "delete"; key: Key } | null>(null);
  const [sought, setSought] = useState("");
  const wanted = useDeferredValue(sought.trim().toLowerCase());
  const list = useAllKeys(search);
  const found = useMemo(
    () => (wanted ? list.keys.filter((key) => textOf(key).includes(wanted)) : list.keys),
    [list.keys, wanted],
  );
  // The management key of a key may not be in the list.
  const isPart = search.show !== undefined || list.isPart;
  const names = useKeyNames(isPart);
  const column = search.sort?.replace("-", "") as KeyColumn | undefined;
  const sort = {
    column,
    descending: search.sort?.startsWith("-") ?? false,
    sortBy: (next: KeyColumn) => {
      // Numbers are sorted descending first, names ascending.
      const isDown = next === column ? !search.sort?.startsWith("-") : next !== "name";
      void navigate({ search: { ...search, sort: `${isDown ? "-" : ""}${next}` }, resetScroll: false });
    },
  };
  const isEmpty = list.total === 0 && !search.show;
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
        {list.data && (list.data.total > 0 || search.show) && (
          <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2 text-table text-muted">
            {search.show && <ShownChip search={search} show={search.show} total={list.data.total} />}
            {list.data.total > FEW && (
              <input
                type="search"
                aria-label={t.keys.search}
                placeholder={t.keys.search}
                value={sought}
                onChange={(event) => setSought(event.target.value)}
                className="h-9 w-full max-w-64 rounded-control border border-line-strong bg-surface px-3 text-ink placeholder:text-muted"
              />
            )}
            <SyncButton disabled={list.keys.every(({ is_active }) => !is_active)} />
          </div>
        )}
        {list.data?.total === 0 && (search.show ? <NoneOfThese show={search.show} /> : <NoKeys />)}
        {list.data && list.data.total > 0 && (
          <KeyTable
            keys={found}
            managers={isPart ? names : list.keys}
            isPart={list.isPart}
            hasWorkspaces={new Set(list.keys.flatMap(({ workspace }) => workspace ?? [])).size > 1}
            hasSources={list.keys.some(({ source }) => source === "discovered")}
            sort={sort}
            onEdit={edit}
            onDelete={remove}
          />
        )}
        <p role="status" className="text-muted">
          {wanted && found.length === 0 && t.keys.noMatch({ text: sought.trim() })}
        </p>
      </div>
      {search.add && <AddKeyDialog onClose={closeAdd} />}
      {dialog?.action === "edit" && <EditKeyDialog watched={dialog.key} onClose={close} />}
      {dialog?.action === "delete" && <DeleteKeyDialog watched={dialog.key} onClose={close} />}
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
      className={buttonClasses("primary")}
    >
      <Plus aria-hidden className="size-4" />
      {t.keys.add}
    </Link>
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

function NoneOfThese({ show }: { show: Show }) {
  const t = useTexts("keys");
  return (
    <EmptyState title={t.keys.noneTitle} body={t.keys.show[show]}>
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
