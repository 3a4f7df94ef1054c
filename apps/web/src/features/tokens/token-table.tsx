import { useMemo } from "react";
import { type Columns, DataTable, sortedBy } from "../../components/tables/table.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Ago } from "../../components/ui/values.tsx";
import { usePermission } from "../../lib/api/permission.ts";
import type { ApiToken } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { scopeTexts } from "./scope-texts.ts";

interface TokenTableProps {
  tokens: ApiToken[];
  /** Number of active tokens of the user. */
  own: number;
  max: number | undefined;
  onRevoke: (token: ApiToken) => void;
}

export function TokenTable({ tokens, own, max, onRevoke }: TokenTableProps) {
  const t = useTexts("tokens");
  const mayManage = usePermission("manageKeys");
  const format = useFormat();
  const isShared = new Set(tokens.map(({ created_by }) => created_by.user_id)).size > 1;
  const columns = useMemo(
    (): Columns<ApiToken> => [
      {
        id: "name",
        header: t.tokens.name,
        ...sortedBy(({ name }: ApiToken) => name, true),
        cell: ({ row }) => (
          <>
            <span dir="auto" className="font-medium break-words">
              {row.original.name}
            </span>
            <span className="block text-caption font-normal text-muted">
              {format.list(row.original.scopes.map((scope) => scopeTexts(scope, t).name))}
              {!row.original.is_active && <span className="text-bad">{`, ${t.tokens.expired}`}</span>}
            </span>
            {isShared && (
              <span className="block text-caption font-normal text-muted wrap-anywhere">
                {t.tokens.by({ email: row.original.created_by.email })}
              </span>
            )}
          </>
        ),
        meta: { isRowHead: true },
      },
      {
        id: "created",
        header: t.tokens.created,
        ...sortedBy(({ created_at }: ApiToken) => created_at),
        cell: ({ row }) => <Ago instant={row.original.created_at} />,
        meta: { className: "max-sm:hidden w-36" },
      },
      {
        id: "used",
        header: t.tokens.lastUsed,
        ...sortedBy(({ last_used_at }: ApiToken) => last_used_at),
        cell: ({ row }) => <Ago instant={row.original.last_used_at} />,
        meta: { className: "w-28 sm:w-36" },
      },
      {
        id: "expires",
        header: t.tokens.expires,
        ...sortedBy(({ expires_at }: ApiToken) => expires_at),
        cell: ({ row: { original } }) =>
          original.expires_at === null ? (
            t.common.never
          ) : (
            <time dateTime={original.expires_at} className={original.is_active ? undefined : "text-bad"}>
              {format.instant(original.expires_at)}
            </time>
          ),
        meta: { className: "max-sm:hidden w-40" },
      },
      {
        id: "actions",
        header: () => <span className="sr-only">{t.tokens.actions}</span>,
        cell: ({ row }) =>
          mayManage && (
            <button
              type="button"
              aria-label={t.tokens.revokeToken({ name: row.original.name })}
              className={`${buttonClasses("ghost")} text-bad!`}
              onClick={() => onRevoke(row.original)}
            >
              {t.tokens.revoke}
            </button>
          ),
        meta: { className: "w-24 px-1! text-right sm:w-28" },
      },
    ],
    [t, format, mayManage, isShared, onRevoke],
  );
  return (
    <Panel
      title={t.tokens.table}
      aside={
        max !== undefined && (
          <span className="text-table text-muted tabular-nums">{t.tokens.count({ active: own, limit: max })}</span>
        )
      }
    >
      {max !== undefined && own >= max && (
        <p className="px-4 pb-3 text-table text-muted">{t.tokens.full({ limit: max })}</p>
      )}
      <DataTable
        className="table-fixed"
        label={t.tokens.table}
        columns={columns}
        rows={tokens}
        rowId={({ id }) => String(id)}
      />
    </Panel>
  );
}
