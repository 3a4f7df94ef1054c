import { toDay } from "@orwatch/domain/day";
import { keepPreviousData } from "@tanstack/react-query";
import { ErrorNotice } from "../../../components/error-notice.tsx";
import { RangePicker } from "../../../components/filters/range-picker.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { useNow } from "../../../components/ui/values.tsx";
import { type Account, type ReconciledDay, trpc } from "../../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import type { AccountsSearch } from "../../../lib/search/accounts-search.ts";
import { rangeOf } from "../../../lib/search/stats-search.ts";
import { CreditsPanel } from "./credits-panel.tsx";
import { ReconciliationTable } from "./reconciliation-table.tsx";
import { causesOf, fromFirstKnown, sumDays } from "./sums.ts";

/** Whether every dollar of the account is here: its total, its keys, their counters and its credits, day by day. */
export function AccountReconciliation({ account, search }: { account: Account; search: AccountsSearch }) {
  const t = useTexts("common");
  const range = rangeOf(search, toDay(useNow()));
  const input = { id: account.id, ...range };
  const days = trpc.accounts.reconciliation.useQuery(input, { placeholderData: keepPreviousData });
  const credits = trpc.accounts.credits.useQuery(input, { placeholderData: keepPreviousData });
  const items = days.data && fromFirstKnown(days.data.items);

  return (
    <div className="flex flex-col gap-4" aria-busy={days.isPlaceholderData || undefined}>
      <div className="flex justify-end">
        <RangePicker search={search} />
      </div>
      {(days.error ?? credits.error) && (
        <ErrorNotice
          error={days.error ?? credits.error}
          onRetry={() => void Promise.all([days.refetch(), credits.refetch()])}
        />
      )}
      {credits.isPending && <div role="status" aria-label={t.common.loading} className="skeleton h-64" />}
      {credits.data && <CreditsPanel credits={credits.data} {...range} />}
      {days.isPending && <div role="status" aria-label={t.common.loading} className="skeleton h-96" />}
      {items && (
        <>
          <Summary days={items} />
          <ReconciliationTable days={items} />
          <Causes days={items} />
        </>
      )}
      <p role="status" className="sr-only">
        {days.isPlaceholderData ? t.common.updating : ""}
      </p>
    </div>
  );
}

/** The answer in one sentence. */
function Summary({ days }: { days: readonly ReconciledDay[] }) {
  const { reconciliation: t } = useTexts("reconciliation");
  const format = useFormat();
  const { total, unknown, unknownDays, unexplainedDays, unreadDays } = sumDays(days);
  if (total.amount === null)
    return (
      <Notice tone="info" title={t.summary.none}>
        <p>{t.summary.noneBody}</p>
      </Notice>
    );
  const amounts = { amount: format.money(unknown), total: format.money(total.amount) };
  const [tone, title, body] =
    unknownDays > 0
      ? (["warn", t.summary.some(amounts), t.summary.someBody({ days: unknownDays })] as const)
      : unexplainedDays > 0
        ? (["warn", t.summary.differ, t.summary.differBody({ days: unexplainedDays })] as const)
        : (["good", t.summary.all, t.summary.allBody(amounts)] as const);
  return (
    <Notice tone={tone} title={title}>
      <p>
        {body}
        {unreadDays > 0 && ` ${t.summary.unread({ days: unreadDays })}`}
      </p>
    </Notice>
  );
}

/** The causes that the table names. */
function Causes({ days }: { days: readonly ReconciledDay[] }) {
  const { reconciliation: t } = useTexts("reconciliation");
  const causes = causesOf(days);
  if (causes.length === 0) return null;
  return (
    <section aria-label={t.causesTitle} className="text-caption text-muted">
      <h3 className="font-medium text-ink">{t.causesTitle}</h3>
      <dl className="mt-1 grid gap-x-4 gap-y-1 sm:grid-cols-[max-content_1fr]">
        {causes.map((cause) => (
          <div key={cause} className="contents">
            <dt className="text-ink">{t.causes[cause]}</dt>
            <dd className="mb-1 sm:mb-0">{t.about[cause]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
