import { ChevronsUpDown } from "lucide-react";
import { lazy, Suspense } from "react";
import { Popover } from "../../components/ui/popover.tsx";
import { TeamMark } from "../../components/ui/team-mark.tsx";
import { useCurrentUser } from "../../lib/api/permission.ts";
import { teamName } from "../../lib/api/team-name.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

// Loaded when it is opened.
const TeamList = lazy(() => import("./team-list.tsx").then(({ TeamList }) => ({ default: TeamList })));

/** The team of the page at the top of the rail, and a list of the others. On phones, the list is in the panel of the user. */
export function TeamSwitcher() {
  const t = useTexts("common");
  const team = useCurrentUser()?.team;
  if (!team) return null;
  const name = teamName(team, t);
  return (
    <Popover
      label={t.common.team.switch}
      align="start"
      panel="w-72"
      title={name}
      className="mb-2 hidden h-11 shrink-0 items-center justify-center gap-2.5 rounded-control text-left hover:bg-sunken sm:flex lg:justify-start lg:px-1.5"
      trigger={
        <>
          <TeamMark team={team} />
          <span className="min-w-0 flex-1 sm:sr-only lg:not-sr-only">
            <span className="sr-only">{t.common.team.current} </span>
            <span dir="auto" className="block truncate font-medium">
              {name}
            </span>{" "}
            <span className="block text-caption text-muted">{t.common.team.roles[team.role]}</span>
          </span>
          <ChevronsUpDown aria-hidden className="hidden size-4 shrink-0 text-muted lg:block" />
        </>
      }
    >
      {(close) => (
        <Suspense fallback={<div className="h-40" />}>
          <TeamList onLeave={close} />
        </Suspense>
      )}
    </Popover>
  );
}
