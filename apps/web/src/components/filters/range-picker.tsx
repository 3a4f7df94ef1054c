import { addDays, toDay } from "@orwatch/domain/day";
import { CatchBoundary } from "@tanstack/react-router";
import { CalendarDays } from "lucide-react";
import { lazy, Suspense } from "react";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { type DashboardSearch, RANGES, toDashboardInput } from "../../lib/search/dashboard-search.ts";
import { Popover } from "../ui/popover.tsx";
import { SEGMENT, SegmentLinks } from "../ui/segmented.tsx";
import { useNow } from "../ui/values.tsx";

// Loaded on demand, because most visits never open it.
const loadCustomRange = () => import("./custom-range.tsx").then(({ CustomRange }) => ({ default: CustomRange }));
const CustomRange = lazy(loadCustomRange);

/** Ranges are links, which can be bookmarked. Other search parameters are kept. */
export function RangePicker({ search }: { search: DashboardSearch }) {
  const t = useTexts("usage");
  const format = useFormat();
  const now = useNow();
  const input = toDashboardInput(search);
  const isCustom = "start_date" in input || !RANGES.some((days) => "days" in input && days === input.days);
  const today = toDay(now);
  const start = "days" in input ? addDays(today, 1 - input.days) : input.start_date;
  const end = "days" in input ? today : input.end_date;

  return (
    <SegmentLinks
      label={t.usage.range.label}
      before={<span className="hidden print:inline">{format.days(start, end)}</span>}
      segments={RANGES.map((days) => ({
        id: String(days),
        label: t.usage.range.shortDays({ count: days }),
        name: t.usage.range.days({ count: days }),
        to: ".",
        search: { ...search, days, start_date: undefined, end_date: undefined },
        isChosen: "days" in input && input.days === days,
      }))}
      after={
        <Popover
          label={t.usage.range.custom}
          panel="w-[calc(100vw-2rem)] sm:w-80"
          onOpen={() => void loadCustomRange().catch(() => {})}
          aria-current={isCustom ? "true" : undefined}
          className={SEGMENT}
          trigger={
            <>
              <CalendarDays aria-hidden className="hidden size-3.5 sm:block" />
              {isCustom ? format.days(start, end) : t.usage.range.custom}
            </>
          }
        >
          {(close) => (
            <CatchBoundary getResetKey={() => "custom"} errorComponent={NotLoaded}>
              <Suspense fallback={<div className="h-96" />}>
                <CustomRange search={search} start={start} end={end} today={today} onDone={close} />
              </Suspense>
            </CatchBoundary>
          )}
        </Popover>
      }
    />
  );
}

/** Its file could not be loaded; the page still works. */
function NotLoaded() {
  const t = useTexts("common");
  return <p role="alert">{t.common.errors.network}</p>;
}
