import { Link, useNavigate } from "@tanstack/react-router";
import { Share2, UserPlus } from "lucide-react";
import { PageBody, PageHead } from "../../components/page.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { Permitted } from "../../components/ui/permitted.tsx";
import { SegmentLinks } from "../../components/ui/segmented.tsx";
import { useCurrentUser, usePermission } from "../../lib/api/permission.ts";
import { teamName } from "../../lib/api/team-name.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { OPENED_HERE, useShutDialog } from "../../lib/search/opened-here.ts";
import { TEAM_PARTS, type TeamPageSearch, type TeamPart } from "../../lib/search/team-page-search.ts";
import { InvitationsPanel } from "./invitations-panel.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { MembersPanel } from "./members-panel.tsx";
import { NewTeamDialog } from "./new-team-dialog.tsx";
import { ShareDialog } from "./share-dialog.tsx";
import { ShareLinksPanel } from "./share-links-panel.tsx";
import { TeamActivity } from "./team-activity.tsx";
import { TeamSettings } from "./team-settings.tsx";

const FOR_MANAGERS: readonly TeamPart[] = ["shares", "activity"];

/** Members, share links, settings and activity of the team of the page. */
export function TeamPage({ search }: { search: TeamPageSearch }) {
  const t = useTexts("team");
  const navigate = useNavigate({ from: "/team" });
  const account = useCurrentUser();
  const mayManage = usePermission("manageMembers");
  const part = search.part ?? "members";
  const close = (name: "invite" | "share" | "new") => () =>
    void navigate({ search: (was) => ({ ...was, [name]: undefined }), replace: true, resetScroll: false });
  const closeInvite = useShutDialog(!!search.invite, close("invite"));
  const closeShare = useShutDialog(!!search.share, close("share"));
  const closeNew = useShutDialog(!!search.new, close("new"));
  if (!account) return null;
  const { team } = account;

  return (
    <PageBody>
      <PageHead title={t.common.nav.team}>
        {part === "members" && (
          <Permitted to="manageMembers">
            <Link
              to="/team"
              search={{ invite: true }}
              state={OPENED_HERE}
              resetScroll={false}
              preload={false}
              className={buttonClasses("primary")}
            >
              <UserPlus aria-hidden className="size-4" />
              {t.team.invite}
            </Link>
          </Permitted>
        )}
        {part === "shares" && (
          <Permitted to="manageMembers">
            <Link
              to="/team"
              search={{ part, share: true }}
              state={OPENED_HERE}
              resetScroll={false}
              preload={false}
              className={buttonClasses("primary")}
            >
              <Share2 aria-hidden className="size-4" />
              {t.team.shares.create}
            </Link>
          </Permitted>
        )}
      </PageHead>
      <div className="flex flex-col gap-4">
        <p className="max-w-prose text-muted">{t.team.lead({ team: teamName(team, t), role: team.role })}</p>
        <div>
          <SegmentLinks
            isNavigation
            label={t.team.partsLabel}
            segments={TEAM_PARTS.filter((one) => mayManage || !FOR_MANAGERS.includes(one)).map((one) => ({
              id: one,
              label: t.team.parts[one],
              to: "/team",
              search: one === "members" ? {} : { part: one },
              isChosen: one === part,
            }))}
          />
        </div>
        {part === "members" && <MembersPanel account={account} />}
        {part === "members" && mayManage && <InvitationsPanel team={team} />}
        {part === "shares" && mayManage && <ShareLinksPanel />}
        {part === "settings" && <TeamSettings account={account} />}
        {part === "activity" && (
          <Permitted to="manageMembers">
            <TeamActivity team={team} search={search} />
          </Permitted>
        )}
      </div>
      {search.invite && <InviteDialog team={team} onClose={closeInvite} />}
      {search.share && <ShareDialog onClose={closeShare} />}
      {search.new && <NewTeamDialog onClose={closeNew} />}
    </PageBody>
  );
}
