import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { PageBody, PageHead } from "../../components/page.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Permitted } from "../../components/ui/permitted.tsx";
import { useCurrentUser } from "../../lib/api/permission.ts";
import { type ApiToken, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { TokensSearch } from "../../lib/search/account-search.ts";
import { OPENED_HERE, useShutDialog } from "../../lib/search/opened-here.ts";
import { IssueTokenDialog } from "./issue-token-dialog.tsx";
import { RevokeTokenDialog } from "./revoke-token-dialog.tsx";
import { TokenTable } from "./token-table.tsx";
import { TokenUse } from "./token-use.tsx";

export function TokensPage({ search }: { search: TokensSearch }) {
  const t = useTexts("tokens");
  const navigate = useNavigate({ from: "/tokens" });
  const [revoked, setRevoked] = useState<ApiToken | null>(null);
  const list = trpc.tokens.list.useQuery({});
  const settings = trpc.auth.settings.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY });
  const most = settings.data?.max_api_tokens_per_user;
  const userId = useCurrentUser()?.id;
  // The limit is for each user in a team.
  const own = (list.data ?? []).filter(
    ({ is_active, created_by }) => is_active && created_by.user_id === userId,
  ).length;
  const isFull = most !== undefined && own >= most;
  const closeIssue = useShutDialog(
    !!search.issue,
    () => void navigate({ search: {}, replace: true, resetScroll: false }),
  );

  return (
    <PageBody>
      <PageHead title={t.common.nav.tokens}>
        {!isFull && (
          <Permitted to="manageKeys">
            <Link
              to="/tokens"
              search={{ issue: true }}
              state={OPENED_HERE}
              resetScroll={false}
              preload={false}
              className={buttonClasses("primary")}
            >
              <Plus aria-hidden className="size-4" />
              {t.tokens.create}
            </Link>
          </Permitted>
        )}
      </PageHead>
      <div className="flex flex-col gap-4">
        <p className="max-w-prose text-muted">{t.tokens.lead}</p>
        {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
        {list.data?.length === 0 && <EmptyState title={t.tokens.emptyTitle} body={t.tokens.emptyBody} />}
        {list.data && list.data.length > 0 && (
          <TokenTable tokens={list.data} own={own} max={most} onRevoke={setRevoked} />
        )}
        {settings.data && <TokenUse settings={settings.data} />}
      </div>
      {search.issue && <IssueTokenDialog onClose={closeIssue} />}
      {revoked && <RevokeTokenDialog token={revoked} onClose={() => setRevoked(null)} />}
    </PageBody>
  );
}
