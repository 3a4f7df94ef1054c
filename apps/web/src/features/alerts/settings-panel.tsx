import { type FormEvent, useRef, useState } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { changedFields } from "../../components/forms/changed-fields.ts";
import { Choice } from "../../components/forms/choice.tsx";
import { focusFirstError, TextField } from "../../components/forms/field.tsx";
import { SelectField } from "../../components/forms/more-fields.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { fieldErrorsOf, messageOf } from "../../lib/api/errors.ts";
import { type AlertSettings, trpc } from "../../lib/api/trpc.ts";
import { readCount } from "../../lib/format/numbers.ts";
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
      // What waits has another time now.
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

function QuietForm({ settings }: { settings: AlertSettings }) {
  const t = useTexts("alerts");
  const format = useFormat();
  const [opened, setOpened] = useState(settings);
  const [isQuiet, setQuiet] = useState(settings.quiet_from !== null);
  const [from, setFrom] = useState(settings.quiet_from ?? USUAL.from);
  const [to, setTo] = useState(settings.quiet_to ?? USUAL.to);
  const [zone, setZone] = useState(settings.time_zone);
  const [most, setMost] = useState(String(settings.max_per_day));
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const update = trpc.alerts.updateSettings.useMutation({
    onSuccess: (data) => {
      utils.alerts.settings.setData({}, data);
      void utils.inbox.invalidate();
      announce(t.alerts.settings.saved);
    },
    onError: () => focusFirstError(form.current),
  });
  const count = readCount(most, format.marks()) ?? 0;
  const refused = fieldErrorsOf(update.error, {
    quiet_from: t.alerts.settings.from,
    quiet_to: t.alerts.settings.to,
    time_zone: t.alerts.settings.zone,
    max_per_day: t.alerts.settings.most,
  });
  const problems = findProblems();
  const errors = { ...refused, ...(isChecked ? problems : {}) };
  const zones = [...new Set([settings.time_zone, here(), "UTC"])];

  function findProblems(): Record<string, string> {
    const { min, max } = MESSAGES;
    return {
      ...(count >= min && count <= max ? {} : { max_per_day: t.alerts.settings.mostBad({ min, max }) }),
      ...(isQuiet && from === to ? { quiet_to: t.alerts.settings.sameTime } : {}),
    };
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(problems).length > 0) return focusFirstError(form.current);
    if (update.isPending) return;
    const now = {
      quiet_from: isQuiet ? from : null,
      quiet_to: isQuiet ? to : null,
      time_zone: zone,
      max_per_day: count,
    };
    const change = changedFields(opened, now);
    if (!change) return announce(t.alerts.settings.saved);
    const { quiet_from, quiet_to } = now;
    const isOther = "quiet_from" in change || "quiet_to" in change;
    // One end without the other would make hours that nobody has chosen.
    update.mutate({ ...change, ...(isOther ? { quiet_from, quiet_to } : {}) }, { onSuccess: show });
  }

  /** What was saved, with what another tab has saved meanwhile. */
  function show(saved: AlertSettings) {
    setOpened(saved);
    setQuiet(saved.quiet_from !== null);
    setFrom(saved.quiet_from ?? from);
    setTo(saved.quiet_to ?? to);
    setZone(saved.time_zone);
    setMost(String(saved.max_per_day));
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex max-w-md flex-col gap-4">
      {update.error && Object.keys(refused).length === 0 && (
        <Notice tone="bad" role="alert">
          {messageOf(update.error)}
        </Notice>
      )}
      <div className="flex flex-col gap-2">
        <Choice
          legend={t.alerts.settings.quiet}
          name="quiet"
          options={[
            { value: "none", label: t.alerts.settings.none },
            { value: "some", label: t.alerts.settings.between },
          ]}
          value={isQuiet ? "some" : "none"}
          onChoose={(value) => setQuiet(value === "some")}
        />
        {isQuiet && (
          <div className="grid grid-cols-2 gap-3">
            <TextField
              type="time"
              label={t.alerts.settings.from}
              value={from}
              onChange={(event) => setFrom(event.target.value)}
              error={errors.quiet_from}
            />
            <TextField
              type="time"
              label={t.alerts.settings.to}
              value={to}
              onChange={(event) => setTo(event.target.value)}
              error={errors.quiet_to}
            />
          </div>
        )}
        <p className="text-caption text-muted">{t.alerts.settings.quietNote}</p>
      </div>
      {isQuiet && (
        <SelectField
          label={t.alerts.settings.zone}
          options={zones.map((value) => ({ value, label: value }))}
          value={zone}
          onValue={setZone}
          error={errors.time_zone}
        />
      )}
      <TextField
        label={t.alerts.settings.most}
        hint={t.alerts.settings.mostNote}
        inputMode="numeric"
        maxLength={24}
        value={most}
        onChange={(event) => setMost(event.target.value)}
        error={errors.max_per_day}
      />
      <div>
        <Button type="submit" look="primary" busy={update.isPending}>
          {t.alerts.settings.save}
        </Button>
      </div>
    </form>
  );
}
