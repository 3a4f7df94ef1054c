import { Link, useNavigate } from "@tanstack/react-router";
import { CircleCheck, CircleMinus, CirclePause, TriangleAlert } from "lucide-react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { Pager, useLastPage } from "../../components/tables/pager.tsx";
import { FilterSelect, SearchBox } from "../../components/tables/search-box.tsx";
import { type Columns, DataTable, type SortState, sortedBy } from "../../components/tables/table.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { useNeed } from "../../components/ui/permitted.tsx";
import { Money, useNow } from "../../components/ui/values.tsx";
import { useAccountKeys, useAccountsChanged } from "../../lib/api/accounts.ts";
import { messageOf } from "../../lib/api/errors.ts";
import { usePermission } from "../../lib/api/permission.ts";
import { type Account, type AccountKey, trpc } from "../../lib/api/trpc.ts";
import { parseMoney, toMoney } from "../../lib/format/money.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";
import {
  ACCOUNT_KEY_STATES,
  ACCOUNT_KEYS_PAGE,
  type AccountKeyColumn,
  type AccountsSearch,
  SOURCES,
  toAccountKeysInput,
} from "../../lib/search/accounts-search.ts";

/** All keys that OpenRouter lists for the account, watched or not. */
export function AccountKeys({ account, search }: { account: Account; search: AccountsSearch }) {
  const t = useTexts("accounts");
  const navigate = useNavigate({ from: "/accounts" });
  const list = useAccountKeys(account, toAccountKeysInput(search));
  const change = (next: Partial<AccountsSearch>) =>
    void navigate({ search: { ...search, page: undefined, ...next }, replace: true, resetScroll: false });
  useLastPage({
    page: search.page,
    size: ACCOUNT_KEYS_PAGE,
    total: list.isPlaceholderData ? undefined : list.data?.total,
  });

  return (
    <>
      <div className="flex flex-wrap gap-3">
        <SearchBox
          key={account.id}
          label={t.accounts.search}
          value={search.search ?? ""}
          onSearch={(text) => change({ search: text || undefined })}
        />
        {account.workspaces.length > 1 && (
          <FilterSelect
            label={t.accounts.columns.workspace}
            all={t.accounts.allWorkspaces}
            options={account.workspaces.map(({ id, name, keys_total }) => ({
              value: id,
              label: `${name} (${keys_total})`,
            }))}
            value={search.workspace}
            onChoose={(workspace) => change({ workspace })}
          />
        )}
        <FilterSelect
          label={t.accounts.columns.status}
          all={t.accounts.allStates}
          options={ACCOUNT_KEY_STATES.map((state) => ({ value: state, label: t.accounts.state[state] }))}
          value={search.state}
          onChoose={(state) => change({ state })}
        />
        <FilterSelect
          label={t.accounts.source}
          all={t.accounts.allSources}
          options={SOURCES.map((source) => ({ value: source, label: t.accounts.sources[source] }))}
          value={search.source}
          onChoose={(source) => change({ source })}
        />
      </div>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <div role="status" aria-label={t.common.loading} className="skeleton h-96" />}
      {list.data?.total === 0 && <p className="text-muted">{t.accounts.noMatch}</p>}
      {list.data && list.data.total > 0 && (
        <>
          <KeyTable account={account} search={search} list={list.data} onSort={(sort) => change({ sort })} />
          <Pager page={search.page} size={ACCOUNT_KEYS_PAGE} total={list.data.total} />
        </>
      )}
    </>
  );
}

const TOP = "align-top";
const MONEY = [
  { column: "usage_daily", label: "today", className: "max-sm:hidden" },
  { column: "usage_monthly", label: "month", className: "max-sm:hidden" },
  { column: "usage", label: "allTime", className: "" },
] as const;

interface KeyTableProps {
  account: Account;
  search: AccountsSearch;
  list: NonNullable<ReturnType<typeof useAccountKeys>["data"]>;
  onSort: (sort: NonNullable<AccountsSearch["sort"]>) => void;
}

function KeyTable({ account, search, list, onSort }: KeyTableProps) {
  const t = useTexts("accounts");
  const asked = search.sort ?? "-usage";
  const sort: SortState<AccountKeyColumn> = {
    column: asked.replace("-", "") as AccountKeyColumn,
    descending: asked.startsWith("-"),
    // Numbers are sorted descending first, names ascending.
    sortBy(next) {
      const isDown = next === sort.column ? !sort.descending : next !== "name";
      onSort(`${isDown ? "-" : ""}${next}` as typeof asked);
    },
  };
  const columns: Columns<AccountKey> = [
    {
      id: "name",
      header: t.accounts.columns.name,
      ...sortedBy(({ name }: AccountKey) => name, true),
      cell: ({ row }) => <KeyName listed={row.original} />,
      footer: t.accounts.total({ count: list.total }),
      meta: { isRowHead: true, className: `${TOP} w-full max-w-0 min-w-36` },
    },
    {
      id: "workspace",
      header: t.accounts.columns.workspace,
      cell: ({ row: { original: key } }) => (
        <span dir="auto" title={key.workspace ?? undefined} className="block max-w-32 truncate">
          {key.workspace ?? "–"}
        </span>
      ),
      meta: { className: `${TOP} max-md:hidden` },
    },
    {
      id: "status",
      header: t.accounts.columns.status,
      cell: ({ row }) => <KeyState listed={row.original} />,
      meta: { className: `${TOP} max-sm:hidden` },
    },
    ...MONEY.map(({ column, label, className }): Columns<AccountKey>[number] => ({
      id: column,
      header: t.accounts.columns[label],
      ...sortedBy((key: AccountKey) => (key[column] === null ? null : parseMoney(key[column]))),
      cell: ({ row: { original: key } }) => <Money value={key[column]} />,
      footer: () => <Money value={list.sums[column]} />,
      meta: { align: "right", className: `${TOP} ${className}` },
    })),
    {
      id: "limit",
      header: t.accounts.columns.limit,
      cell: ({ row }) => <KeyLimit listed={row.original} />,
      meta: { className: `${TOP} max-lg:hidden` },
    },
    {
      id: "watch",
      header: t.accounts.columns.watch,
      cell: ({ row: { original: key } }) =>
        key.deleted_at === null ? <WatchSwitch account={account} listed={key} /> : null,
      meta: { className: `${TOP} text-center` },
    },
  ];
  return (
    <DataTable
      label={t.accounts.table}
      columns={columns}
      rows={list.items}
      rowId={({ hash }) => hash}
      rowClass={({ is_watched }) => (is_watched ? "" : "text-muted")}
      sort={sort as SortState<string>}
      hasFoot
      region={{}}
    />
  );
}

