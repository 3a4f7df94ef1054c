import { Link } from "@tanstack/react-router";
import { ArrowRight, TriangleAlert } from "lucide-react";
import { Panel } from "../../components/ui/panel.tsx";
import { Money, useNow } from "../../components/ui/values.tsx";
import { toDay } from "../../lib/day.ts";
import { formatDay, formatMoney, formatMoneyExact, parseMoney, toMoney } from "../../lib/format.ts";
import { text } from "../../lib/text/keys.ts";
import type { Key } from "../../lib/trpc.ts";
import { type Limits, limitsOf, shareLeft } from "./first-limit.ts";

const words = text.limits;
const SHOWN = 12;
/** Below this it is said with a sign. */
const LOW = 0.2;

interface LimitCardsProps {
  keys: Key[];
  /** Ids to show; all when nothing is chosen. */
  selected: number[] | undefined;
}

/** What may still be spent, by key: the nearest to its end first. */
export function LimitCards({ keys, selected }: LimitCardsProps) {
  const now = useNow();
  const cards = keys
    .filter(({ id, kind, is_active }) => kind === "inference" && is_active && (!selected || selected.includes(id)))
    .map((key) => {
      const limits = limitsOf(
        key,
        keys.find(({ id }) => id === key.managed_by),
        now,
      );
      return { key, limits, left: shareLeft(limits) };
    })
    .sort((a, b) => Number(a.limits.own === null) - Number(b.limits.own === null) || a.left - b.left);
  if (cards.length === 0) return null;

  return (
    <Panel
      title={words.title}
      aside={
        <Link to="/keys" className="inline-flex min-h-8 items-center gap-1 text-table font-medium text-accent">
          {text.nav.keys}
          <ArrowRight aria-hidden className="size-3.5" />
        </Link>
      }
    >
      <ul className="grid gap-3 px-4 pt-1 pb-4 sm:grid-cols-[repeat(auto-fill,minmax(17rem,1fr))]">
        {cards.slice(0, SHOWN).map(({ key, limits, left }) => (
          <li key={key.id} className="min-w-0 rounded-panel border border-line p-3 text-table">
            <div className="flex items-baseline justify-between gap-3">
              <Link
                to="/dashboard"
                search={(was) => ({ ...was, api_key_id: [key.id], exclude_api_key_id: undefined })}
                preload={false}
                dir="auto"
                title={key.name}
                className="min-w-0 truncate font-medium no-underline hover:underline"
              >
                {key.name}
              </Link>
              <span className="shrink-0 text-caption text-muted">
                {text.keys.today} <Money value={key.usage_daily} className="tabular-nums" />
              </span>
            </div>
            <What limits={limits} left={left} now={now} />
          </li>
        ))}
      </ul>
      {cards.length > SHOWN && <p className="px-4 pb-4 text-caption text-muted">{words.more(cards.length - SHOWN)}</p>}
    </Panel>
  );
}

function What({ limits, left, now }: { limits: Limits; left: number; now: Date }) {
  const { own, credits, first } = limits;
  const isLow = left <= LOW;
  const ownLeft = shareLeft({ own, credits: null, first: "own" });
  return (
    <>
      <p className="mt-1 flex items-start gap-1.5" title={own ? formatMoneyExact(own.remaining) : undefined}>
        {isLow && <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn" />}
        {own ? sayOwn(own.remaining, own.limit) : words.noLimit}
      </p>
      {own && (
        <div aria-hidden className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-sunken ring-1 ring-line">
          <div className={`h-full ${isLow ? "bg-warn" : "bg-accent"}`} style={{ width: `${ownLeft * 100}%` }} />
        </div>
      )}
      <ul className="mt-1.5 flex flex-col text-caption text-muted">
        {own && (
          <li>{own.reset ? words.resets(`${formatDay(toDay(own.reset), now)}, 00:00 UTC`) : words.neverResets}</li>
        )}
        {own && own.countsByok !== null && <li>{own.countsByok ? words.byokCounts : words.byokFree}</li>}
        <li title={credits ? formatMoneyExact(credits.remaining) : undefined}>
          {credits ? words.credits(formatMoney(credits.remaining)) : words.noCredits}
        </li>
        {first && <li className="font-medium text-ink">{words.first[first]}</li>}
      </ul>
    </>
  );
}

function sayOwn(remaining: string, limit: string): string {
  const left = parseMoney(remaining);
  return left < 0n
    ? words.over(formatMoney(toMoney(-left)), formatMoney(limit))
    : words.left(formatMoney(remaining), formatMoney(limit));
}
