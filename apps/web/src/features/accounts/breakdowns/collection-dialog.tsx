import { useState } from "react";
import * as z from "zod/mini";
import { CheckField } from "../../../components/forms/check-field.tsx";
import { ConfirmDialog } from "../../../components/forms/confirm-dialog.tsx";
import { changedFields, useApiForm } from "../../../components/forms/form.tsx";
import { FormModal, useWhileOpen } from "../../../components/forms/form-modal.tsx";
import { useAnnounce } from "../../../components/ui/announcer.tsx";
import { useAccountsChanged } from "../../../lib/api/accounts.ts";
import { type Account, trpc } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { CollectionState } from "./collection-state.tsx";

const FIELDS = [
  "providers",
  "performance",
  "apps",
  "finish_reasons",
  "members",
  "workspaces",
  "hours",
  "end_users",
] as const;
const schema = z.object({
  providers: z.boolean(),
  performance: z.boolean(),
  apps: z.boolean(),
  finish_reasons: z.boolean(),
  members: z.boolean(),
  workspaces: z.boolean(),
  hours: z.boolean(),
  end_users: z.boolean(),
});
type Settings = z.infer<typeof schema>;

/** Which breakdowns are collected, and what they take. Turning end users off is confirmed, because it deletes data. */
export function CollectionDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { collection: t } = useTexts("breakdowns").breakdowns;
  const announce = useAnnounce();
  const changed = useAccountsChanged();
  const utils = trpc.useUtils();
  const close = useWhileOpen(onClose);
  const update = trpc.accounts.update.useMutation();
  const [opened] = useState(account.breakdowns);
  const [unconfirmed, setUnconfirmed] = useState<Settings | null>(null);

  async function save(settings: Settings) {
    const breakdowns = changedFields(opened, settings);
    const { name } = await update.mutateAsync({ id: account.id, ...(breakdowns ? { breakdowns } : {}) });
    announce(t.saved({ name }));
    await Promise.all([changed(), utils.breakdowns.invalidate()]);
    close();
  }

  const form = useApiForm({
    defaultValues: { ...opened } as Settings,
    schema,
    async send(settings) {
      if (opened.end_users && !settings.end_users) setUnconfirmed(settings);
      else await save(settings);
    },
  });

  return (
    <>
      {/* Before the form: when both close, the form is the last to return the focus. */}
      {unconfirmed && (
        <ConfirmDialog
          title={t.confirm}
          body={t.confirmBody}
          submit={t.confirmSubmit}
          isDanger
          isBusy={update.isPending}
          error={update.error}
          onConfirm={() => void save(unconfirmed).catch(() => {})}
          onClose={() => {
            update.reset();
            setUnconfirmed(null);
          }}
        />
      )}
      <FormModal form={form} needs="manageKeys" title={t.open} lead={t.lead} submit={t.save} onClose={onClose}>
        <form.Subscribe selector={({ values }) => values.providers}>
          {(hasProviders) => (
            <fieldset className="flex flex-col gap-3">
              <legend className="sr-only">{t.legend}</legend>
              {FIELDS.map((name) => (
                <form.Field key={name} name={name}>
                  {(field) => (
                    <CheckField
                      label={t.fields[name]}
                      hint={t.hints[name]}
                      isChecked={field.state.value && (name !== "performance" || hasProviders)}
                      isDisabled={name === "performance" && !hasProviders}
                      onChange={field.handleChange}
                    />
                  )}
                </form.Field>
              ))}
            </fieldset>
          )}
        </form.Subscribe>
        <CollectionState state={account.breakdown_state} />
      </FormModal>
    </>
  );
}
