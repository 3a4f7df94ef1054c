import type { ReactNode } from "react";
import { Ago, Count } from "../../../components/ui/values.tsx";
import type { Account } from "../../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../../lib/i18n/i18n.ts";

/** Size, growth and retention of the stored breakdowns, and the result of the last request. */
export function CollectionState({ state }: { state: Account["breakdown_state"] }) {
  const { collection: t } = useTexts("breakdowns").breakdowns;
  const format = useFormat();
  const say = useSay();
  const kept = state.retention_days;
  return (
    <section aria-label={t.state} className="rounded-panel bg-sunken p-3">
      <h3 className="text-caption font-medium">{t.state}</h3>
      <dl className="mt-2 grid grid-cols-2 gap-x-4 gap-y-2.5 text-table sm:grid-cols-3">
        <Fact label={t.rows}>
          <Count value={state.rows} />
        </Fact>
        <Fact label={t.size}>{format.bytes(state.bytes)}</Fact>
        <Fact label={t.growth}>{format.bytes(state.bytes_per_month)}</Fact>
        <Fact label={t.since}>{format.day(state.since)}</Fact>
        <Fact label={t.last}>
          <Ago instant={state.last_collected_at} />
        </Fact>
        <Fact label={t.retention}>{kept === null ? t.retentionNone : t.retentionDays({ count: kept })}</Fact>
        {state.last_error_message && (
          <Fact label={t.error} className="col-span-full">
            <span className="text-bad">{say(state.last_error_message)}</span>
          </Fact>
        )}
      </dl>
      <p className="mt-2.5 text-caption text-muted">{t.retentionHint({ variable: "BREAKDOWN_RETENTION_DAYS" })}</p>
    </section>
  );
}

function Fact({ label, className = "", children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <div className={`min-w-0 ${className}`}>
      <dt className="text-caption text-muted">{label}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}
