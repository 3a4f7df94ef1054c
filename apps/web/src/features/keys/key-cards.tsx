import type { ReactNode } from "react";
import { Ago } from "../../components/ui/values.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { KeyActions } from "./key-actions.tsx";
import { type KeyListProps, LimitCell, NameCell, SpentCell, StateCell, SyncedCell } from "./key-cells.tsx";

export function KeyCards({ keys, managers, onEdit, onDelete }: KeyListProps) {
  const t = useTexts("keys");
  return (
    <ul aria-label={t.keys.table} className="grid grid-cols-1 gap-3 md:grid-cols-2">
      {keys.map((key) => (
        <li key={key.id} className="rounded-panel border border-line bg-surface p-4 text-table">
          <div className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <NameCell watched={key} managers={managers} />
            </div>
            <KeyActions watched={key} onEdit={() => onEdit(key)} onDelete={() => onDelete(key)} />
          </div>
          <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-3">
            <Fact label={t.keys.status} isWide>
              <StateCell watched={key} />
            </Fact>
            <Fact label={t.keys.today}>
              <SpentCell cost={key.usage_daily} byok={key.byok_usage_daily} />
            </Fact>
            <Fact label={t.keys.week}>
              <SpentCell cost={key.usage_weekly} byok={key.byok_usage_weekly} />
            </Fact>
            <Fact label={t.keys.month}>
              <SpentCell cost={key.usage_monthly} byok={key.byok_usage_monthly} />
            </Fact>
            <Fact label={t.keys.allTime}>
              <SpentCell cost={key.usage} byok={key.byok_usage} />
            </Fact>
            <Fact label={t.keys.limit} isWide>
              <LimitCell watched={key} />
            </Fact>
            <Fact label={t.keys.lastUsed}>
              <Ago instant={key.last_used_at} />
            </Fact>
            <Fact label={t.keys.lastSynced}>
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
