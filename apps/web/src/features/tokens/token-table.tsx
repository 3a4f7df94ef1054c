import { buttonLook } from "../../components/ui/button.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Ago } from "../../components/ui/values.tsx";
import { text } from "../../lib/text/tokens.ts";
import type { ApiToken } from "../../lib/trpc.ts";

const words = text.tokens;
const HEAD = "px-4 py-2 text-left whitespace-nowrap text-muted";

interface TokenTableProps {
  tokens: ApiToken[];
  most: number | undefined;
  onRevoke: (token: ApiToken) => void;
}

export function TokenTable({ tokens, most, onRevoke }: TokenTableProps) {
  const isFull = most !== undefined && tokens.length >= most;
  return (
    <Panel
      title={words.table}
      aside={
        most !== undefined && (
          <span className="text-table text-muted tabular-nums">{words.count(tokens.length, most)}</span>
        )
      }
    >
      {isFull && <p className="px-4 pb-3 text-table text-muted">{words.full(most)}</p>}
      <table className="w-full table-fixed text-table">
        <caption className="sr-only">{words.table}</caption>
        <thead className="border-b border-line">
          <tr>
            <th scope="col" className={HEAD}>
              {words.name}
            </th>
            <th scope="col" className={`${HEAD} hidden w-36 sm:table-cell`}>
              {words.created}
            </th>
            <th scope="col" className={`${HEAD} w-28 max-sm:px-2 sm:w-36`}>
              {words.lastUsed}
            </th>
            <th scope="col" className="w-24 sm:w-28">
              <span className="sr-only">{words.actions}</span>
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
                  aria-label={words.revokeThis(token.name)}
                  className={`${buttonLook("ghost")} text-bad!`}
                  onClick={() => onRevoke(token)}
                >
                  {words.revoke}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
