import { Link } from "@tanstack/react-router";
import { CircleAlert, CircleCheck, CircleDashed, CirclePause, TriangleAlert } from "lucide-react";
import { Ago, Money, useNow } from "../../components/ui/values.tsx";
import type { Key, KeyName } from "../../lib/api/trpc.ts";
import { parseMoney } from "../../lib/format/money.ts";
import { useFormat, useSay, useTexts, useWords } from "../../lib/i18n/i18n.ts";
import { describeKind, describeLimit, describeState } from "./key-facts.ts";

const TONES = {
  good: { Icon: CircleCheck, ink: "text-good" },
  open: { Icon: CircleDashed, ink: "text-warn" },
  warn: { Icon: TriangleAlert, ink: "text-warn" },
  bad: { Icon: CircleAlert, ink: "text-bad" },
  off: { Icon: CirclePause, ink: "text-muted" },
};

/** Name, masked key, kind and description. */
export function NameCell({ watched, managers }: { watched: Key; managers: KeyName[] }) {
  const t = useTexts("keys");
  const kind = describeKind(watched, managers, { t });
  return (
    <>
      <span dir="auto" className="block font-medium break-words text-ink">
        {watched.kind === "management" ? (
          watched.name
        ) : (
          <Link
            to="/keys/$id"
            params={{ id: String(watched.id) }}
            search={{}}
            preload={false}
            className="row-link -my-1 inline-block max-w-full no-underline hover:underline pointer-coarse:my-0"
          >
            {watched.name}
          </Link>
        )}
      </span>
      <span title={kind} className="block text-caption break-words text-muted [th_&]:truncate">
        <code className="font-mono text-[0.6875rem]">{watched.label}</code> · {kind}
      </span>
      {watched.description && (
        <span
          dir="auto"
          title={watched.description}
          className="mt-0.5 block truncate text-caption text-muted max-md:hidden"
        >
          {watched.description}
        </span>
      )}
    </>
  );
}

export function StateCell({ watched }: { watched: Key }) {
  const { tone, label, detail } = describeState(watched, { ...useWords("keys"), now: useNow() });
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

/** @param isOptional renders nothing if there is no limit */
export function LimitCell({ watched, isOptional = false }: { watched: Key; isOptional?: boolean }) {
  const words = useWords("keys");
  const limit = describeLimit(watched, { ...words, now: useNow() });
  if (isOptional && (!limit || (limit.percentLeft === null && !watched.credits))) return null;
  if (!limit) return <span title={words.t.common.unknown}>–</span>;
  const isLow = limit.percentLeft !== null && limit.percentLeft < 20;
  return (
    <div className="min-w-36">
      <span title={limit.exact} className="inline-flex items-start gap-1.5">
        {isLow && <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn" />}
        {limit.label}
      </span>
      {limit.percentLeft !== null && (
        <div
          aria-hidden
          className="mt-1 h-1.5 overflow-hidden rounded-full paint bg-sunken ring-1 ring-line forced-colors:outline"
        >
          <div className={`h-full ${isLow ? "bg-warn" : "bg-accent"}`} style={{ width: `${limit.percentLeft}%` }} />
        </div>
      )}
    </div>
  );
}

/** Spend, and below it BYOK spend. */
export function SpentCell({ cost, byok }: { cost: string | null; byok: string | null }) {
  const t = useTexts("keys");
  const format = useFormat();
  return (
    <>
      <Money value={cost} className="tabular-nums" />
      {byok !== null && parseMoney(byok) > 0n && (
        <span
          title={t.keys.byokLong({ amount: format.exactMoney(byok) })}
          className="block text-caption text-muted tabular-nums"
        >
          {t.keys.byok({ amount: format.money(byok) })}
        </span>
      )}
    </>
  );
}

export function SyncedCell({ watched }: { watched: Key }) {
  const say = useSay();
  return (
    <>
      <Ago instant={watched.last_synced_at} />
      {watched.last_sync_error_message && (
        <span className="mt-0.5 flex max-w-60 min-w-40 items-start gap-1 text-caption text-bad">
          <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {say(watched.last_sync_error_message)}
        </span>
      )}
    </>
  );
}
