import { mayManageRole, ROLES, type Role } from "@orwatch/domain/permissions";
import { UserRoundMinus } from "lucide-react";
import { useMemo, useState } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { ConfirmDialog } from "../../components/forms/confirm-dialog.tsx";
import { BOX } from "../../components/forms/field.tsx";
import { useWhileOpen } from "../../components/forms/form-modal.tsx";
import { SearchBox } from "../../components/tables/search-box.tsx";
import { type Columns, DataTable } from "../../components/tables/table.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Pill } from "../../components/ui/pill.tsx";
import { Ago } from "../../components/ui/values.tsx";
import { messageOf, reasonOf } from "../../lib/api/errors.ts";
import { usePermission } from "../../lib/api/permission.ts";
import { type CurrentUser, type Member, trpc } from "../../lib/api/trpc.ts";
import { useIsNarrow } from "../../lib/browser/size.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** Number of members above which a search is shown. */
const FEW = 10;

/** Reloads the members, and the account, whose role may have changed. */
function useMembersChanged() {
  const utils = trpc.useUtils();
  return () =>
    Promise.all([utils.teams.members.invalidate(), utils.teams.audit.invalidate(), utils.auth.account.invalidate()]);
}

export function MembersPanel({ account }: { account: CurrentUser }) {
  const t = useTexts("team");
  const [sought, setSought] = useState("");
  const [removed, setRemoved] = useState<Member | null>(null);
  const list = trpc.teams.members.useQuery({ id: account.team.id });
  const members = list.data?.items ?? [];
  const shown = members.filter(({ email }) => email.toLowerCase().includes(sought.toLowerCase()));
  return (
    <>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <Panel
          title={t.team.members}
          aside={
            members.length > FEW ? (
              <SearchBox label={t.team.search} value={sought} onSearch={setSought} />
            ) : (
              <span className="text-table text-muted tabular-nums">{t.team.count({ count: members.length })}</span>
            )
          }
        >
          <MemberTable account={account} members={shown} onRemove={setRemoved} />
          {shown.length === 0 && <p className="px-4 py-3 text-muted">{t.team.noMatch}</p>}
        </Panel>
      )}
      {removed && <RemoveMember account={account} member={removed} onClose={() => setRemoved(null)} />}
    </>
  );
}

interface MemberTableProps {
  account: CurrentUser;
  members: Member[];
  onRemove: (member: Member) => void;
}

function MemberTable({ account, members, onRemove }: MemberTableProps) {
  const t = useTexts("team");
  const isNarrow = useIsNarrow();
  const seesMore = usePermission("manageMembers");
  const columns = useMemo((): Columns<Member> => {
    const more: Columns<Member> = [
      {
        id: "seen",
        header: t.team.lastSeen,
        cell: ({ row }) => <Ago instant={row.original.last_seen_at} />,
        meta: { className: "w-36" },
      },
      {
        id: "factor",
        header: t.team.secondFactor,
        cell: ({ row }) => <SecondFactor member={row.original} />,
        meta: { className: "w-32" },
      },
    ];
    return [
      {
        id: "email",
        header: t.team.member,
        cell: ({ row: { original: member } }) => (
          <>
            <Name account={account} member={member} />
            {isNarrow && seesMore && (
              <span className="flex flex-wrap gap-x-2 text-caption text-muted">
                <Ago instant={member.last_seen_at} /> <SecondFactor member={member} isAlone />
              </span>
            )}
          </>
        ),
        meta: { isRowHead: true },
      },
      ...(isNarrow || !seesMore ? [] : more),
      {
        id: "role",
        header: t.team.role,
        cell: ({ row }) => <RoleOf account={account} member={row.original} />,
        meta: { className: "w-31 px-1! sm:w-44" },
      },
      {
        id: "actions",
        header: () => <span className="sr-only">{t.team.actions}</span>,
        cell: ({ row: { original: member } }) =>
          member.user_id !== account.id &&
          mayManageRole(account.team.role, member.role) && (
            <button
              type="button"
              title={t.team.removal.action}
              aria-label={t.team.removal.member({ email: member.email })}
              onClick={() => onRemove(member)}
              className="flex size-8 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-bad pointer-coarse:size-11"
            >
              <UserRoundMinus aria-hidden className="size-4" />
            </button>
          ),
        meta: { className: "w-12 px-1! sm:w-14 sm:px-3!" },
      },
    ];
  }, [t, account, isNarrow, seesMore, onRemove]);
  return (
    <DataTable
      className="table-fixed"
      label={t.team.members}
      columns={columns}
      rows={members}
      rowId={({ user_id }) => String(user_id)}
    />
  );
}

