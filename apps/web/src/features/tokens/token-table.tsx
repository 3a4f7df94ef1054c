import { buttonLook } from "../../components/ui/button.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Ago } from "../../components/ui/values.tsx";
import type { ApiToken } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

const HEAD = "px-4 py-2 text-left whitespace-nowrap text-muted";

interface TokenTableProps {
  tokens: ApiToken[];
  most: number | undefined;
  onRevoke: (token: ApiToken) => void;
}

export function TokenTable({ tokens, most, onRevoke }: TokenTableProps) {
  const t = useTexts("tokens");
  const isFull = most !== undefined && tokens.length >= most;
  return (
    <Panel
      title={t.tokens.table}
      aside={
        most !== undefined && (
          <span className="text-table text-muted tabular-nums">
            {t.tokens.count({ active: tokens.length, limit: most })}
          </span>
        )
      }
    >
      {isFull && <p className="px-4 pb-3 text-table text-muted">{t.tokens.full({ limit: most })}</p>}
      <table className="w-full table-fixed text-table">
        <caption className="sr-only">{t.tokens.table}</caption>
        <thead className="border-b border-line">
          <tr>
            <th scope="col" className={HEAD}>
              {t.tokens.name}
            </th>
            <th scope="col" className={`${HEAD} hidden w-36 sm:table-cell`}>
              {t.tokens.created}
            </th>
            <th scope="col" className={`${HEAD} w-28 max-sm:px-2 sm:w-36`}>
              {t.tokens.lastUsed}
            </th>
            <th scope="col" className="w-24 sm:w-28">
              <span className="sr-only">{t.tokens.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {tokens.map((token) => (
            <tr key={token.id}>
              <th scope="row" dir="auto" className="px-4 py-2.5 text-left font-medium break-words">
                {token.name}
              </th>
              <td className="hidden px-4 sm:table-cell">
                <Ago instant={token.created_at} />
              </td>
              <td className="px-2 sm:px-4">
                <Ago instant={token.last_used_at} />
              </td>
              <td className="px-2 text-right">
                <button
                  type="button"
                  aria-label={t.tokens.revokeToken({ name: token.name })}
                  className={`${buttonLook("ghost")} text-bad!`}
                  onClick={() => onRevoke(token)}
                >
                  {t.tokens.revoke}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
