import { useState } from "react";
import { ConfirmDialog } from "../../components/forms/confirm-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Ago } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { type ListedUser, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

export function UserTable({ users }: { users: ListedUser[] }) {
  const t = useTexts("users");
  return (
    <div className="overflow-x-auto rounded-panel border border-line bg-surface" tabIndex={-1}>
      <table className="w-full text-table">
        <caption className="sr-only">{t.common.nav.users}</caption>
        <thead className="hidden border-b border-line text-left text-muted sm:table-header-group">
          <tr>
            {[t.users.email, t.users.status, t.users.created, t.users.lastLogin, t.users.keys, t.users.actions].map(
              (label) => (
                <th key={label} scope="col" className="px-4 py-2 font-medium">
                  {label}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {users.map((user) => (
            <Row key={user.id} user={user} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CELL = "block px-4 py-0.5 sm:table-cell sm:py-2.5";

function Row({ user }: { user: ListedUser }) {
  const t = useTexts("users");
  const format = useFormat();
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
  const state = user.is_active ? t.users.active : t.users.deactivated;

  return (
    <tr className="block py-2 sm:table-row">
      <th scope="row" className={`${CELL} text-left font-medium break-all`}>
        {user.email}
      </th>
      <td className={CELL}>
        <span className={user.is_active ? undefined : "text-warn"}>
          {user.is_admin ? t.users.administrator : state}
        </span>
      </td>
      <td className={`${CELL} whitespace-nowrap`}>
        <Label>{t.users.created}</Label>
        {format.instant(user.created_at)}
      </td>
      <td className={`${CELL} whitespace-nowrap`}>
        <Label>{t.users.lastLogin}</Label>
        <Ago instant={user.last_login_at} />
      </td>
      <td className={`${CELL} tabular-nums`}>
        <Label>{t.users.keys}</Label>
        {user.keys}
      </td>
      <td className={CELL}>
        <div className="flex flex-wrap gap-2 pt-1.5 sm:pt-0">
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
        </div>
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
      </td>
    </tr>
  );
}

/** The head of the column, where a phone shows none. */
const Label = ({ children }: { children: string }) => <span className="text-muted sm:hidden">{`${children}: `}</span>;
