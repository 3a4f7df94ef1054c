import { useMemo, useState } from "react";
import { ConfirmDialog } from "../../components/forms/confirm-dialog.tsx";
import { type Columns, DataTable } from "../../components/tables/table.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Ago } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { type ListedUser, trpc } from "../../lib/api/trpc.ts";
import { useIsNarrow } from "../../lib/browser/size.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

const LINE = "whitespace-nowrap";

export function UserTable({ users }: { users: ListedUser[] }) {
  const t = useTexts("users");
  const format = useFormat();
  const isNarrow = useIsNarrow();
  const columns = useMemo((): Columns<ListedUser> => {
    const more: Columns<ListedUser> = [
      {
        id: "status",
        header: t.users.status,
        cell: ({ row }) => <Status user={row.original} />,
        meta: { className: LINE },
      },
      {
        id: "created",
        header: t.users.created,
        cell: ({ row }) => format.instant(row.original.created_at),
        meta: { className: LINE },
      },
      {
        id: "lastLogin",
        header: t.users.lastLogin,
        cell: ({ row }) => <Ago instant={row.original.last_login_at} />,
        meta: { className: LINE },
      },
      {
        id: "keys",
        header: t.users.keys,
        cell: ({ row }) => row.original.keys,
        meta: { className: LINE, align: "right" },
      },
    ];
    return [
      {
        id: "email",
        header: t.users.email,
        cell: ({ row: { original: user } }) => (
          <>
            <span className="font-medium break-all">{user.email}</span>
            {isNarrow && (
              <span className="block text-caption text-muted">
                <Status user={user} />, {t.users.lastLogin}: <Ago instant={user.last_login_at} />
              </span>
            )}
          </>
        ),
        meta: { isRowHead: true, className: "w-full" },
      },
      ...(isNarrow ? [] : more),
      { id: "actions", header: t.users.actions, cell: ({ row }) => <Actions user={row.original} /> },
    ];
  }, [t, format, isNarrow]);
  return (
    <div className="overflow-x-auto rounded-panel border border-line bg-surface" tabIndex={-1}>
      <DataTable label={t.common.nav.users} columns={columns} rows={users} rowId={({ id }) => String(id)} />
    </div>
  );
}

function Status({ user }: { user: ListedUser }) {
  const t = useTexts("users");
  const state = user.is_active ? t.users.active : t.users.deactivated;
  return (
    <span className={user.is_active ? undefined : "text-warn"}>{user.is_admin ? t.users.administrator : state}</span>
  );
}

function Actions({ user }: { user: ListedUser }) {
  const t = useTexts("users");
  const utils = trpc.useUtils();
  const announce = useAnnounce();
  const [isAsking, setAsking] = useState(false);
  const failed = (error: unknown) => announce(messageOf(error), "bad");
  const update = trpc.users.update.useMutation({
    onSuccess: (changed) => {
      setAsking(false);
      announce(
        changed.is_active
          ? t.users.done.reactivated({ email: changed.email })
          : t.users.done.deactivated({ email: changed.email }),
      );
      return utils.users.invalidate();
    },
  });
  const end = trpc.users.endSessions.useMutation({
    onSuccess: ({ ended }) => announce(t.users.done.signedOut({ email: user.email, count: ended })),
    onError: failed,
  });

  return (
    <div className="flex justify-end gap-2 py-1 max-sm:flex-col sm:justify-start">
      {!user.is_admin &&
        (user.is_active ? (
          <Button aria-label={t.users.deactivateUser({ email: user.email })} onClick={() => setAsking(true)}>
            {t.users.deactivate}
          </Button>
        ) : (
          <Button
            aria-label={t.users.reactivateUser({ email: user.email })}
            busy={update.isPending}
            onClick={() => update.mutate({ id: user.id, is_active: true }, { onError: failed })}
          >
            {t.users.reactivate}
          </Button>
        ))}
      <Button
        aria-label={t.users.signOutUser({ email: user.email })}
        busy={end.isPending}
        onClick={() => end.mutate({ id: user.id })}
      >
        {t.users.signOut}
      </Button>
      {isAsking && (
        <ConfirmDialog
          isDanger
          title={t.users.deactivation.title({ email: user.email })}
          body={t.users.deactivation.lead}
          submit={t.users.deactivate}
          isBusy={update.isPending}
          error={update.error}
          onConfirm={() => update.mutate({ id: user.id, is_active: false })}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
