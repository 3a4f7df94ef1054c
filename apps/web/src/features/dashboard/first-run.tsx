import { Link } from "@tanstack/react-router";
import * as z from "zod/mini";
import { AccountProgress } from "../../components/account-progress.tsx";
import { Form, SubmitButton, useApiForm } from "../../components/forms/form.tsx";
import { ManagementKeyPower, ManagementLink } from "../../components/management-key-power.tsx";
import { keyFieldOf, OpenRouterKeyField, openRouterKey } from "../../components/openrouter-key-field.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Permitted, useNeed } from "../../components/ui/permitted.tsx";
import { isFilling, useAccounts, useAccountsChanged } from "../../lib/api/accounts.ts";
import { usePermission } from "../../lib/api/permission.ts";
import { type Account, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

const schema = z.object({ key: openRouterKey });

/** Form for the first key of a team. The server detects the kind of key. */
export function FirstRun() {
  const t = useTexts("usage");
  const mayManage = usePermission("manageKeys");
  const need = useNeed("manageKeys");
  if (mayManage) return <FirstKeyForm />;
  return <EmptyState title={t.usage.firstRun.otherTitle} body={`${t.usage.firstRun.otherBody} ${need}`} />;
}

function FirstKeyForm() {
  const t = useTexts("usage", "connect");
  const changed = useAccountsChanged();
  const add = trpc.keys.add.useMutation();
  const form = useApiForm({
    defaultValues: { key: "" },
    schema,
    async send({ key }) {
      await add.mutateAsync({ name: t.connect.defaultName, key });
      await changed();
    },
    fieldOf: keyFieldOf,
  });

  return (
    <Panel title={t.usage.firstRun.title} className="mx-auto w-full max-w-180">
      <Form form={form} className="flex flex-col gap-4 border-t border-line p-4">
        <p className="max-w-prose text-muted">
          {t.connect.first.lead} <ManagementLink>{t.usage.firstRun.managementLink}</ManagementLink>
        </p>
        <form.Field name="key">
          {(field) => <OpenRouterKeyField field={field} label={t.connect.first.key} hint={t.connect.first.hint} />}
        </form.Field>
        <ManagementKeyPower />
        <div>
          <SubmitButton form={form}>{t.connect.first.submit}</SubmitButton>
        </div>
      </Form>
    </Panel>
  );
}

/** Follows accounts whose keys or history are still being read. */
export function FillingAccounts() {
  const accounts = useAccounts().data?.items.filter(isFilling) ?? [];
  return accounts.map((account) => <FillingAccount key={account.id} account={account} />);
}

function FillingAccount({ account }: { account: Account }) {
  const t = useTexts("accounts");
  const isListed = account.last_synced_at !== null;
  return (
    <Panel
      title={
        isListed
          ? t.accounts.accountFound({ keys: account.keys_total, workspaces: Math.max(1, account.workspaces.length) })
          : t.accounts.searching
      }
      aside={
        isListed && (
          <span className="text-table text-muted">
            {account.watch === "all"
              ? t.accounts.watchedAll
              : t.accounts.watchedSome({ watched: account.keys_watched, total: account.keys_total })}{" "}
            ·{" "}
            <Link to="/accounts" search={{ id: account.id }} className="text-accent underline">
              {t.accounts.chooseKeys}
            </Link>
          </span>
        )
      }
    >
      <div className="border-t border-line p-4">
        <AccountProgress account={account} />
      </div>
    </Panel>
  );
}

/** For users with inference keys only: what a management key adds. */
export function AddManagementKey() {
  const t = useTexts("connect", "usage");
  const mayManage = usePermission("manageKeys");
  return (
    <Notice
      tone="info"
      title={t.connect.first.inferenceTitle}
      action={
        <Permitted to="manageKeys">
          <Link to="/accounts" search={{ add: true }} className={buttonClasses()}>
            {t.connect.first.addManagement}
          </Link>
        </Permitted>
      }
    >
      {t.connect.first.inferenceBody} {mayManage && <ManagementLink>{t.usage.firstRun.managementLink}</ManagementLink>}
    </Notice>
  );
}