function Name({ account, member }: { account: CurrentUser; member: Member }) {
  const t = useTexts("team");
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <span className="min-w-0 font-medium wrap-anywhere">{member.email}</span>
      {member.user_id === account.id && (
        <span className="rounded-full bg-accent-soft px-2 py-0.5 text-caption text-accent">{t.team.you}</span>
      )}
      {!member.is_active && <Pill tone="warn">{t.team.deactivated}</Pill>}
    </span>
  );
}

/** Known to those who manage members, and of oneself. */
function SecondFactor({ member: { has_second_factor: has }, isAlone = false }: { member: Member; isAlone?: boolean }) {
  const t = useTexts("team");
  if (has === null) return "–";
  // Without the head of a column, it says what is on.
  const texts = isAlone ? { on: t.team.factorOn, off: t.team.factorOff } : t.team.factor;
  return <Pill tone={has ? "good" : "quiet"}>{has ? texts.on : texts.off}</Pill>;
}

/** The role, or a choice of the roles that the user may give. */
function RoleOf({ account, member }: { account: CurrentUser; member: Member }) {
  const t = useTexts("team");
  const announce = useAnnounce();
  const changed = useMembersChanged();
  const [own, setOwn] = useState<Role | null>(null);
  const { email } = member;
  const set = trpc.teams.setRole.useMutation({
    onSuccess: ({ role }) => announce(t.team.roleChanged({ email, role })),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: () => {
      setOwn(null);
      return changed();
    },
  });
  const change = (role: Role) => set.mutate({ id: account.team.id, user_id: member.user_id, role });
  const isSelf = member.user_id === account.id;

  if (!mayManageRole(account.team.role, member.role)) return t.common.team.roles[member.role];
  const shown = set.isPending ? set.variables.role : member.role;
  return (
    <>
      <select
        aria-label={t.team.roleOf({ email })}
        aria-busy={set.isPending || undefined}
        className={`${BOX} h-9 max-w-40 border-line-strong px-2! pointer-coarse:h-11`}
        value={shown}
        onChange={({ target }) => {
          const role = target.value as Role;
          if (set.isPending) return;
          // Giving up one's own power cannot be undone by oneself.
          if (isSelf) setOwn(role);
          else change(role);
        }}
      >
        {ROLES.filter((role) => mayManageRole(account.team.role, role)).map((role) => (
          <option key={role} value={role}>
            {t.common.team.roles[role]}
          </option>
        ))}
      </select>
      {own && (
        <ConfirmDialog
          title={t.team.ownRole.title({ role: t.common.team.roles[own] })}
          body={t.team.ownRole.body}
          submit={t.team.ownRole.submit}
          isBusy={set.isPending}
          error={null}
          onConfirm={() => change(own)}
          onClose={() => setOwn(null)}
        />
      )}
    </>
  );
}

interface RemoveMemberProps {
  account: CurrentUser;
  member: Member;
  onClose: () => void;
}

function RemoveMember({ account, member: { user_id, email }, onClose }: RemoveMemberProps) {
  const t = useTexts("team");
  const close = useWhileOpen(onClose);
  const announce = useAnnounce();
  const changed = useMembersChanged();
  async function leave() {
    announce(t.team.removal.done({ email }));
    await changed();
    close();
  }
  const isGone = (error: unknown) => reasonOf(error) === "member_not_found";
  const remove = trpc.teams.removeMember.useMutation({
    onSuccess: leave,
    // Already removed, or has left, which is the intended result.
    onError: (error) => isGone(error) && void leave(),
  });
  return (
    <ConfirmDialog
      isDanger
      title={t.team.removal.title({ email })}
      body={t.team.removal.body}
      submit={t.team.removal.action}
      isBusy={remove.isPending}
      error={isGone(remove.error) ? null : remove.error}
      onConfirm={() => remove.mutate({ id: account.team.id, user_id })}
      onClose={onClose}
    />
  );
}
