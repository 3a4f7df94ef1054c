import { keepPreviousData } from "@tanstack/react-query";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { Pager, useLastPage } from "../../components/tables/pager.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { type Team, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";
import { TEAM_EVENTS_PAGE, type TeamPageSearch, toTeamEventsInput } from "../../lib/search/team-page-search.ts";

/** What members did with the team, newest first. */
export function TeamActivity({ team, search }: { team: Team; search: TeamPageSearch }) {
  const t = useTexts("team");
  const format = useFormat();
  const say = useSay();
  const list = trpc.teams.audit.useQuery(toTeamEventsInput(team.id, search), { placeholderData: keepPreviousData });
  useLastPage({
    page: search.page,
    size: TEAM_EVENTS_PAGE,
    total: list.isPlaceholderData ? undefined : list.data?.total,
  });
  return (
    <Panel title={t.team.parts.activity}>
      <div className="flex flex-col gap-3 px-4 pb-4">
        <p className="max-w-prose text-muted">{t.team.activityLead}</p>
        {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
        {list.data?.total === 0 && <p>{t.team.noActivity}</p>}
        <ul className="divide-y divide-line">
          {list.data?.items.map((event) => (
            <li key={event.id} className="flex flex-wrap justify-between gap-x-4 py-2">
              <div className="min-w-0">
                <p className="break-words">{say(event.message)}</p>
                <p className="text-table break-all text-muted">{event.user?.email ?? t.team.deletedUser}</p>
              </div>
              <p className="text-table whitespace-nowrap text-muted tabular-nums">
                <time dateTime={event.at}>{format.instant(event.at)}</time>
              </p>
            </li>
          ))}
        </ul>
        {list.data && <Pager page={search.page} size={TEAM_EVENTS_PAGE} total={list.data.total} />}
      </div>
    </Panel>
  );
}
