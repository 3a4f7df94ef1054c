import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { AccountProgress } from "../../components/account-progress.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { PageBody, PageHead } from "../../components/page.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Permitted } from "../../components/ui/permitted.tsx";
import { isFilling, useAccounts } from "../../lib/api/accounts.ts";
import type { Account } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { AccountsSearch } from "../../lib/search/accounts-search.ts";
import { OPENED_HERE, useShutDialog } from "../../lib/search/opened-here.ts";
import { AccountActions } from "./account-actions.tsx";
import { AddAccountDialog } from "./account-dialogs.tsx";
import { AccountFacts } from "./account-facts.tsx";
import { AccountHistory } from "./account-history.tsx";
import { AccountKeys } from "./account-keys.tsx";
import { AccountBreakdowns } from "./breakdowns/account-breakdowns.tsx";
import { AccountReconciliation } from "./reconciliation/account-reconciliation.tsx";

export function AccountsPage({ search }: { search: AccountsSearch }) {
  const t = useTexts("accounts");
  const navigate = useNavigate({ from: "/accounts" });
  const list = useAccounts();
  const accounts = list.data?.items;
  const account = accounts?.find(({ id }) => id === search.id) ?? accounts?.[0];
  const closeAdd = useShutDialog(
    !!search.add,
    () => void navigate({ search: (was) => ({ ...was, add: undefined }), replace: true, resetScroll: false }),
  );

  return (
    <PageBody>
      <PageHead title={t.common.nav.accounts}>{accounts && accounts.length > 0 && <AddAccount />}</PageHead>
      <div className="flex flex-col gap-4">
        {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
        {accounts?.length === 0 && <NoAccounts />}
        {accounts && account && (
          <>
            {accounts.length > 1 && <AccountTabs accounts={accounts} current={account} />}
            <AccountView key={account.id} account={account} search={search} />
          </>
        )}
      </div>
      {search.add && <AddAccountDialog onClose={closeAdd} />}
    </PageBody>
  );
}

function AddAccount() {
  const t = useTexts("accounts");
  return (
    <Permitted to="manageKeys">
      <Link
        from="/accounts"
        to="/accounts"
        search={(was) => ({ ...was, add: true })}
        state={OPENED_HERE}
        resetScroll={false}
        preload={false}
        className={buttonClasses("primary")}
      >
        <Plus aria-hidden className="size-4" />
        {t.accounts.add}
      </Link>
    </Permitted>
  );
}

function NoAccounts() {
  const t = useTexts("accounts");
  return (
    <section
      aria-label={t.accounts.emptyTitle}
      className="flex min-h-72 flex-col items-center justify-center gap-2 rounded-panel border border-dashed border-line-strong p-6 text-center"
    >
      <h2 className="font-semibold">{t.accounts.emptyTitle}</h2>
      <p className="max-w-prose text-muted">{t.accounts.emptyBody}</p>
      <div className="mt-2">
        <AddAccount />
      </div>
    </section>
  );
}

const TAB =
  "inline-flex h-9 items-center border-b-2 px-1 no-underline pointer-coarse:h-11 aria-[current=page]:border-accent aria-[current=page]:font-medium border-transparent text-muted aria-[current=page]:text-ink";

function AccountTabs({ accounts, current }: { accounts: Account[]; current: Account }) {
  const t = useTexts("accounts");
  return (
    <nav aria-label={t.accounts.choose} className="flex flex-wrap gap-x-5 border-b border-line">
      {accounts.map(({ id, name }) => (
        <Link
          key={id}
          to="/accounts"
          search={{ id }}
          activeOptions={{ exact: true }}
          aria-current={id === current.id ? "page" : undefined}
          dir="auto"
          className={`${TAB} max-w-56 truncate`}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

function AccountView({ account, search }: { account: Account; search: AccountsSearch }) {
  const t = useTexts("accounts");
  const parts = [
    { part: undefined, label: t.accounts.parts.keys, Part: AccountKeys },
    { part: "reconciliation" as const, label: t.accounts.parts.reconciliation, Part: AccountReconciliation },
    { part: "breakdowns" as const, label: t.accounts.parts.breakdowns, Part: AccountBreakdowns },
    { part: "history" as const, label: t.accounts.parts.history, Part: AccountHistory },
  ];
  const { Part } = parts.find(({ part }) => part === search.part) ?? { Part: AccountKeys };
  return (
    <>
      <Panel title={account.name} aside={<AccountActions account={account} />}>
        <AccountFacts account={account} />
        {isFilling(account) && (
          <div className="border-t border-line p-4">
            <AccountProgress account={account} />
          </div>
        )}
      </Panel>
      <nav aria-label={t.accounts.parts.label} className="flex flex-wrap gap-x-3 border-b border-line sm:gap-x-5">
        {parts.map(({ part, label }) => (
          <Link
            key={label}
            to="/accounts"
            search={{ id: account.id, part }}
            activeOptions={{ exact: true }}
            aria-current={part === search.part ? "page" : undefined}
            resetScroll={false}
            className={TAB}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Part account={account} search={search} />
    </>
  );
}
