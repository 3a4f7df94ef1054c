import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Fact } from "../../components/ui/panel.tsx";
import { Money, useNow } from "../../components/ui/values.tsx";
import type { Account } from "../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";

/** Keys, coverage, credits and the last sync of an account, in one line on wide screens. */
export function AccountFacts({ account }: { account: Account }) {
  const t = useTexts("accounts");
  const format = useFormat();
  const say = useSay();
  useNow();
  const problems = [account.last_sync_error_message, account.total_error_message].filter((problem) => problem !== null);
  const { keys_total, keys_watched, workspaces, coverage_percent: coverage, backfill } = account;
  return (
    <dl className="grid gap-x-6 gap-y-4 border-t border-line p-4 sm:grid-cols-2 lg:grid-cols-4 [&_dd]:font-medium">
      <Fact label={t.accounts.keysLabel}>
        {account.last_synced_at === null
          ? "–"
          : t.accounts.found({ keys: keys_total, workspaces: Math.max(1, workspaces.length) })}
        <Note>
          {account.watch === "all" && keys_watched === keys_total
            ? t.accounts.watchedAll
            : t.accounts.watchedSome({ watched: keys_watched, total: keys_total })}
        </Note>
      </Fact>
      <Fact label={t.accounts.coverage}>
        {coverage === null ? "–" : format.percent(coverage)}
        <Note>
          {coverage === null
            ? t.accounts.coverageUnknown
            : t.accounts.coverageLong({ percent: format.percent(coverage) })}
        </Note>
      </Fact>
      <Fact label={t.accounts.credits}>
        <CreditsLeft account={account} />
      </Fact>
      <Fact label={t.accounts.backfill}>
        {backfill.total === 0
          ? t.accounts.historyDone
          : t.accounts.complete({ done: backfill.done, total: backfill.total })}
        <Note>
          {account.last_synced_at
            ? t.accounts.synced({ ago: format.ago(account.last_synced_at) })
            : t.accounts.notSynced}
        </Note>
        {problems.map((problem) => (
          <span key={problem.code} role="alert" className="mt-1 flex items-start gap-1.5 text-table text-bad">
            <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            {say(problem)}
          </span>
        ))}
      </Fact>
    </dl>
  );
}

function CreditsLeft({ account: { credits } }: { account: Account }) {
  const t = useTexts("accounts");
  const format = useFormat();
  if (credits === null) return "–";
  if (credits.remaining === null) return <Note>{t.accounts.creditsUnknown}</Note>;
  return (
    <>
      <Money value={credits.remaining} className="tabular-nums" />
      <Note>{t.accounts.creditsOf({ total: format.money(credits.total) })}</Note>
    </>
  );
}

const Note = ({ children }: { children: ReactNode }) => (
  <span className="block text-caption font-normal text-muted">{children}</span>
);
