import { Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { Fragment } from "react";
import { Logo } from "../../components/ui/logo.tsx";
import { trpc, type User } from "../../lib/api/trpc.ts";
import { COMMAND } from "../../lib/browser/shortcuts.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { UNREAD } from "../../lib/search/alerts-search.ts";
import { sharedSearch } from "../../lib/search/dashboard-search.ts";
import { PinnedViews } from "./pinned-views.tsx";
import { ProfileMenu } from "./profile-menu.tsx";
import { ICON, LABEL, PAGES } from "./rail-pages.ts";
import { TeamSwitcher } from "./team-switcher.tsx";

/** Left rail: icons only below 1024 px, a bar at the bottom below 640 px. */
export function Rail({ user, onCommands }: { user: User; onCommands: () => void }) {
  const t = useTexts("common");
  return (
    <nav
      aria-label={t.common.navigation}
      className="fixed inset-x-0 bottom-0 z-30 flex h-16 items-stretch justify-around border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:inset-y-0 sm:right-auto sm:h-auto sm:w-16 sm:flex-col sm:justify-start sm:gap-1 sm:overflow-y-auto sm:border-t-0 sm:border-r sm:p-3 lg:w-56 print:hidden"
    >
      <div className="hidden h-9 items-center gap-2.5 px-1.5 text-base font-semibold tracking-tight sm:flex">
        <Logo />
        <span className="hidden lg:inline">{t.common.app}</span>
      </div>
      <TeamSwitcher />
      <button
        type="button"
        onClick={onCommands}
        title={`${t.common.commands} (${COMMAND} K)`}
        className="mb-2 hidden h-9 shrink-0 items-center justify-center gap-2 rounded-control border border-line text-muted hover:bg-sunken hover:text-ink sm:flex lg:justify-start lg:px-3"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="sr-only lg:not-sr-only">{t.common.commands}</span>
        <kbd aria-hidden className="ml-auto hidden font-sans text-caption lg:inline">
          {COMMAND} K
        </kbd>
      </button>
      {PAGES.map(({ to, name, Icon, isUsage, isSecond }) => (
        <Fragment key={name}>
          <Link
            to={to}
            search={isUsage ? sharedSearch : {}}
            title={t.common.nav[name]}
            activeOptions={{ includeSearch: false }}
            className={`${isSecond ? "hidden sm:flex" : "flex"} min-w-14 flex-col items-center justify-center gap-0.5 rounded-control text-caption font-medium text-muted hover:bg-sunken hover:text-ink data-[status=active]:text-accent sm:h-10 sm:min-w-0 sm:flex-row sm:data-[status=active]:bg-accent-soft lg:justify-start lg:gap-3 lg:px-3 lg:text-body`}
          >
            <span className="relative">
              <Icon aria-hidden className={ICON} />
              {to === "/alerts" && <UnreadDot />}
            </span>{" "}
            <span className={LABEL}>{t.common.nav[name]}</span>
          </Link>
          {name === "explore" && <PinnedViews />}
        </Fragment>
      ))}
      <ProfileMenu user={user} />
    </nav>
  );
}

const POLL_MS = 60_000;

/** Mark on the bell for unread notifications. */
function UnreadDot() {
  const t = useTexts("common");
  const { data } = trpc.inbox.list.useQuery(UNREAD, { refetchInterval: POLL_MS });
  if (!data?.unread) return null;
  return (
    <span className="paint absolute -top-0.5 -right-0.5 size-2.5 rounded-full border-2 border-surface bg-warn">
      <span className="sr-only">{t.common.nav.unread({ count: data.unread })}</span>
    </span>
  );
}
