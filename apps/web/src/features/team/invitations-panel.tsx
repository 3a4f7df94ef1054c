import { mayManageRole } from "@orwatch/domain/permissions";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { ConfirmDialog } from "../../components/forms/confirm-dialog.tsx";
import { useWhileOpen } from "../../components/forms/form-modal.tsx";
import { type Columns, DataTable } from "../../components/tables/table.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { reasonOf } from "../../lib/api/errors.ts";
import { type PendingInvitation, type Team, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { OPENED_HERE } from "../../lib/search/opened-here.ts";

/** Pending invitations. Their links cannot be shown again. */
export function InvitationsPanel({ team }: { team: Team }) {
  const t = useTexts("team");
  const [revoked, setRevoked] = useState<PendingInvitation | null>(null);
  const list = trpc.teams.invitations.useQuery({ id: team.id });
  const items = list.data?.items ?? [];
  return (
    <Panel title={t.team.invitations.title}>
      {list.error && (
        <div className="px-4 pb-4">
          <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
      {list.data && items.length === 0 && (
        <p className="px-4 pb-4 text-muted">
          {t.team.invitations.empty}{" "}
          <Link to="/team" search={{ invite: true }} state={OPENED_HERE} resetScroll={false} preload={false}>
            {t.team.invite}
          </Link>
        </p>
      )}
      {items.length > 0 && <InvitationTable team={team} invitations={items} onRevoke={setRevoked} />}
      {revoked && <RevokeInvitation team={team} invitation={revoked} onClose={() => setRevoked(null)} />}
    </Panel>
  );
}

interface InvitationTableProps {
  team: Team;
  invitations: PendingInvitation[];
  onRevoke: (invitation: PendingInvitation) => void;
}

function InvitationTable({ team, invitations, onRevoke }: InvitationTableProps) {
  const t = useTexts("team");
  const format = useFormat();
  const now = useNow();
  const columns = useMemo(
    (): Columns<PendingInvitation> => [
      {
        id: "for",
        header: t.team.invitations.for,
        cell: ({ row: { original: one } }) => (
          <>
            <span className="font-medium wrap-anywhere">{one.email ?? t.team.invitations.anyone}</span>
            <span className="block text-caption text-muted">
              {t.team.invitations.by({ email: one.created_by.email })}
            </span>
          </>
        ),
        meta: { isRowHead: true, className: "align-top" },
      },
      {
        id: "role",
        header: t.team.role,
        cell: ({ row }) => t.common.team.roles[row.original.role],
        meta: { className: "w-20 px-1! align-top sm:w-28 sm:px-4!" },
      },
      {
        id: "expires",
        header: t.team.invitations.expires,
        cell: ({ row: { original: one } }) => (
          <time dateTime={one.expires_at}>
            {Date.parse(one.expires_at) <= now.getTime() ? t.team.invitations.expired : format.instant(one.expires_at)}
          </time>
        ),
        meta: { className: "w-36 align-top max-sm:hidden" },
      },
      {
        id: "actions",
        header: () => <span className="sr-only">{t.team.actions}</span>,
        cell: ({ row: { original: one } }) =>
          mayManageRole(team.role, one.role) && (
            <Button
              variant="ghost"
              className="text-bad!"
              aria-label={t.team.invitations.revokeFor({ who: one.email ?? t.team.invitations.anyone })}
              onClick={() => onRevoke(one)}
            >
              {t.team.invitations.revoke}
            </Button>
          ),
        meta: { className: "w-24 px-1! text-right sm:w-28" },
      },
    ],
    [t, format, now, team.role, onRevoke],
  );
  return (
    <DataTable
      className="table-fixed"
      label={t.team.invitations.title}
      columns={columns}
      rows={invitations}
      rowId={({ id }) => String(id)}
    />
  );
}

interface RevokeInvitationProps {
  team: Team;
  invitation: PendingInvitation;
  onClose: () => void;
}

function RevokeInvitation({ team, invitation, onClose }: RevokeInvitationProps) {
  const t = useTexts("team");
  const close = useWhileOpen(onClose);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const isGone = (error: unknown) => reasonOf(error) === "invitation_not_found";
  async function leave(said: string) {
    announce(said);
    await utils.teams.invitations.invalidate();
    close();
  }
  const revoke = trpc.teams.revokeInvitation.useMutation({
    onSuccess: () => leave(t.team.invitations.revoked),
    onError: (error) => isGone(error) && void leave(t.team.invitations.gone),
  });
  return (
    <ConfirmDialog
      isDanger
      title={t.team.invitations.revokeTitle}
      body={t.team.invitations.revokeBody({ who: invitation.email ?? t.team.invitations.anyone })}
      submit={t.team.invitations.revoke}
      isBusy={revoke.isPending}
      error={isGone(revoke.error) ? null : revoke.error}
      onConfirm={() => revoke.mutate({ id: team.id, invitation_id: invitation.id })}
      onClose={onClose}
    />
  );
}
