import { toDay } from "@orwatch/domain/day";
import { Download } from "lucide-react";
import { useState } from "react";
import { PageBody, PageHead } from "../../components/page.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Segmented } from "../../components/ui/segmented.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { trpc, type User } from "../../lib/api/trpc.ts";
import { RANGE_KEYS, setShortcuts, useShortcuts } from "../../lib/browser/shortcuts.ts";
import { setTheme, THEMES, useTheme } from "../../lib/browser/theme.ts";
import { serverNow } from "../../lib/format/clock.ts";
import { chooseLanguage, LANGUAGES, useFormat, useLanguage, useTexts } from "../../lib/i18n/i18n.ts";
import { here, setTimeZone, useTimeZone } from "../../lib/i18n/time-zone.ts";
import type { ProfileSearch } from "../../lib/search/account-search.ts";
import { Activity } from "./activity.tsx";
import { ChangeEmail } from "./change-email.tsx";
import { ChangePassword } from "./change-password.tsx";
import { collectData, saveFile } from "./collect-data.ts";
import { DeleteUserDialog } from "./delete-user-dialog.tsx";
import { Identities } from "./identities.tsx";
import { Passkeys } from "./passkeys.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { Section } from "./section.tsx";
import { Sessions } from "./sessions.tsx";

export function ProfilePage({ search }: { search: ProfileSearch }) {
  const t = useTexts("profile");
  const { data: user } = trpc.auth.account.useQuery({});
  const { data: security } = trpc.auth.security.useQuery({});
  const { data: settings } = trpc.auth.settings.useQuery();
  const [isDeleting, setDeleting] = useState(false);
  if (!user || !security || !settings) return null;
  const hasPassword = security.has_password;
  return (
    <PageBody>
      <PageHead title={t.common.nav.profile} />
      <div className="flex max-w-3xl flex-col gap-4">
        <Account user={user} />
        <Display />
        {settings.password_login && (
          <Section title={hasPassword ? t.profile.password.title : t.profile.password.setTitle}>
            <ChangePassword email={user.email} hasPassword={hasPassword} />
          </Section>
        )}
        <Identities provider={settings.oidc} error={search.error} />
        <Section title={t.profile.twoFactor.title}>
          <SecondFactor email={user.email} />
        </Section>
        <Section title={t.profile.passkeys.title}>
          <Passkeys email={user.email} />
        </Section>
        <Section title={t.profile.sessions.title}>
          <Sessions />
        </Section>
        <Section title={t.profile.activity.title}>
          <Activity search={search} />
        </Section>
        <YourData />
        <Section title={t.profile.removal.heading}>
          <p className="max-w-prose text-muted">{t.profile.removal.note}</p>
          <div>
            <Button variant="danger" onClick={() => setDeleting(true)}>
              {t.profile.removal.action}
            </Button>
          </div>
        </Section>
      </div>
      {isDeleting && (
        <DeleteUserDialog email={user.email} hasPassword={hasPassword} onClose={() => setDeleting(false)} />
      )}
    </PageBody>
  );
}

function Account({ user }: { user: User }) {
  const t = useTexts("profile");
  const format = useFormat();
  return (
    <Section title={t.profile.account.title}>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <div className="min-w-0">
          <dt className="text-caption text-muted">{t.profile.account.email}</dt>
          <dd className="font-medium break-words">{user.email}</dd>
        </div>
        <div>
          <dt className="text-caption text-muted">{t.profile.account.since}</dt>
          <dd>{format.instant(user.created_at)}</dd>
        </div>
      </dl>
      <ChangeEmail user={user} />
    </Section>
  );
}

function Display() {
  const t = useTexts("profile");
  const format = useFormat();
  const theme = useTheme();
  const zone = useTimeZone();
  const hasShortcuts = useShortcuts();
  const language = useLanguage();
  const now = useNow();
  return (
    <Section title={t.profile.display.title}>
      <p className="text-muted">{t.profile.display.note}</p>
      <Segmented
        legend={t.common.language}
        name="language"
        options={LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name }))}
        value={language}
        onChoose={(tag) => void chooseLanguage(tag)}
      />
      <Segmented
        legend={t.common.theme.label}
        name="profile-theme"
        options={THEMES.map((value) => ({ value, label: t.common.theme[value] }))}
        value={theme}
        onChoose={setTheme}
      />
      <div>
        <Segmented
          legend={t.profile.display.shortcuts}
          name="shortcuts"
          options={[
            { value: "on", label: t.profile.display.on },
            { value: "off", label: t.profile.display.off },
          ]}
          value={hasShortcuts ? "on" : "off"}
          onChoose={setShortcuts}
        />
        <p className="mt-1 text-caption text-muted">
          {t.profile.display.shortcutsNote({ keys: Object.keys(RANGE_KEYS).join(", "), list: "?" })}
        </p>
      </div>
      <div>
        <Segmented
          legend={t.profile.display.timeZone}
          name="time-zone"
          options={[
            { value: "UTC", label: t.profile.display.utc },
            ...(here() === "UTC"
              ? []
              : [{ value: "local" as const, label: t.profile.display.local({ zone: here() }) }]),
          ]}
          value={zone === "UTC" ? "UTC" : "local"}
          onChoose={setTimeZone}
        />
        <p className="mt-1 text-caption text-muted">
          {t.profile.display.example({ instant: format.instant(now.toISOString()) })} {t.profile.display.timeZoneNote}
        </p>
      </div>
    </Section>
  );
}

function YourData() {
  const t = useTexts("profile");
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const [isBusy, setBusy] = useState(false);

  async function download() {
    if (isBusy) return;
    setBusy(true);
    announce(t.profile.data.downloading);
    try {
      const account = await utils.auth.exportData.fetch(undefined, { staleTime: 0 });
      saveFile(await collectData(account), `orwatch_my_data_${toDay(serverNow())}.json`);
      announce(t.profile.data.downloaded);
    } catch (error) {
      announce(messageOf(error), "bad");
    } finally {
      setBusy(false);
    }
  }

  return (
    <Section title={t.profile.data.title}>
      <p className="max-w-prose text-muted">{t.profile.data.note}</p>
      <div>
        <Button busy={isBusy} onClick={() => void download()}>
          {!isBusy && <Download aria-hidden className="size-4 text-muted" />}
          {t.profile.data.download}
        </Button>
      </div>
    </Section>
  );
}
