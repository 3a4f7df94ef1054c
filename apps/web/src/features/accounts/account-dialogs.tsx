import * as z from "zod/mini";
import { CheckField } from "../../components/forms/check-field.tsx";
import { TextField } from "../../components/forms/field.tsx";
import { changedFields, textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal, useWhileOpen } from "../../components/forms/form-modal.tsx";
import { text } from "../../components/forms/schemas.ts";
import { ManagementKeyPower, ManagementLink } from "../../components/management-key-power.tsx";
import { keyFieldOf, OpenRouterKeyField, openRouterKey } from "../../components/openrouter-key-field.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Segmented } from "../../components/ui/segmented.tsx";
import { useAccountsChanged } from "../../lib/api/accounts.ts";
import { type Account, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

interface DialogProps {
  account: Account;
  onClose: () => void;
}

/** What each dialog does once its call has succeeded. */
function useDone(onClose: () => void) {
  const announce = useAnnounce();
  const changed = useAccountsChanged();
  const close = useWhileOpen(onClose);
  return async (outcome: string) => {
    announce(outcome);
    await changed();
    close();
  };
}

const addSchema = z.object({ name: text, key: openRouterKey });

export function AddAccountDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts("accounts", "keys", "connect");
  const done = useDone(onClose);
  const add = trpc.accounts.add.useMutation();
  const form = useApiForm({
    defaultValues: { name: t.connect.defaultName, key: "" },
    schema: addSchema,
    async send(values) {
      const { name } = await add.mutateAsync(values);
      await done(t.accounts.done.added({ name }));
    },
    fieldOf: keyFieldOf,
  });
  return (
    <FormModal
      form={form}
      needs="manageKeys"
      title={t.accounts.form.addTitle}
      lead={
        <>
          {t.accounts.form.addLead} <ManagementLink>{t.keys.form.managementLink}</ManagementLink>
        </>
      }
      submit={t.accounts.form.submitAdd}
      onClose={onClose}
    >
      <form.Field name="key">{(field) => <OpenRouterKeyField field={field} label={t.accounts.form.key} />}</form.Field>
      <ManagementKeyPower />
      <form.Field name="name">
        {(field) => (
          <TextField
            {...textProps(field)}
            label={t.accounts.form.name}
            required
            dir="auto"
            maxLength={100}
            autoComplete="off"
          />
        )}
      </form.Field>
    </FormModal>
  );
}

const editSchema = z.object({
  name: text,
  watch: z.enum(["all", "selected"]),
  notify_on_key_changes: z.boolean(),
});

export function EditAccountDialog({ account, onClose }: DialogProps) {
  const t = useTexts("accounts");
  const done = useDone(onClose);
  const update = trpc.accounts.update.useMutation();
  const form = useApiForm({
    defaultValues: {
      name: account.name,
      watch: account.watch,
      notify_on_key_changes: account.notify_on_key_changes,
    },
    schema: editSchema,
    async send(values) {
      const { name } = await update.mutateAsync({ id: account.id, ...changedFields(account, values) });
      await done(t.accounts.done.saved({ name }));
    },
  });
  return (
    <FormModal
      form={form}
      needs="manageKeys"
      title={t.accounts.form.editTitle({ name: account.name })}
      submit={t.accounts.form.save}
      onClose={onClose}
    >
      <form.Field name="name">
        {(field) => (
          <TextField
            {...textProps(field)}
            label={t.accounts.form.name}
            required
            dir="auto"
            maxLength={100}
            autoComplete="off"
          />
        )}
      </form.Field>
      <form.Field name="watch">
        {(field) => (
          <div>
            <Segmented
              legend={t.accounts.form.watchLegend}
              name="watch"
              options={[
                { value: "all", label: t.accounts.form.watchAll },
                { value: "selected", label: t.accounts.form.watchSelected },
              ]}
              value={field.state.value}
              onChoose={field.handleChange}
            />
            <p className="mt-1 text-caption text-muted">{t.accounts.form.watchHint}</p>
          </div>
        )}
      </form.Field>
      <form.Field name="notify_on_key_changes">
        {(field) => (
          <CheckField
            label={t.accounts.form.notify}
            hint={t.accounts.form.notifyHint}
            isChecked={field.state.value}
            onChange={field.handleChange}
          />
        )}
      </form.Field>
    </FormModal>
  );
}

const replaceSchema = z.object({ key: openRouterKey });

export function ReplaceKeyDialog({ account, onClose }: DialogProps) {
  const t = useTexts("accounts");
  const done = useDone(onClose);
  const replace = trpc.accounts.replaceKey.useMutation();
  const form = useApiForm({
    defaultValues: { key: "" },
    schema: replaceSchema,
    async send({ key }) {
      const { name } = await replace.mutateAsync({ id: account.id, key });
      await done(t.accounts.done.replaced({ name }));
    },
    fieldOf: keyFieldOf,
  });
  return (
    <FormModal
      form={form}
      needs="manageKeys"
      title={t.accounts.form.replaceTitle({ name: account.name })}
      lead={t.accounts.form.replaceLead}
      submit={t.accounts.form.submitReplace}
      onClose={onClose}
    >
      <form.Field name="key">{(field) => <OpenRouterKeyField field={field} label={t.accounts.form.key} />}</form.Field>
    </FormModal>
  );
}

const deleteSchema = z.object({ isUsageToo: z.boolean() });

export function RemoveAccountDialog({ account, onClose }: DialogProps) {
  const t = useTexts("accounts");
  const done = useDone(onClose);
  const remove = trpc.accounts.delete.useMutation();
  const form = useApiForm({
    defaultValues: { isUsageToo: false },
    schema: deleteSchema,
    async send({ isUsageToo }) {
      await remove.mutateAsync({ id: account.id, delete_usage: isUsageToo ? "true" : "false" });
      await done(t.accounts.done.deleted({ name: account.name }));
    },
  });
  return (
    <FormModal
      form={form}
      needs="manageKeys"
      isAlert
      title={t.accounts.form.deleteTitle({ name: account.name })}
      lead={t.accounts.form.deleteLead}
      submit={t.accounts.form.submitDelete}
      variant="danger"
      onClose={onClose}
    >
      <form.Field name="isUsageToo">
        {(field) => (
          <CheckField
            label={t.accounts.form.deleteUsage}
            hint={t.accounts.form.deleteUsageHint}
            isChecked={field.state.value}
            onChange={field.handleChange}
          />
        )}
      </form.Field>
    </FormModal>
  );
}
