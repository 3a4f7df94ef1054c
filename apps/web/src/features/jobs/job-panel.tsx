import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle, Play, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Ago, useNow } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/errors.ts";
import { formatInstant } from "../../lib/format.ts";
import { useSay } from "../../lib/i18n.ts";
import { text } from "../../lib/text/jobs.ts";
import { useTimeZone } from "../../lib/time-zone.ts";
import { type Job, type JobRun, trpc } from "../../lib/trpc.ts";
import { describeCounts, describeLength } from "./describe-run.ts";

const words = text.jobs;

const LOOKS = {
  running: { Icon: LoaderCircle, ink: "text-accent animate-spin" },
  ok: { Icon: CircleCheck, ink: "text-good" },
  partial: { Icon: TriangleAlert, ink: "text-warn" },
  failed: { Icon: CircleAlert, ink: "text-bad" },
  interrupted: { Icon: CircleDashed, ink: "text-warn" },
};

export function JobPanel({ job, canRun }: { job: Job; canRun: boolean }) {
  const name = words.names[job.name];
  const now = useNow();
  const zone = useTimeZone();
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

  // What somebody started here is told when it ends, however long that takes; then the other pages have news.
  useEffect(() => {
    if (!isMine.current || isBusy || !last) return;
    isMine.current = false;
    const tone = last.outcome === "ok" ? "good" : "bad";
    announce(words.said(name, words.outcomes[last.outcome], describeCounts(last.counts)), tone);
    void Promise.all([utils.stats.invalidate(), utils.keys.invalidate()]);
  }, [isBusy, last, name, announce, utils]);

  return (
    <Panel
      title={name}
      aside={
        canRun && (
          <Button aria-label={words.runThis(name)} busy={isBusy} onClick={() => run.mutate({ name: job.name })}>
            {!isBusy && <Play aria-hidden className="size-4 text-muted" />}
            {words.runNow}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3 px-4 pb-4">
        <p className="text-muted">{words.about[job.name]}</p>
        <dl className="grid grid-cols-2 gap-x-4 gap-y-3 text-table">
          <Fact label={words.last}>{last ? <Run run={last} /> : words.never}</Fact>
          <Fact label={words.next}>
            {job.next_run_at ? formatInstant(job.next_run_at, now, zone) : words.notPlanned}
          </Fact>
        </dl>
        {earlier.length > 0 && <History name={name} runs={earlier} />}
      </div>
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-caption text-muted">{label}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}

function Outcome({ outcome }: { outcome: JobRun["outcome"] }) {
  const { Icon, ink } = LOOKS[outcome];
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
      {words.outcomes[outcome]}
    </span>
  );
}

function Run({ run }: { run: JobRun }) {
  const counts = describeCounts(run.counts);
  const length = describeLength(run);
  const say = useSay();
  return (
    <>
      <Outcome outcome={run.outcome} /> <Ago instant={run.started_at} />
      <span className="block text-caption text-muted">
        {[run.outcome === "running" ? null : counts || words.nothing, length].filter(Boolean).join("; ")}
      </span>
      {run.error_message && <span className="block text-caption text-bad">{say(run.error_message)}</span>}
    </>
  );
}

function History({ name, runs }: { name: string; runs: JobRun[] }) {
  const say = useSay();
  return (
    <details>
      <summary className="min-h-6 text-table font-medium text-accent">
        {words.history} <span className="sr-only">{name}</span>
      </summary>
      <table className="mt-1 w-full text-table">
        <caption className="sr-only">{words.historyOf(name)}</caption>
        <thead className="text-left text-muted">
          <tr>
            {[words.started, words.outcome, words.did].map((label) => (
              <th key={label} scope="col" className="py-1 pr-3">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {runs.map((run) => (
            <tr key={run.id} className="align-top">
              <td className="py-1.5 pr-3 whitespace-nowrap">
                <Ago instant={run.started_at} />
              </td>
              <td className="py-1.5 pr-3 whitespace-nowrap">
                <Outcome outcome={run.outcome} />
              </td>
              <td className="py-1.5 text-muted">
                {run.error_message ? say(run.error_message) : describeCounts(run.counts) || words.nothing}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