function KeyName({ listed: key }: { listed: AccountKey }) {
  const t = useTexts("accounts");
  return (
    <>
      <span dir="auto" className="block font-medium break-words">
        {key.api_key_id === null ? (
          key.name
        ) : (
          <Link
            to="/keys/$id"
            params={{ id: String(key.api_key_id) }}
            search={{}}
            preload={false}
            className="row-link -my-1 inline-block max-w-full no-underline hover:underline pointer-coarse:my-0"
          >
            {key.name}
          </Link>
        )}
      </span>
      <span className="block truncate text-caption text-muted">
        <code className="font-mono text-[0.6875rem]">{key.label}</code>
        {key.has_secret && ` · ${t.accounts.secret}`}
      </span>
    </>
  );
}

const STATES = {
  active: { Icon: CircleCheck, ink: "text-good" },
  disabled: { Icon: CirclePause, ink: "text-muted" },
  deleted: { Icon: CircleMinus, ink: "text-muted" },
  expired: { Icon: TriangleAlert, ink: "text-warn" },
  failed: { Icon: TriangleAlert, ink: "text-bad" },
  unwatched: { Icon: CircleMinus, ink: "text-muted" },
};

/** A complete history, or none to fetch, needs no mention. */
const IN_BACKFILL: ReadonlySet<AccountKey["backfill"]> = new Set(["waiting", "recent"]);

function stateOf(key: AccountKey, now: Date): keyof typeof STATES {
  if (key.deleted_at !== null) return "deleted";
  if (key.is_disabled) return "disabled";
  if (key.expires_at !== null && new Date(key.expires_at) <= now) return "expired";
  if (!key.is_watched) return "unwatched";
  return key.last_sync_error_message ? "failed" : "active";
}

function KeyState({ listed: key }: { listed: AccountKey }) {
  const t = useTexts("accounts");
  const say = useSay();
  const state = stateOf(key, useNow());
  const { Icon, ink } = STATES[state];
  return (
    <>
      <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
        <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
        {t.accounts.state[state]}
      </span>
      {state === "active" && IN_BACKFILL.has(key.backfill) && (
        <span className="block text-caption text-muted">
          {t.accounts.historyOf({ state: t.accounts.data[key.backfill] })}
        </span>
      )}
      {state === "failed" && key.last_sync_error_message && (
        <span className="block max-w-56 text-caption text-bad">{say(key.last_sync_error_message)}</span>
      )}
    </>
  );
}

function KeyLimit({ listed: { has_limit, limit, limit_remaining: left } }: { listed: AccountKey }) {
  const t = useTexts("accounts");
  const format = useFormat();
  if (has_limit === false) return <span className="text-muted">{t.accounts.noLimit}</span>;
  if (has_limit === null || limit === null) return "–";
  if (left === null) return <Money value={limit} />;
  const nanos = parseMoney(left);
  const isLow = nanos * 5n < parseMoney(limit);
  return (
    <span className={`inline-flex items-center gap-1 whitespace-nowrap tabular-nums ${isLow ? "text-warn" : ""}`}>
      {isLow && <TriangleAlert aria-hidden className="size-3.5 shrink-0" />}
      {nanos < 0n
        ? t.accounts.overLimit({ amount: format.money(toMoney(-nanos)), limit: format.money(limit) })
        : t.accounts.leftOf({ amount: format.money(left), limit: format.money(limit) })}
    </span>
  );
}

function WatchSwitch({
  account,
  listed: { hash, name, is_watched: isWatched },
}: {
  account: Account;
  listed: AccountKey;
}) {
  const t = useTexts("accounts");
  const announce = useAnnounce();
  const changed = useAccountsChanged();
  const set = trpc.accounts.setKey.useMutation({
    onSuccess: (_, { is_watched }) =>
      announce(is_watched ? t.accounts.watched({ name }) : t.accounts.unwatched({ name })),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: changed,
  });
  const mayManage = usePermission("manageKeys");
  const need = useNeed("manageKeys");
  const isOn = set.isPending ? !isWatched : isWatched;
  return (
    <label
      title={mayManage ? undefined : need}
      className="inline-flex min-h-6 min-w-6 items-center justify-center pointer-coarse:min-h-11 pointer-coarse:min-w-11"
    >
      <span className="sr-only">{t.accounts.watchKey({ name })}</span>
      <input
        type="checkbox"
        className="size-4 accent-accent"
        checked={isOn}
        disabled={!mayManage}
        aria-busy={set.isPending || undefined}
        onChange={() => !set.isPending && set.mutate({ id: account.id, hash, is_watched: !isWatched })}
      />
    </label>
  );
}
