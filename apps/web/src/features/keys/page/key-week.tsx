import { Heatmap } from "../../../components/charts/heatmap/heatmap.tsx";
import { Panel } from "../../../components/ui/panel.tsx";
import type { KeyPageData } from "../../../lib/api/trpc.ts";
import { parseMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { ArchiveEmpty } from "./archive-empty.tsx";

/** Cost by weekday and hour. */
export function KeyWeek({ page }: { page: KeyPageData }) {
  const t = useTexts("key");
  const format = useFormat();
  const { hours, unknown, total, since } = page.week;
  // Without usage, an hour is known to be 0 whether hours are collected or not.
  const isKnown = since !== null && hours.some(({ cost }) => cost !== null);
  const isPart = parseMoney(unknown) !== 0n;
  return (
    <Panel title={t.key.week.title} aside={<span className="text-caption text-muted">{t.key.week.hint}</span>}>
      {isKnown ? (
        <div className="flex flex-col gap-2 px-4 pt-1 pb-3">
          <Heatmap label={t.key.week.label} values={hours.map(({ cost, ...hour }) => ({ ...hour, value: cost }))} />
          {isPart && (
            <p className="text-caption text-muted">
              <span title={format.exactMoney(unknown)}>
                {t.key.week.rest({ amount: format.money(unknown), total: format.money(total) })}
              </span>{" "}
              {t.key.week.since({ day: format.day(since) })}
            </p>
          )}
        </div>
      ) : (
        <ArchiveEmpty
          page={page}
          title={t.key.week.emptyTitle}
          body={since === null ? t.key.week.empty : t.key.week.emptySince({ day: format.day(since) })}
          isCollected={page.account?.collects_hours ?? true}
        />
      )}
    </Panel>
  );
}
