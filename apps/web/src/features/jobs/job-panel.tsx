import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle, Play, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { type Columns, DataTable } from "../../components/tables/table.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Fact, Panel } from "../../components/ui/panel.tsx";
import { Ago } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { type Job, type JobRun, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";
import { describeCounts, describeLength } from "./describe-run.ts";

const VARIANTS = {
  running: { Icon: LoaderCircle, ink: "text-accent animate-spin" },
  ok: { Icon: CircleCheck, ink: "text-good" },
  partial: { Icon: TriangleAlert, ink: "text-warn" },
  failed: { Icon: CircleAlert, ink: "text-bad" },
  interrupted: { Icon: CircleDashed, ink: "text-warn" },
};

export function JobPanel({ job, canRun }: { job: Job; canRun: boolean }) {
  const t = useTexts("jobs");
  const format = useFormat();
  const say = useSay();
  const name = t.jobs.names[job.name];
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const [last, ...earlier] = job.last_runs;
  const isRunning = last?.outcome === "running";
  const isMine = useRef(false);
  const run = trpc.jobs.runNow.useMutation({
    onMutate: () => {
      isMine.current = true;
    },
    onSuccess: (jobs) => utils.jobs.list.setData(undefined, jobs),
    onError: (error) => announce(messageOf(error), "bad"),
  });
  const isBusy = run.isPending || isRunning;

  // The result of a job started here is announced when it ends. Then data of other pages is reloaded.
  useEffect(() => {
    if (!isMine.current || isBusy || !last) return;
    isMine.current = false;
    const tone = last.outcome === "ok" ? "good" : "bad";
    const outcome = t.jobs.outcomes[last.outcome];
    const counts = describeCounts(last.counts, { t, format });
    announce(counts ? t.jobs.finishedWith({ name, outcome, counts }) : t.jobs.finished({ name, outcome }), tone);
    void Promise.all([utils.stats.invalidate(), utils.keys.invalidate()]);
  }, [isBusy, last, name, announce, utils, t, format]);

  return (
    <Panel
      title={name}
      aside={
        canRun && (
          <Button aria-label={t.jobs.runJob({ name })} busy={isBusy} onClick={() => run.mutate({ name: job.name })}>
            {!isBusy && <Play aria-hidden className="size-4 text-muted" />}
            {t.jobs.runNow}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3 px-4 pb-4">
        <p className="text-muted">{say({ code: "job_description", params: { job: job.name } })}</p>
        <dl className="grid grid-cols-2 gap-x-4 gap-y-3 text-table">
          <Fact label={t.jobs.last}>{last ? <Run run={last} /> : t.jobs.never}</Fact>
          <Fact label={t.jobs.next}>{job.next_run_at ? format.instant(job.next_run_at) : t.jobs.notScheduled}</Fact>
        </dl>
        {earlier.length > 0 && <History name={name} runs={earlier} />}
      </div>
    </Panel>
  );
}

function Outcome({ outcome }: { outcome: JobRun["outcome"] }) {
  const t = useTexts("jobs");
  const { Icon, ink } = VARIANTS[outcome];
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
      {t.jobs.outcomes[outcome]}
    </span>
  );
}

function Run({ run }: { run: JobRun }) {
  const t = useTexts("jobs");
  const format = useFormat();
  const counts = describeCounts(run.counts, { t, format });
  const length = describeLength(run, { t });
  const say = useSay();
  return (
    <>
      <Outcome outcome={run.outcome} /> <Ago instant={run.started_at} />
      <span className="block text-caption text-muted">
        {[run.outcome === "running" ? null : counts || t.jobs.nothing, length].filter(Boolean).join("; ")}
      </span>
      {run.error_message && <span className="block text-caption text-bad">{say(run.error_message)}</span>}
    </>
  );
}

function History({ name, runs }: { name: string; runs: JobRun[] }) {
  const t = useTexts("jobs");
  const format = useFormat();
  const say = useSay();
  const columns: Columns<JobRun> = [
    {
      id: "started",
      header: t.jobs.started,
      cell: ({ row }) => <Ago instant={row.original.started_at} />,
      meta: { className: "pl-0! whitespace-nowrap align-top" },
    },
    {
      id: "outcome",
      header: t.jobs.outcome,
      cell: ({ row }) => <Outcome outcome={row.original.outcome} />,
      meta: { className: "whitespace-nowrap align-top" },
    },
    {
      id: "details",
      header: t.jobs.details,
      cell: ({ row: { original: run } }) =>
        run.error_message ? say(run.error_message) : describeCounts(run.counts, { t, format }) || t.jobs.nothing,
      meta: { className: "w-full pr-0! text-muted" },
    },
  ];
  return (
    <details>
      <summary className="min-h-6 text-table font-medium text-accent">
        {t.jobs.history} <span className="sr-only">{name}</span>
      </summary>
      <DataTable label={t.jobs.historyOf({ name })} columns={columns} rows={runs} rowId={({ id }) => String(id)} />
    </details>
  );
}
