import { Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { Logo } from "../../components/ui/logo.tsx";
import { trpc, type User } from "../../lib/api/trpc.ts";
import { COMMAND } from "../../lib/browser/shortcuts.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { UNREAD } from "../../lib/search/alerts-search.ts";
import { sharedSearch } from "../../lib/search/dashboard-search.ts";
import { ProfileMenu } from "./profile-menu.tsx";
import { BRAND, COMMANDS, ICON, LABEL, PAGE, RAIL } from "./rail-look.ts";
import { PAGES } from "./rail-pages.ts";

/** Left rail; icons alone below 1024 px, a bar at the bottom below 640 px. */
export function Rail({ user, onCommands }: { user: User; onCommands: () => void }) {
  const t = useTexts("common");
  return (
    <nav aria-label={t.common.navigation} className={RAIL}>
      <div className={BRAND}>
        <Logo />
        <span className="hidden lg:inline">{t.common.app}</span>
      </div>
      <button type="button" onClick={onCommands} title={`${t.common.commands} (${COMMAND} K)`} className={COMMANDS}>
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="sr-only lg:not-sr-only">{t.common.commands}</span>
        <kbd aria-hidden className="ml-auto hidden font-sans text-caption lg:inline">
          {COMMAND} K
        </kbd>
      </button>
      {PAGES.map(({ to, name, Icon, isUsage, isSecond }) => (
        <Link
          key={name}
          to={to}
          search={isUsage ? sharedSearch : {}}
          title={t.common.nav[name]}
          activeOptions={{ includeSearch: false }}
          className={`${isSecond ? "hidden sm:flex" : "flex"} ${PAGE}`}
        >
          <span className="relative">
            <Icon aria-hidden className={ICON} />
            {to === "/alerts" && <UnreadDot />}
          </span>{" "}
          <span className={LABEL}>{t.common.nav[name]}</span>
        </Link>
      ))}
      <ProfileMenu user={user} />
    </nav>
  );
}

const POLL_MS = 60_000;

/** On the bell: there is something unread. */
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
