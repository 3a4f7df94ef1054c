import { ErrorNotice } from "../../components/error-notice.tsx";
import { PageBody, PageHead } from "../../components/page.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { JobPanel } from "./job-panel.tsx";

const RUNNING_POLL_MS = 1000;
const IDLE_POLL_MS = 30_000;

export function JobsPage() {
  const t = useTexts("jobs");
  const list = trpc.jobs.list.useQuery(undefined, {
    refetchInterval: ({ state }) =>
      state.data?.some((job) => job.last_runs[0]?.outcome === "running") ? RUNNING_POLL_MS : IDLE_POLL_MS,
  });
  const { data: account } = trpc.auth.account.useQuery({});
  return (
    <PageBody>
      <PageHead title={t.common.nav.jobs} />
      <div className="flex flex-col gap-4">
        <p className="max-w-prose text-muted">{t.jobs.lead}</p>
        {account && !account.is_admin && <Notice tone="info">{t.jobs.notAdmin}</Notice>}
        {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
        <div className="grid gap-4 lg:grid-cols-2">
          {list.data?.map((job) => (
            <JobPanel key={job.name} job={job} canRun={account?.is_admin ?? false} />
          ))}
        </div>
      </div>
    </PageBody>
  );
}
