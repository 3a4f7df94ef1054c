import { Link, useRouterState } from "@tanstack/react-router";
import { Check, Plus, UsersRound } from "lucide-react";
import { buttonClasses } from "../../components/ui/button.tsx";
import { TeamMark } from "../../components/ui/team-mark.tsx";
import { useCurrentUser } from "../../lib/api/permission.ts";
import { teamName } from "../../lib/api/team-name.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { OPENED_HERE } from "../../lib/search/opened-here.ts";
import { pageInTeam } from "../../lib/search/team-search.ts";

const ENTRY = `${buttonClasses("ghost")} w-full justify-start! pointer-coarse:h-11`;

/** All teams of the user, the personal one first, and how to make another. */
export function TeamList({ onLeave }: { onLeave: () => void }) {
  const t = useTexts("common");
  const account = useCurrentUser();
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  if (!account) return null;
  return (
    <div className="flex flex-col gap-1">
      <ul aria-label={t.common.team.label} className="max-h-80 overflow-y-auto overscroll-contain">
        {account.teams.map((team) => (
          <li key={team.id}>
            {/* Another team is a new page, so that it shares no data with this one. */}
            <a
              href={pageInTeam(pathname, team.id)}
              aria-current={team.id === account.team.id ? "true" : undefined}
              className="flex min-h-11 items-center gap-2.5 rounded-control px-2 py-1 text-ink no-underline hover:bg-sunken"
            >
              <TeamMark team={team} />
              <span className="min-w-0 flex-1">
                <span dir="auto" title={teamName(team, t)} className="block truncate font-medium">
                  {teamName(team, t)}
                </span>{" "}
                <span className="block text-caption text-muted">{t.common.team.roles[team.role]}</span>
              </span>
              {team.id === account.team.id && <Check aria-hidden className="size-4 shrink-0 text-accent" />}
            </a>
          </li>
        ))}
      </ul>
      <Link to="/team" search={{}} onClick={onLeave} className={`${ENTRY} max-sm:hidden`}>
        <UsersRound aria-hidden className="size-4 text-muted" />
        {t.common.team.manage}
      </Link>
      <Link
        to="/team"
        search={{ new: true }}
        {...(pathname === "/team" ? { state: OPENED_HERE } : {})}
        preload={false}
        onClick={onLeave}
        className={ENTRY}
      >
        <Plus aria-hidden className="size-4 text-muted" />
        {t.common.team.new}
      </Link>
    </div>
  );
}
