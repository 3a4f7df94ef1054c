import { useMemo, useState } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { ConfirmDialog } from "../../components/forms/confirm-dialog.tsx";
import { useWhileOpen } from "../../components/forms/form-modal.tsx";
import { type Columns, DataTable } from "../../components/tables/table.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Ago } from "../../components/ui/values.tsx";
import { reasonOf } from "../../lib/api/errors.ts";
import { type ShareLink, trpc } from "../../lib/api/trpc.ts";
import { type TextsOf, useFormat, useTexts } from "../../lib/i18n/i18n.ts";

/** Share links that work. They cannot be shown again. */
export function ShareLinksPanel() {
  const t = useTexts("team");
  const [revoked, setRevoked] = useState<ShareLink | null>(null);
  const list = trpc.shares.list.useQuery({});
  const links = list.data?.items;
  return (
    <>
      <p className="max-w-prose text-muted">{t.team.shares.lead}</p>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {links?.length === 0 && <EmptyState title={t.team.shares.emptyTitle} body={t.team.shares.emptyBody} />}
      {links && links.length > 0 && (
        <Panel title={t.team.parts.shares}>
          <ShareLinkTable links={links} onRevoke={setRevoked} />
        </Panel>
      )}
      {revoked && <RevokeShareLink link={revoked} onClose={() => setRevoked(null)} />}
    </>
  );
}

function ShareLinkTable({ links, onRevoke }: { links: ShareLink[]; onRevoke: (link: ShareLink) => void }) {
  const t = useTexts("team");
  const words = t.team.shares;
  const format = useFormat();
  const columns = useMemo(
    (): Columns<ShareLink> => [
      {
        id: "name",
        header: words.name,
        cell: ({ row: { original: link } }) => (
          <>
            <span dir="auto" className="font-medium wrap-anywhere">
              {link.name}
            </span>
            <span className="block text-caption font-normal text-muted">{describeScope(link, t)}</span>
            <span className="block text-caption font-normal text-muted wrap-anywhere">
              {words.by({ email: link.created_by.email })}
            </span>
            <span className="block text-caption font-normal text-muted sm:hidden">
              {words.expires} {format.instant(link.expires_at)}
            </span>
          </>
        ),
        meta: { isRowHead: true, className: "align-top" },
      },
      {
        id: "opened",
        header: words.opened,
        cell: ({ row: { original: link } }) => (
          <>
            <Ago instant={link.last_viewed_at} />
            {link.views > 0 && (
              <span className="block text-caption text-muted">{words.views({ count: link.views })}</span>
            )}
          </>
        ),
        meta: { className: "w-24 px-1! align-top sm:w-36 sm:px-4!" },
      },
      {
        id: "expires",
        header: words.expires,
        cell: ({ row: { original: link } }) => (
          <time dateTime={link.expires_at}>{format.instant(link.expires_at)}</time>
        ),
        meta: { className: "w-44 align-top max-sm:hidden" },
      },
      {
        id: "actions",
        header: () => <span className="sr-only">{words.actions}</span>,
        cell: ({ row: { original: link } }) => (
          <Button
            variant="ghost"
            className="text-bad!"
            aria-label={words.revokeOne({ name: link.name })}
            onClick={() => onRevoke(link)}
          >
            {words.revoke}
          </Button>
        ),
        meta: { className: "w-24 px-1! text-right sm:w-28" },
      },
    ],
    [t, words, format, onRevoke],
  );

  return (
    <DataTable
      className="table-fixed"
      label={t.team.parts.shares}
      columns={columns}
      rows={links}
      rowId={({ id }) => String(id)}
    />
  );
}

function describeScope({ scope, has_password: hasPassword }: ShareLink, { team }: TextsOf<"team">): string {
  const what = team.shares.scope({ days: scope.days, keys: scope.api_key_ids?.length ?? 0 });
  const more = [scope.shows_key_names && team.shares.withNames, hasPassword && team.shares.withPassword];
  return [what, ...more.filter((text) => text !== false)].join(" · ");
}

function RevokeShareLink({ link, onClose }: { link: ShareLink; onClose: () => void }) {
  const t = useTexts("team");
  const words = t.team.shares;
  const close = useWhileOpen(onClose);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const isGone = (error: unknown) => reasonOf(error) === "share_link_not_found";
  async function leave(said: string) {
    announce(said);
    await Promise.all([utils.shares.list.invalidate(), utils.teams.audit.invalidate()]);
    close();
  }
  const revoke = trpc.shares.revoke.useMutation({
    onSuccess: () => leave(words.revoked({ name: link.name })),
    onError: (error) => isGone(error) && void leave(words.gone),
  });
  return (
    <ConfirmDialog
      isDanger
      title={words.revokeTitle({ name: link.name })}
      body={words.revokeBody}
      submit={words.revoke}
      isBusy={revoke.isPending}
      error={isGone(revoke.error) ? null : revoke.error}
      onConfirm={() => revoke.mutate({ id: link.id })}
      onClose={onClose}
    />
  );
}
