import { SortHead } from "../../components/ui/sort.tsx";
import { Ago } from "../../components/ui/values.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { KeyActions } from "./key-actions.tsx";
import { type KeyListProps, LimitCell, NameCell, SpentCell, StateCell, SyncedCell } from "./key-cells.tsx";

const CELL = "px-2 py-2.5 align-top";
const NUMBER = `${CELL} text-right tabular-nums whitespace-nowrap`;
const MONEY = [
  { column: "usage_daily", label: "today" },
  { column: "usage_weekly", label: "week" },
  { column: "usage_monthly", label: "month" },
  { column: "usage", label: "allTime" },
] as const;
const HEAD = "px-2 py-2 text-left whitespace-nowrap";

export function KeyTable({ keys, managers, sort, onEdit, onDelete }: KeyListProps) {
  const t = useTexts("keys");
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t.keys.table}
      className="relative overflow-x-auto rounded-panel border border-line bg-surface"
    >
      <table className="w-full text-table">
        <caption className="sr-only">{t.keys.table}</caption>
        <thead className="border-b border-line text-muted">
          <tr>
            <SortHead sort={sort} column="name" align="left" className="w-full pr-2!">
              <span className="min-w-36 text-left">{t.keys.name}</span>
            </SortHead>
            <th scope="col" className={HEAD}>
              {t.keys.status}
            </th>
            {MONEY.map(({ column, label }) => (
              <SortHead key={column} sort={sort} column={column} className="px-2!">
                {t.keys[label]}
              </SortHead>
            ))}
            <th scope="col" className={HEAD}>
              {t.keys.limit}
            </th>
            <SortHead sort={sort} column="last_used_at" align="left" className="px-2!">
              {t.keys.lastUsed}
            </SortHead>
            <SortHead sort={sort} column="last_synced_at" align="left" className="px-2!">
              {t.keys.lastSynced}
            </SortHead>
            <th scope="col" className="sticky right-0 bg-surface">
              <span className="sr-only">{t.keys.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {keys.map((key) => (
            <tr key={key.id} className={key.is_active ? "" : "text-muted"}>
              <th scope="row" className={`${CELL} max-w-0 pl-4 text-left font-normal`}>
                <NameCell watched={key} managers={managers} />
              </th>
              <td className={CELL}>
                <StateCell watched={key} />
              </td>
              {MONEY.map(({ column }) => (
                <td key={column} className={NUMBER}>
                  <SpentCell cost={key[column]} byok={key[`byok_${column}`]} />
                </td>
              ))}
              <td className={CELL}>
                <LimitCell watched={key} />
              </td>
              <td className={`${CELL} whitespace-nowrap`}>
                <Ago instant={key.last_used_at} />
              </td>
              <td className={CELL}>
                <SyncedCell watched={key} />
              </td>
              <td className={`${CELL} sticky right-0 bg-surface`}>
                <KeyActions watched={key} onEdit={() => onEdit(key)} onDelete={() => onDelete(key)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
