import { CircleAlert, CircleCheck, CircleDashed, CirclePause, TriangleAlert } from "lucide-react";
import { Ago, useNow } from "../../components/ui/values.tsx";
import { fromServer } from "../../lib/language.ts";
import { text } from "../../lib/text/keys.ts";
import type { Key } from "../../lib/trpc.ts";
import { describeLimit, describeState } from "./key-facts.ts";

const words = text.keys;

const TONES = {
  good: { Icon: CircleCheck, ink: "text-good" },
  open: { Icon: CircleDashed, ink: "text-warn" },
  warn: { Icon: TriangleAlert, ink: "text-warn" },
  bad: { Icon: CircleAlert, ink: "text-bad" },
  off: { Icon: CirclePause, ink: "text-muted" },
};

export function NameCell({ watched }: { watched: Key }) {
  return (
    <>
      <span className="block font-medium break-words text-ink">{watched.name}</span>
      <code className="block font-mono text-[11px] leading-4 whitespace-nowrap text-muted">{watched.label}</code>
      {watched.description && (
        <span className="mt-0.5 block truncate text-caption text-muted [td_&]:max-w-40" title={watched.description}>
          {watched.description}
        </span>
      )}
    </>
  );
}

export function KindCell({ watched, keys }: { watched: Key; keys: Key[] }) {
  if (!watched.kind) return <span className="text-muted">{words.kindUnknown}</span>;
  if (watched.kind === "management") return <>{words.management}</>;
  const manager = keys.find(({ id }) => id === watched.managed_by);
  return (
    <>
      {words.inference}
      <span className="block max-w-32 text-caption text-muted">
        {watched.managed_by === null
          ? words.uncovered
          : words.coveredBy(manager?.name ?? text.filters.unknownKey(watched.managed_by))}
      </span>
    </>
  );
}

export function StateCell({ watched }: { watched: Key }) {
  const now = useNow();
  const { tone, label, detail } = describeState(watched, now);
  const { Icon, ink } = TONES[tone];
  return (
    <>
      <span className="inline-flex items-start gap-1.5">
        <Icon aria-hidden className={`mt-px size-4 shrink-0 ${ink}`} />
        {label}
      </span>
      {detail && <span className="block max-w-60 min-w-36 text-caption text-muted">{detail}</span>}
    </>
  );
}

export function LimitCell({ watched }: { watched: Key }) {
  const now = useNow();
  const limit = describeLimit(watched, now);
  if (!limit) return <span title={text.values.unknown}>–</span>;
  const isLow = limit.percentLeft !== null && limit.percentLeft < 20;
  return (
    <div className="min-w-36">
      <span title={limit.exact} className="inline-flex items-start gap-1.5">
        {isLow && <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn" />}
        {limit.label}
      </span>
      {limit.percentLeft !== null && (
        <div aria-hidden className="mt-1 h-1.5 overflow-hidden rounded-full bg-sunken ring-1 ring-line">
          <div className={`h-full ${isLow ? "bg-warn" : "bg-accent"}`} style={{ width: `${limit.percentLeft}%` }} />
        </div>
      )}
    </div>
  );
}

export function SyncedCell({ watched }: { watched: Key }) {
  return (
    <>
      <Ago instant={watched.last_synced_at} />
      {watched.last_sync_error && (
        <span className="mt-0.5 flex max-w-60 min-w-40 items-start gap-1 text-caption text-bad">
          <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {fromServer(watched.last_sync_error)}
        </span>
      )}
    </>
  );
}
