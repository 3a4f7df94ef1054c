import { useSelector } from "@tanstack/react-form";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal, useWhileOpen } from "../../components/forms/form-modal.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { type Channel, trpc } from "../../lib/api/trpc.ts";
import { useLanguage, useTexts } from "../../lib/i18n/i18n.ts";
import {
  CHANNEL_KINDS,
  type ChannelKind,
  channelFields,
  channelSchema,
  isNeeded,
  NO_SETTINGS,
  toSettings,
} from "./channel-fields.ts";
import { ChannelName, MessageLanguage, SettingField, WantedField } from "./channel-form-fields.tsx";
import { SigningSecret } from "./signing-secret.tsx";

const schema = channelSchema();

interface ChannelDialogProps {
  isEmailAvailable: boolean;
  onClose: (created?: Channel) => void;
}

export function ChannelDialog({ isEmailAvailable, onClose }: ChannelDialogProps) {
  const t = useTexts("channels");
  const close = useWhileOpen(onClose);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const create = trpc.channels.create.useMutation();
  const first: ChannelKind = isEmailAvailable ? "email" : "webhook";
  const form = useApiForm({
    defaultValues: {
      kind: first,
      name: t.channels.kinds[first] as string,
      language: useLanguage(),
      wants_alerts: true,
      wants_digest: false,
      ...NO_SETTINGS,
    },
    schema,
    async send({ kind, name, language, wants_alerts, wants_digest, ...settings }) {
      if (kind === "email" && !isEmailAvailable) return;
      const created = await create.mutateAsync({
        kind,
        name,
        language,
        ...toSettings(channelFields(kind, t), settings),
        ...(kind === "email" ? { wants_alerts, wants_digest } : { wants_alerts: true }),
      });
      announce(t.channels.done.saved({ name: created.name }));
      await utils.channels.list.invalidate();
      if (created.signing_secret === null) close(created);
    },
  });
  const kind = useSelector(form.store, ({ values }) => values.kind);

  if (create.data?.signing_secret)
    return (
      <SigningSecret name={create.data.name} secret={create.data.signing_secret} onClose={() => onClose(create.data)} />
    );

  function choose(next: ChannelKind) {
    if (form.state.values.name === t.channels.kinds[kind]) form.setFieldValue("name", t.channels.kinds[next]);
    form.setFieldValue("kind", next);
  }

  return (
    <FormModal
      form={form}
      needs="manageKeys"
      title={t.channels.form.addTitle}
      submit={t.channels.form.submitAdd}
      staysOpenWhileBusy
      onClose={() => onClose()}
    >
      <SelectField
        data-autofocus
        label={t.channels.form.kind}
        options={CHANNEL_KINDS.map((value) => ({ value, label: t.channels.kinds[value] }))}
        value={kind}
        onValue={(value) => choose(value as ChannelKind)}
      />
      {kind === "email" && !isEmailAvailable && <Notice tone="info">{t.channels.form.noEmail}</Notice>}
      {channelFields(kind, t).map((setting) => (
        <form.Field key={`${kind} ${setting.name}`} name={setting.name}>
          {(field) => (
            <SettingField {...textProps(field)} setting={setting} isOptional={!isNeeded(kind, setting.name)} />
          )}
        </form.Field>
      ))}
      <form.Field name="name">{(field) => <ChannelName {...textProps(field)} />}</form.Field>
      <form.Field name="language">
        {(field) => <MessageLanguage value={field.state.value} onChange={field.handleChange} />}
      </form.Field>
      {kind === "email" && (
        <fieldset>
          <legend className="mb-1 font-medium">{t.channels.form.what}</legend>
          <form.Field name="wants_alerts">
            {(field) => <WantedField field={field} label={t.channels.alerts} />}
          </form.Field>
          <form.Field name="wants_digest">
            {(field) => <WantedField field={field} label={t.channels.digest} />}
          </form.Field>
        </fieldset>
      )}
    </FormModal>
  );
}
