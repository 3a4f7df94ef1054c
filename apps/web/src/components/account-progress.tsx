import { useAccountKeys } from "../lib/api/accounts.ts";
import type { Account, AccountKey } from "../lib/api/trpc.ts";
import { parseMoney, toMoney } from "../lib/format/money.ts";
import { useSay, useTexts } from "../lib/i18n/i18n.ts";
import { Notice } from "./ui/notice.tsx";
import { Money } from "./ui/values.tsx";

/** Keys named one by one; the others are one line. */
const SHOWN = 4;

/** Keys found by a management key and the progress of their backfill, updated until it is complete. */
export function AccountProgress({ account }: { account: Account }) {
  const t = useTexts("accounts");
  const say = useSay();
  const { recent, done, total } = account.backfill;
  const isListed = account.last_synced_at !== null;
  if (account.last_sync_error_message && !isListed)
    return (
      <Notice tone="bad" title={account.name}>
        {say(account.last_sync_error_message)}
      </Notice>
    );
  return (
    <div className="flex flex-col gap-3">
      {isListed && total > 0 && (
        <div>
          <progress
            aria-label={t.accounts.history({ done, total })}
            max={2 * total}
            value={recent + done}
            className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
          />
          <p role="status" className="mt-2 text-table text-muted tabular-nums">
            {done < total
              ? `${t.accounts.history({ done, total })} ${t.accounts.historyOrder}`
              : t.accounts.historyDone}
          </p>
        </div>
      )}
      {isListed && account.keys_total > 0 && <CostliestKeys account={account} />}
    </div>
  );
}

function CostliestKeys({ account }: { account: Account }) {
  const t = useTexts("accounts");
  const { items, total, sums } = useAccountKeys(account, { sort: "-usage", limit: SHOWN }).data ?? {};
  if (!items || total === undefined) return <div className="skeleton h-44" />;
  return (
    <table className="w-full text-table">
      <caption className="sr-only">{t.accounts.table}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t.accounts.columns.name}</th>
          <th scope="col">{t.accounts.columns.workspace}</th>
          <th scope="col">{t.accounts.columns.data}</th>
          <th scope="col">{t.accounts.columns.allTime}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-b border-line">
        {items.map((key) => (
          <tr key={key.hash}>
            <th scope="row" dir="auto" className="max-w-40 truncate py-2 pr-4 text-left font-normal" title={key.name}>
              {key.name}
            </th>
            <td className="max-w-32 truncate py-2 pr-4 text-muted max-sm:hidden">{key.workspace ?? "–"}</td>
            <td className="py-2 pr-4 text-muted">{t.accounts.data[key.backfill]}</td>
            <td className="py-2 text-right tabular-nums">
              <Money value={key.usage} />
            </td>
          </tr>
        ))}
        {total > items.length && <Others keys={items} total={total} sum={sums?.usage ?? null} />}
      </tbody>
      <tfoot>
        <tr className="font-semibold">
          <th scope="row" colSpan={2} className="pt-2 pr-4 text-left">
            {t.accounts.allTime}
          </th>
          <td className="max-sm:hidden" />
          <td className="pt-2 text-right tabular-nums">
            <Money value={sums?.usage ?? null} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function Others({ keys, total, sum }: { keys: AccountKey[]; total: number; sum: string | null }) {
  const t = useTexts("accounts");
  const shown = keys.reduce((nanos, { usage }) => nanos + (usage === null ? 0n : parseMoney(usage)), 0n);
  return (
    <tr>
      <th scope="row" colSpan={2} className="py-2 pr-4 text-left font-normal text-muted">
        {t.accounts.more({ count: total - keys.length })}
      </th>
      <td className="max-sm:hidden" />
      <td className="py-2 text-right text-muted tabular-nums">
        <Money value={sum === null ? null : toMoney(parseMoney(sum) - shown)} />
      </td>
    </tr>
  );
}
