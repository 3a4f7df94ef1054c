import type { ReactNode } from "react";
import { Ago } from "../../components/ui/values.tsx";
import { text } from "../../lib/text/keys.ts";
import { KeyActions } from "./key-actions.tsx";
import { type KeyListProps, LimitCell, NameCell, SpentCell, StateCell, SyncedCell } from "./key-cells.tsx";

const words = text.keys;

export function KeyCards({ keys, managers, onEdit, onDelete }: KeyListProps) {
  return (
    <ul aria-label={words.table} className="grid grid-cols-1 gap-3 md:grid-cols-2">
      {keys.map((key) => (
        <li key={key.id} className="rounded-panel border border-line bg-surface p-4 text-table">
          <div className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <NameCell watched={key} managers={managers} />
            </div>
            <KeyActions watched={key} onEdit={() => onEdit(key)} onDelete={() => onDelete(key)} />
          </div>
          <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-3">
            <Fact label={words.state} isWide>
              <StateCell watched={key} />
            </Fact>
            <Fact label={words.today}>
              <SpentCell cost={key.usage_daily} byok={key.byok_usage_daily} />
            </Fact>
            <Fact label={words.week}>
              <SpentCell cost={key.usage_weekly} byok={key.byok_usage_weekly} />
            </Fact>
            <Fact label={words.month}>
              <SpentCell cost={key.usage_monthly} byok={key.byok_usage_monthly} />
            </Fact>
            <Fact label={words.allTime}>
              <SpentCell cost={key.usage} byok={key.byok_usage} />
            </Fact>
            <Fact label={words.limit} isWide>
              <LimitCell watched={key} />
            </Fact>
            <Fact label={words.lastUsed}>
              <Ago instant={key.last_used_at} />
            </Fact>
            <Fact label={words.lastSynced}>
              <SyncedCell watched={key} />
            </Fact>
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Fact({ label, isWide = false, children }: { label: string; isWide?: boolean; children: ReactNode }) {
  return (
    <div className={`min-w-0 ${isWide ? "col-span-2" : ""}`}>
      <dt className="text-caption text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
