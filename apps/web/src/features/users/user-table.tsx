import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Ago, useNow } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/errors.ts";
import { formatInstant } from "../../lib/format.ts";
import { text } from "../../lib/text/security.ts";
import { useTimeZone } from "../../lib/time-zone.ts";
import { type ListedUser, trpc } from "../../lib/trpc.ts";

const words = text.users;
const HEADS = [words.email, words.state, words.since, words.lastLogin, words.keys, words.actions];

export function UserTable({ users }: { users: ListedUser[] }) {
  return (
    <div className="overflow-x-auto rounded-panel border border-line bg-surface" tabIndex={-1}>
      <table className="w-full text-table">
        <caption className="sr-only">{words.title}</caption>
        <thead className="hidden border-b border-line text-left text-muted sm:table-header-group">
          <tr>
            {HEADS.map((label) => (
              <th key={label} scope="col" className="px-4 py-2 font-medium">
                {label}
              </th>
            ))}
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
  const now = useNow();
  const zone = useTimeZone();
  const utils = trpc.useUtils();
  const announce = useAnnounce();
  const [isAsking, setAsking] = useState(false);
  const failed = (error: unknown) => announce(messageOf(error), "bad");
  const update = trpc.users.update.useMutation({
    onSuccess: (changed) => {
      setAsking(false);
      announce(changed.is_active ? words.said.on(changed.email) : words.said.off(changed.email));
      return utils.users.invalidate();
    },
  });
  const end = trpc.users.endSessions.useMutation({
    onSuccess: ({ ended }) => announce(words.said.ended(user.email, ended)),
    onError: failed,
  });
  const state = user.is_active ? words.on : words.off;

  return (
    <tr className="block py-2 sm:table-row">
      <th scope="row" className={`${CELL} text-left font-medium break-all`}>
        {user.email}
      </th>
      <td className={CELL}>
        <span className={user.is_active ? undefined : "text-warn"}>{user.is_admin ? words.admin : state}</span>
      </td>
      <td className={`${CELL} whitespace-nowrap`}>
        <Label>{words.since}</Label>
        {formatInstant(user.created_at, now, zone)}
      </td>
      <td className={`${CELL} whitespace-nowrap`}>
        <Label>{words.lastLogin}</Label>
        <Ago instant={user.last_login_at} />
      </td>
      <td className={`${CELL} tabular-nums`}>
        <Label>{words.keys}</Label>
        {user.keys}
      </td>
      <td className={CELL}>
        <div className="flex flex-wrap gap-2 pt-1.5 sm:pt-0">
          {!user.is_admin &&
            (user.is_active ? (
              <Button aria-label={words.switchOffOf(user.email)} onClick={() => setAsking(true)}>
                {words.switchOff}
              </Button>
            ) : (
              <Button
                aria-label={words.switchOnOf(user.email)}
                busy={update.isPending}
                onClick={() => update.mutate({ id: user.id, is_active: true }, { onError: failed })}
              >
                {words.switchOn}
              </Button>
            ))}
          <Button
            aria-label={words.endSessionsOf(user.email)}
            busy={end.isPending}
            onClick={() => end.mutate({ id: user.id })}
          >
            {words.endSessions}
          </Button>
        </div>
        {isAsking && (
          <FormDialog
            isAlert
            title={words.offTitle(user.email)}
            lead={words.offLead}
            submit={words.switchOff}
            look="danger"
            labels={{}}
            call={update}
            check={() => ({})}
            onSubmit={() => update.mutate({ id: user.id, is_active: false })}
            onClose={() => setAsking(false)}
          >
            {() => null}
          </FormDialog>
        )}
      </td>
    </tr>
  );
}

/** The head of the column, where a phone shows none. */
const Label = ({ children }: { children: string }) => <span className="text-muted sm:hidden">{`${children}: `}</span>;
