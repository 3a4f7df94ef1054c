import { useState } from "react";
import { TextField } from "../../components/forms/field.tsx";
import { FormDialog, useWhileOpen } from "../../components/forms/form-dialog.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { type Channel, type ChannelDraft, trpc } from "../../lib/api/trpc.ts";
import { useLanguage, useTexts } from "../../lib/i18n/i18n.ts";
import {
  CHANNEL_KINDS,
  type ChannelKind,
  channelFields,
  checkFields,
  type FieldValues,
  toSettings,
} from "./channel-fields.ts";
import { MessageLanguage, SettingFields, type Wanted, Wants } from "./channel-form-fields.tsx";
import { SigningSecret } from "./signing-secret.tsx";

const ALERTS_ONLY: Wanted = { wants_alerts: true, wants_digest: false };

interface ChannelDialogProps {
  isEmailAvailable: boolean;
  onClose: (created?: Channel) => void;
}

export function ChannelDialog({ isEmailAvailable, onClose }: ChannelDialogProps) {
  const t = useTexts("channels");
  const close = useWhileOpen(onClose);
  const [kind, setKind] = useState<ChannelKind>(isEmailAvailable ? "email" : "webhook");
  const [name, setName] = useState<string>(t.channels.kinds[kind]);
  const [values, setValues] = useState<FieldValues>({});
  const [wanted, setWanted] = useState(ALERTS_ONLY);
  const [language, setLanguage] = useState(useLanguage());
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const create = trpc.channels.create.useMutation({
    onSuccess: async (created) => {
      announce(t.channels.done.saved({ name: created.name }));
      await utils.channels.list.invalidate();
      if (created.signing_secret === null) close(created);
    },
  });
  const fields = channelFields(kind, t);
  const isImpossible = kind === "email" && !isEmailAvailable;

  if (create.data?.signing_secret)
    return (
      <SigningSecret name={create.data.name} secret={create.data.signing_secret} onClose={() => onClose(create.data)} />
    );

  function choose(next: ChannelKind) {
    if (name === t.channels.kinds[kind]) setName(t.channels.kinds[next]);
    setKind(next);
    create.reset();
    if (next !== "email") setWanted(ALERTS_ONLY);
  }

  function check() {
    const problems = checkFields(fields, values, t);
    if (!name.trim()) problems.push(["name", t.common.required({ field: t.channels.form.name })]);
    return Object.fromEntries(problems);
  }

  function send() {
    if (isImpossible) return;
    const wants = kind === "email" ? wanted : { wants_alerts: true };
    create.mutate({ kind, name, language, ...toSettings(fields, values), ...wants } satisfies ChannelDraft);
  }

  return (
    <FormDialog
      title={t.channels.form.addTitle}
      submit={t.channels.form.submitAdd}
      labels={{ name: t.channels.form.name, ...Object.fromEntries(fields.map((field) => [field.name, field.label])) }}
      call={create}
      holds
      check={check}
      onSubmit={send}
      onClose={() => onClose()}
    >
      {(errors) => (
        <>
          <SelectField
            data-autofocus
            label={t.channels.form.kind}
            options={CHANNEL_KINDS.map((value) => ({ value, label: t.channels.kinds[value] }))}
            value={kind}
            onValue={(value) => choose(value as ChannelKind)}
          />
          {isImpossible && <Notice tone="info">{t.channels.form.noEmail}</Notice>}
          <SettingFields key={kind} fields={fields} values={values} onChange={setValues} errors={errors} />
          <TextField
            label={t.channels.form.name}
            required
            dir="auto"
            maxLength={100}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={errors.name}
          />
          <MessageLanguage value={language} onChange={setLanguage} />
          {kind === "email" && <Wants wanted={wanted} onChange={setWanted} />}
        </>
      )}
    </FormDialog>
  );
}
