import { type FormEvent, useRef, useState } from "react";
import { ErrorNotice } from "../../components/error-page.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Choice } from "../../components/ui/choice.tsx";
import { focusFirstError, TextField } from "../../components/ui/field.tsx";
import { SelectField } from "../../components/ui/more-fields.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { changedFields } from "../../lib/changed-fields.ts";
import { fieldErrorsOf, messageOf } from "../../lib/errors.ts";
import { formatInstant } from "../../lib/format.ts";
import { readCount } from "../../lib/numbers.ts";
import { text } from "../../lib/text/alerts.ts";
import { here, useTimeZone } from "../../lib/time-zone.ts";
import { type AlertSettings, trpc } from "../../lib/trpc.ts";

const words = text.settings;
const LABELS = { quiet_from: words.from, quiet_to: words.to, time_zone: words.zone, max_per_day: words.most };
const USUAL = { from: "22:00", to: "07:00" };

export function SettingsPanel() {
  const settings = trpc.alerts.settings.useQuery({});
  return (
    <Panel title={words.title}>
      <div className="flex flex-col gap-6 px-4 pb-5">
        {settings.error && <ErrorNotice error={settings.error} onRetry={() => void settings.refetch()} />}
        {settings.data && <SnoozeAll settings={settings.data} />}
        {settings.data && <QuietForm settings={settings.data} />}
      </div>
    </Panel>
  );
}

function SnoozeAll({ settings: { snoozed_until } }: { settings: AlertSettings }) {
  const [hours, setHours] = useState<keyof typeof words.snoozeOptions>("8");
  const now = useNow();
  const zone = useTimeZone();
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
            {words.wake}
          </Button>
        }
      >
        {words.snoozed(formatInstant(snoozed_until, now, zone))}
      </Notice>
    );
  return (
    <div className="flex flex-wrap items-end gap-3">
      <SelectField
        label={words.snooze}
        options={(["1", "8", "24", "168"] as const).map((value) => ({ value, label: words.snoozeOptions[value] }))}
        value={hours}
        onValue={(value) => setHours(value as typeof hours)}
      />
      <Button busy={snooze.isPending} onClick={() => snooze.mutate({ hours: Number(hours) })}>
        {words.snoozeDo}
      </Button>
    </div>
  );
}

function QuietForm({ settings }: { settings: AlertSettings }) {
  const [opened, setOpened] = useState(settings);
  const [isQuiet, setQuiet] = useState(settings.quiet_from !== null);
  const [from, setFrom] = useState(settings.quiet_from ?? USUAL.from);
  const [to, setTo] = useState(settings.quiet_to ?? USUAL.to);
  const [zone, setZone] = useState(settings.time_zone);
  const [most, setMost] = useState(String(settings.max_per_day));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const update = trpc.alerts.updateSettings.useMutation({
    onSuccess: (data) => {
      utils.alerts.settings.setData({}, data);
      void utils.inbox.invalidate();
      announce(words.saved);
    },
    onError: () => focusFirstError(form.current),
  });
  const refused = fieldErrorsOf(update.error, LABELS);
  const errors = { ...refused, ...problems };
  const zones = [...new Set([settings.time_zone, here(), "UTC"])];

  function submit(event: FormEvent) {
    event.preventDefault();
    const count = readCount(most) ?? 0;
    const found = {
      ...(count >= 1 && count <= 200 ? {} : { max_per_day: words.mostBad }),
      ...(isQuiet && from === to ? { quiet_to: words.sameTime } : {}),
    };
    setProblems(found);
    if (Object.keys(found).length > 0) return focusFirstError(form.current);
    if (update.isPending) return;
    const now = {
      quiet_from: isQuiet ? from : null,
      quiet_to: isQuiet ? to : null,
      time_zone: zone,
      max_per_day: count,
    };
    const change = changedFields(opened, now);
    if (!change) return announce(words.saved);
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
          legend={words.quiet}
          name="quiet"
          options={[
            { value: "none", label: words.none },
            { value: "some", label: words.between },
          ]}
          value={isQuiet ? "some" : "none"}
          onChoose={(value) => setQuiet(value === "some")}
        />
        {isQuiet && (
          <div className="grid grid-cols-2 gap-3">
            <TextField
              type="time"
              label={words.from}
              value={from}
              onChange={(event) => setFrom(event.target.value)}
              error={errors.quiet_from}
            />
            <TextField
              type="time"
              label={words.to}
              value={to}
              onChange={(event) => setTo(event.target.value)}
              error={errors.quiet_to}
            />
          </div>
        )}
        <p className="text-caption text-muted">{words.quietNote}</p>
      </div>
      {isQuiet && (
        <SelectField
          label={words.zone}
          options={zones.map((value) => ({ value, label: value }))}
          value={zone}
          onValue={setZone}
          error={errors.time_zone}
        />
      )}
      <TextField
        label={words.most}
        hint={words.mostNote}
        inputMode="numeric"
        maxLength={24}
        value={most}
        onChange={(event) => setMost(event.target.value)}
        error={errors.max_per_day}
      />
      <div>
        <Button type="submit" look="primary" busy={update.isPending}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
