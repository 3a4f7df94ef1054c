import { Link } from "@tanstack/react-router";
import { CircleUserRound, LogOut, UserRoundCog, UsersRound } from "lucide-react";
import { lazy, Suspense } from "react";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button, buttonClasses } from "../../components/ui/button.tsx";
import { Popover } from "../../components/ui/popover.tsx";
import { Segmented } from "../../components/ui/segmented.tsx";
import { isUnauthorized, messageOf } from "../../lib/api/errors.ts";
import { leaveFor } from "../../lib/api/session.ts";
import { trpc, type User } from "../../lib/api/trpc.ts";
import { setTheme, THEMES, useTheme } from "../../lib/browser/theme.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { ICON, LABEL, PAGES } from "./rail-pages.ts";

const TeamList = lazy(() => import("./team-list.tsx").then(({ TeamList }) => ({ default: TeamList })));

export function ProfileMenu({ user }: { user: User }) {
  const t = useTexts("common");
  return (
    <Popover
      label={t.common.nav.user}
      side="top"
      align="start"
      panel="w-64"
      title={user.email}
      className="flex min-w-20 flex-col items-center justify-center gap-0.5 rounded-control text-caption font-medium text-muted hover:bg-sunken hover:text-ink sm:mt-auto sm:h-10 sm:w-full sm:min-w-0 sm:flex-row lg:justify-start lg:gap-3 lg:px-3 lg:text-body"
      trigger={
        <>
          <CircleUserRound aria-hidden className={ICON} />
          <span className={LABEL}>{t.common.nav.user}</span>
        </>
      }
    >
      {(close) => <ProfilePanel user={user} onLeave={close} />}
    </Popover>
  );
}

function ProfilePanel({ user, onLeave }: { user: User; onLeave: () => void }) {
  const t = useTexts("common");
  const theme = useTheme();
  const announce = useAnnounce();
  const logOut = trpc.auth.logout.useMutation({
    onSuccess: () => leaveFor("/login"),
    // The session has already ended, which is the intended result.
    onError: (error) => (isUnauthorized(error) ? leaveFor("/login") : announce(messageOf(error), "bad")),
  });

  return (
    <div className="flex flex-col gap-3">
      <p className="truncate text-table text-muted" title={user.email}>
        {user.email}
      </p>
      <div className="border-y border-line py-2 sm:hidden">
        <Suspense fallback={<div className="h-24" />}>
          <TeamList onLeave={onLeave} />
        </Suspense>
      </div>
      <ul className="flex flex-col empty:hidden">
        {PAGES.filter(({ isSecond }) => isSecond).map(({ to, name, Icon }) => (
          <li key={to} className="sm:hidden">
            <Link to={to} onClick={onLeave} className={`${buttonClasses("ghost")} w-full justify-start!`}>
              <Icon aria-hidden className="size-4 text-muted" />
              {t.common.nav[name]}
            </Link>
          </li>
        ))}
      </ul>
      <Segmented
        isWide
        legend={t.common.theme.label}
        name="theme"
        options={THEMES.map((value) => ({ value, label: t.common.theme[value] }))}
        value={theme}
        onChoose={setTheme}
      />
      <Link to="/profile" onClick={onLeave} className={`${buttonClasses("ghost")} justify-start!`}>
        <UserRoundCog aria-hidden className="size-4" />
        {t.common.nav.profile}
      </Link>
      {user.is_admin && (
        <Link to="/users" search={{}} onClick={onLeave} className={`${buttonClasses("ghost")} justify-start!`}>
          <UsersRound aria-hidden className="size-4" />
          {t.common.nav.users}
        </Link>
      )}
      <Button variant="ghost" className="justify-start" busy={logOut.isPending} onClick={() => logOut.mutate({})}>
        <LogOut aria-hidden className="size-4" />
        {t.common.nav.logOut}
      </Button>
    </div>
  );
}
