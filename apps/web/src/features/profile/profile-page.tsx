import { toDay } from "@orwatch/domain/day";
import { Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Choice } from "../../components/ui/choice.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { serverNow } from "../../lib/clock.ts";
import { messageOf } from "../../lib/errors.ts";
import { formatInstant } from "../../lib/format.ts";
import { currentLanguage, LANGUAGES, setLanguage } from "../../lib/language.ts";
import { RANGE_KEYS, setShortcuts, useShortcuts } from "../../lib/shortcuts.ts";
import { text } from "../../lib/text/profile.ts";
import { text as security } from "../../lib/text/security.ts";
import { setTheme, THEMES, useTheme } from "../../lib/theme.ts";
import { here, setTimeZone, useTimeZone } from "../../lib/time-zone.ts";
import { trpc, type User } from "../../lib/trpc.ts";
import { PageBody, PageHead } from "../shell/page-head.tsx";
import { Activity } from "./activity.tsx";
import { ChangePassword } from "./change-password.tsx";
import { collectData, saveFile } from "./collect-data.ts";
import { DeleteAccountDialog } from "./delete-account-dialog.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { Sessions } from "./sessions.tsx";

const words = text.profile;

export function ProfilePage() {
  const { data: user } = trpc.auth.account.useQuery({});
  const [isDeleting, setDeleting] = useState(false);
  if (!user) return null;
  return (
    <PageBody>
      <PageHead title={words.title} />
      <div className="flex max-w-3xl flex-col gap-4">
        <Account user={user} />
        <Display />
        <Section title={words.password}>
          <ChangePassword email={user.email} />
        </Section>
        <Section title={security.factor.title}>
          <SecondFactor email={user.email} />
        </Section>
        <Section title={security.sessions.title}>
          <Sessions />
        </Section>
        <Section title={security.activity.title}>
          <Activity />
        </Section>
        <YourData />
        <Section title={words.remove}>
          <p className="max-w-prose text-muted">{words.removeNote}</p>
          <div>
            <Button look="danger" onClick={() => setDeleting(true)}>
              {words.removeAction}
            </Button>
          </div>
        </Section>
      </div>
      {isDeleting && <DeleteAccountDialog email={user.email} onClose={() => setDeleting(false)} />}
    </PageBody>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Panel title={title}>
      <div className="flex flex-col gap-4 px-4 pb-5">{children}</div>
    </Panel>
  );
}

function Account({ user }: { user: User }) {
  const now = useNow();
  const zone = useTimeZone();
  return (
    <Section title={words.account}>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <div className="min-w-0">
          <dt className="text-caption text-muted">{words.email}</dt>
          <dd className="font-medium break-words">{user.email}</dd>
        </div>
        <div>
          <dt className="text-caption text-muted">{words.since}</dt>
          <dd>{formatInstant(user.created_at, now, zone)}</dd>
        </div>
      </dl>
    </Section>
  );
}

function Display() {
  const theme = useTheme();
  const zone = useTimeZone();
  const hasShortcuts = useShortcuts();
  const announce = useAnnounce();
  const now = useNow();
  return (
    <Section title={words.display}>
      <p className="text-muted">{words.displayNote}</p>
      <Choice
        legend={text.language}
        name="language"
        options={LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name }))}
        value={currentLanguage()}
        onChoose={(language) => setLanguage(language) || announce(text.languageNotKept, "bad")}
      />
      <Choice
        legend={text.theme.label}
        name="profile-theme"
        options={THEMES.map((value) => ({ value, label: text.theme[value] }))}
        value={theme}
        onChoose={setTheme}
      />
      <div>
        <Choice
          legend={words.shortcuts}
          name="shortcuts"
          options={[
            { value: "on", label: words.shortcutsOn },
            { value: "off", label: words.shortcutsOff },
          ]}
          value={hasShortcuts ? "on" : "off"}
          onChoose={setShortcuts}
        />
        <p className="mt-1 text-caption text-muted">{words.shortcutsNote(Object.keys(RANGE_KEYS).join(", "), "?")}</p>
      </div>
      <div>
        <Choice
          legend={words.timeZone}
          name="time-zone"
          options={[
            { value: "UTC", label: words.utc },
            ...(here() === "UTC" ? [] : [{ value: "local" as const, label: words.here(here()) }]),
          ]}
          value={zone === "UTC" ? "UTC" : "local"}
          onChoose={setTimeZone}
        />
        <p className="mt-1 text-caption text-muted">
          {words.example(formatInstant(now.toISOString(), now, zone))} {words.timeZoneNote}
        </p>
      </div>
    </Section>
  );
}

function YourData() {
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const [isBusy, setBusy] = useState(false);

  async function download() {
    if (isBusy) return;
    setBusy(true);
    announce(words.downloading);
    try {
      const account = await utils.auth.exportData.fetch(undefined, { staleTime: 0 });
      saveFile(await collectData(account), `orwatch_my_data_${toDay(serverNow())}.json`);
      announce(words.downloaded);
    } catch (error) {
      announce(messageOf(error), "bad");
    } finally {
      setBusy(false);
    }
  }

  return (
    <Section title={words.data}>
      <p className="max-w-prose text-muted">{words.dataNote}</p>
      <div>
        <Button busy={isBusy} onClick={() => void download()}>
          {!isBusy && <Download aria-hidden className="size-4 text-muted" />}
          {words.download}
        </Button>
      </div>
    </Section>
  );
}
