import { useState } from "react";
import * as z from "zod/mini";
import { CheckField } from "../../components/forms/check-field.tsx";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { KeyChoice } from "../../components/forms/key-choice.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { text } from "../../components/forms/schemas.ts";
import { ShownOnce } from "../../components/forms/shown-once.tsx";
import { type CreatedShareLink, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

/** Creates a share link and shows it once. */
export function ShareDialog({ onClose }: { onClose: () => void }) {
  const [link, setLink] = useState<CreatedShareLink | null>(null);
  return link ? <ShowLink link={link} onClose={onClose} /> : <ShareForm onCreated={setLink} onClose={onClose} />;
}

const PERIODS = [7, 30, 90, 365];
const LIFETIMES = [7, 30, 90, 365];

const schema = z.object({
  name: text,
  days: z.string(),
  /** `null` for all keys. */
  api_key_ids: z.nullable(z.array(z.number()).check(z.minLength(1, "none"))),
  shows_key_names: z.boolean(),
  expires_in_days: z.string(),
  password: z.string().check(z.refine((typed) => typed === "" || (typed.length >= 8 && typed.length <= 128), "bad")),
});

interface ShareFormProps {
  onCreated: (link: CreatedShareLink) => void;
  onClose: () => void;
}

function ShareForm({ onCreated, onClose }: ShareFormProps) {
  const t = useTexts("team");
  const words = t.team.shares.form;
  const utils = trpc.useUtils();
  const create = trpc.shares.create.useMutation();
  const form = useApiForm({
    defaultValues: {
      name: "",
      days: "30",
      api_key_ids: null as number[] | null,
      shows_key_names: false,
      expires_in_days: "30",
      password: "",
    },
    schema,
    async send({ name, days, expires_in_days, password, ...scope }) {
      const created = await create.mutateAsync({
        name,
        scope: { kind: "dashboard", days: Number(days), ...scope },
        expires_in_days: Number(expires_in_days),
        ...(password === "" ? {} : { password }),
      });
      onCreated(created);
      await Promise.all([utils.shares.list.invalidate(), utils.teams.audit.invalidate()]);
    },
  });
  return (
    <FormModal
      form={form}
      needs="manageMembers"
      title={words.title}
      lead={words.lead}
      submit={words.submit}
      staysOpenWhileBusy
      onClose={onClose}
    >
      <form.Field name="name">
        {(field) => (
          <TextField
            {...textProps(field)}
            data-autofocus
            label={words.name}
            hint={words.nameHint}
            required
            dir="auto"
            maxLength={100}
            autoComplete="off"
          />
        )}
      </form.Field>
      <form.Field name="days">
        {({ state, handleChange }) => (
          <SelectField
            label={words.days}
            options={PERIODS.map((days) => ({ value: String(days), label: words.lastDays({ days }) }))}
            value={state.value}
            onValue={handleChange}
          />
        )}
      </form.Field>
      <form.Field name="api_key_ids">{(field) => <KeyChoice field={field} texts={words} />}</form.Field>
      <form.Field name="shows_key_names">
        {({ state, handleChange }) => (
          <CheckField
            label={words.showsNames}
            hint={words.showsNamesHint}
            isChecked={state.value}
            onChange={handleChange}
          />
        )}
      </form.Field>
      <form.Field name="expires_in_days">
        {({ state, handleChange }) => (
          <SelectField
            label={words.expires}
            options={LIFETIMES.map((days) => ({ value: String(days), label: words.inDays({ days }) }))}
            value={state.value}
            onValue={handleChange}
          />
        )}
      </form.Field>
      <form.Field name="password">
        {(field) => (
          <TextField
            {...textProps(field)}
            label={words.password}
            note={t.common.optional}
            hint={words.passwordHint}
            errorTexts={{ bad: words.passwordBad }}
            // Readable, because it is sent to others, and no password of the user.
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </form.Field>
    </FormModal>
  );
}

function ShowLink({ link, onClose }: { link: CreatedShareLink; onClose: () => void }) {
  const t = useTexts("team");
  const words = t.team.shares.form;
  const format = useFormat();
  return (
    <ShownOnce
      title={words.createdTitle}
      lead={words.created({ name: link.name, until: format.instant(link.expires_at) })}
      label={words.link}
      // Without PUBLIC_URL, the server does not know its own address.
      secret={new URL(link.url, window.location.origin).href}
      {...(link.has_password ? { note: words.needsPassword } : {})}
      unsaved={words.unsaved}
      saved={words.saved}
      onClose={onClose}
    />
  );
}
