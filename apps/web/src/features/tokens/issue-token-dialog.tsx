import { SCOPE_NAMES, type Scope } from "@orwatch/domain/permissions";
import { useState } from "react";
import * as z from "zod/mini";
import { CheckField } from "../../components/forms/check-field.tsx";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { text } from "../../components/forms/schemas.ts";
import { ShownOnce } from "../../components/forms/shown-once.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { type IssuedToken, trpc } from "../../lib/api/trpc.ts";
import { serverNow } from "../../lib/format/clock.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { scopeTexts } from "./scope-texts.ts";

export function IssueTokenDialog({ onClose }: { onClose: () => void }) {
  const [issued, setIssued] = useState<IssuedToken | null>(null);
  return issued ? (
    <ShowToken issued={issued} onClose={onClose} />
  ) : (
    <TokenForm onIssued={setIssued} onClose={onClose} />
  );
}

/** Days until an API token expires. */
const LIFETIMES = [7, 30, 90, 365];
const DAY_MS = 86_400_000;

const schema = z.object({
  name: text,
  scopes: z.array(z.enum(SCOPE_NAMES)).check(z.minLength(1)),
  /** Days; empty if it never expires. */
  lifetime: z.string(),
});

function TokenForm({ onIssued, onClose }: { onIssued: (token: IssuedToken) => void; onClose: () => void }) {
  const t = useTexts("tokens");
  const utils = trpc.useUtils();
  const issue = trpc.tokens.issue.useMutation();
  const form = useApiForm({
    defaultValues: { name: "", scopes: ["read"] as Scope[], lifetime: "" },
    schema,
    async send({ lifetime, ...values }) {
      const expires_at = lifetime === "" ? null : new Date(serverNow() + Number(lifetime) * DAY_MS).toISOString();
      onIssued(await issue.mutateAsync({ ...values, expires_at }));
      await utils.tokens.invalidate();
    },
  });

  return (
    <FormModal
      form={form}
      needs="manageKeys"
      title={t.tokens.form.title}
      lead={t.tokens.form.lead}
      submit={t.tokens.form.submit}
      staysOpenWhileBusy
      onClose={onClose}
    >
      <form.Field name="name">
        {(field) => (
          <TextField
            {...textProps(field)}
            data-autofocus
            label={t.tokens.form.name}
            required
            dir="auto"
            maxLength={100}
            autoComplete="off"
            hint={t.tokens.form.hint}
          />
        )}
      </form.Field>
      <form.Field name="scopes">
        {({ state, handleChange }) => (
          <fieldset>
            <legend className="mb-2 font-medium">{t.tokens.form.scopes}</legend>
            <div className="flex flex-col gap-3">
              {SCOPE_NAMES.map((scope) => (
                <CheckField
                  key={scope}
                  label={scopeTexts(scope, t).name}
                  hint={scopeTexts(scope, t).hint}
                  isChecked={state.value.includes(scope)}
                  onChange={(isChecked) =>
                    handleChange(SCOPE_NAMES.filter((one) => (one === scope ? isChecked : state.value.includes(one))))
                  }
                />
              ))}
            </div>
            {state.meta.errors.length > 0 && (
              <p role="alert" className="mt-2 text-table text-bad">
                {t.tokens.form.scopeMissing}
              </p>
            )}
          </fieldset>
        )}
      </form.Field>
      <form.Field name="lifetime">
        {({ state, handleChange }) => (
          <SelectField
            label={t.tokens.form.expires}
            hint={t.tokens.form.expiresHint}
            options={[
              { value: "", label: t.common.never },
              ...LIFETIMES.map((days) => ({ value: String(days), label: t.tokens.form.inDays({ days }) })),
            ]}
            value={state.value}
            onValue={handleChange}
          />
        )}
      </form.Field>
    </FormModal>
  );
}

function ShowToken({ issued, onClose }: { issued: IssuedToken; onClose: () => void }) {
  const t = useTexts("tokens");
  const announce = useAnnounce();
  return (
    <ShownOnce
      title={t.tokens.form.createdTitle}
      lead={t.tokens.form.createdLead({ name: issued.name })}
      label={t.tokens.form.token}
      secret={issued.token}
      unsaved={t.tokens.form.unsaved}
      saved={t.tokens.form.saved}
      onClose={() => {
        announce(t.tokens.done.created({ name: issued.name }));
        onClose();
      }}
    />
  );
}
