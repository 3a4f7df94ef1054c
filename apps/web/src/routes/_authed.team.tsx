import { createFileRoute } from "@tanstack/react-router";
import { TeamSkeleton } from "../app/page-skeletons.tsx";
import { TeamPage } from "../features/team/team-page.tsx";
import { loadPage } from "../lib/api/guard.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import { loadMessages } from "../lib/i18n/i18n.ts";
import { type TeamPageSearch, teamPageSearch } from "../lib/search/team-page-search.ts";

/** The ID of the team is in the account, which other pages have loaded already. */
async function loadMembers(): Promise<unknown> {
  const { team } = await trpcUtils.auth.account.ensureData({});
  return team && trpcUtils.teams.members.ensureData({ id: team.id });
}

export const Route = createFileRoute("/_authed/team")({
  validateSearch: (search) => search as TeamPageSearch,
  loader: ({ location }) => loadPage(location, ["team", "usage"], loadMessages(), loadMembers()),
  pendingComponent: TeamSkeleton,
  component: Team,
});

function Team() {
  return <TeamPage search={teamPageSearch.parse(Route.useSearch())} />;
}
