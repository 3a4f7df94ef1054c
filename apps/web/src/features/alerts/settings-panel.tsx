import { useSelector } from "@tanstack/react-form";
import { useMemo, useState } from "react";
import * as z from "zod/mini";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { TextField } from "../../components/forms/field.tsx";
import { changedFields, Form, SubmitButton, textProps, useApiForm } from "../../components/forms/form.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { wholeNumber } from "../../components/forms/schemas.ts";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { useNeed } from "../../components/ui/permitted.tsx";
import { Segmented } from "../../components/ui/segmented.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { usePermission } from "../../lib/api/permission.ts";
import { type AlertSettings, trpc } from "../../lib/api/trpc.ts";
import type { Marks } from "../../lib/format/numbers.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { here } from "../../lib/i18n/time-zone.ts";

const PAUSES = ["1", "8", "24", "168"] as const;
/** A day. */
const MESSAGES = { min: 1, max: 200 };
const USUAL = { from: "22:00", to: "07:00" };

export function SettingsPanel() {
  const t = useTexts("alerts");
  const settings = trpc.alerts.settings.useQuery({});
  return (
    <Panel title={t.alerts.settings.title}>
      <div className="flex flex-col gap-6 px-4 pb-5">
        {settings.error && <ErrorNotice error={settings.error} onRetry={() => void settings.refetch()} />}
        {settings.data && <SnoozeAll settings={settings.data} />}
        {settings.data && <QuietForm settings={settings.data} />}
      </div>
    </Panel>
  );
}

function SnoozeAll({ settings: { snoozed_until } }: { settings: AlertSettings }) {
  const t = useTexts("alerts");
  const format = useFormat();
  const [hours, setHours] = useState<(typeof PAUSES)[number]>("8");
  const now = useNow();
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const snooze = trpc.alerts.snooze.useMutation({
    onSuccess: (data) => {
      utils.alerts.settings.setData({}, data);
      // Pending notifications are rescheduled.
      void utils.inbox.invalidate();
    },
    onError: (error) => announce(messageOf(error), "bad"),
  });
  const isSnoozed = snoozed_until !== null && Date.parse(snoozed_until) > now.getTime();

  if (isSnoozed)
    return (
      <Notice
        tone="warn"
        role="status"
        action={
          <Button busy={snooze.isPending} onClick={() => snooze.mutate({ hours: 0 })}>
            {t.alerts.settings.resume}
          </Button>
        }
      >
        {t.alerts.settings.paused({ until: format.instant(snoozed_until) })}
      </Notice>
    );
  return (
    <div className="flex flex-wrap items-end gap-3">
      <SelectField
        label={t.alerts.settings.pause}
        options={PAUSES.map((value) => ({
          value,
          label: t.alerts.settings.pauseOptions[value],
        }))}
        value={hours}
        onValue={(value) => setHours(value as typeof hours)}
      />
      <Button busy={snooze.isPending} onClick={() => snooze.mutate({ hours: Number(hours) })}>
        {t.alerts.settings.pauseSubmit}
      </Button>
    </div>
  );
}

const toValues = ({ quiet_from, quiet_to, time_zone, max_per_day }: AlertSettings) => ({
  isQuiet: quiet_from !== null,
  quiet_from: quiet_from ?? USUAL.from,
  quiet_to: quiet_to ?? USUAL.to,
  time_zone,
  max_per_day: String(max_per_day),
});

const settingsSchema = (marks: Marks) =>
  z
    .object({
      isQuiet: z.boolean(),
      quiet_from: z.string(),
      quiet_to: z.string(),
      time_zone: z.string(),
      max_per_day: wholeNumber(marks, MESSAGES),
    })
    .check(
      z.refine(({ isQuiet, quiet_from, quiet_to }) => !isQuiet || quiet_from !== quiet_to, {
        path: ["quiet_to"],
        error: "same",
      }),
    );

function QuietForm({ settings }: { settings: AlertSettings }) {
  const t = useTexts("alerts");
  const format = useFormat();
  const words = t.alerts.settings;
  const [opened, setOpened] = useState(settings);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const update = trpc.alerts.updateSettings.useMutation({
    onSuccess(saved) {
      utils.alerts.settings.setData({}, saved);
      void utils.inbox.invalidate();
      // Includes changes made in another tab.
      setOpened(saved);
      form.reset(toValues(saved));
      announce(words.saved);
    },
  });
  const form = useApiForm({
    defaultValues: toValues(opened),
    schema: useMemo(() => settingsSchema(format.marks()), [format]),
    async send({ isQuiet, quiet_from, quiet_to, ...values }) {
      const hours = { quiet_from: isQuiet ? quiet_from : null, quiet_to: isQuiet ? quiet_to : null };
      const change = changedFields(opened, { ...hours, ...values });
      if (!change) return announce(words.saved);
      const isOther = "quiet_from" in change || "quiet_to" in change;
      // Both ends are sent, because one alone would combine with an old value.
      await update.mutateAsync({ ...change, ...(isOther ? hours : {}) });
    },
  });
  const isQuiet = useSelector(form.store, ({ values }) => values.isQuiet);
  const mayEdit = usePermission("edit");
  const need = useNeed("edit");
  const zones = [...new Set([settings.time_zone, here(), "UTC"])];

  return (
    <Form form={form} className="flex max-w-md flex-col gap-4">
      <div className="flex flex-col gap-2">
        <Segmented
          legend={words.quiet}
          name="quiet"
          options={[
            { value: "none", label: words.none },
            { value: "some", label: words.between },
          ]}
          value={isQuiet ? "some" : "none"}
          onChoose={(value) => form.setFieldValue("isQuiet", value === "some")}
        />
        {isQuiet && (
          <div className="grid grid-cols-2 gap-3">
            <form.Field name="quiet_from">
              {(field) => <TextField {...textProps(field)} type="time" label={words.from} />}
            </form.Field>
            <form.Field name="quiet_to">
              {(field) => (
                <TextField {...textProps(field)} type="time" label={words.to} errorTexts={{ same: words.sameTime }} />
              )}
            </form.Field>
          </div>
        )}
        <p className="text-caption text-muted">{words.quietNote}</p>
      </div>
      {isQuiet && (
        <form.Field name="time_zone">
          {(field) => (
            <SelectField
              problem={textProps(field).problem}
              label={words.zone}
              options={zones.map((value) => ({ value, label: value }))}
              value={field.state.value}
              onValue={field.handleChange}
            />
          )}
        </form.Field>
      )}
      <form.Field name="max_per_day">
        {(field) => (
          <TextField
            {...textProps(field)}
            label={words.most}
            hint={mayEdit ? words.mostNote : need}
            readOnly={!mayEdit}
            inputMode="numeric"
            maxLength={24}
            errorTexts={{ bad: words.mostBad }}
          />
        )}
      </form.Field>
      <div>
        <SubmitButton form={form}>{words.save}</SubmitButton>
      </div>
    </Form>
  );
}
