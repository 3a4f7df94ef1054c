import { lazy, Suspense, useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { SEGMENT } from "../../../components/ui/segmented.tsx";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { DEFAULT_DAYS, RANGES } from "../../../lib/search/dashboard-search.ts";
import { type ExploreSearch, periodNameOf, rangeOfExplore } from "../search/explore-search.ts";
import { lengthOf, PERIODS } from "../search/periods.ts";
import { Choice, type Option } from "./choice.tsx";
import { Segments } from "./segments.tsx";

const loadCustomRange = () => import("../../../components/filters/custom-range.tsx");
const CustomRange = lazy(() => loadCustomRange().then(({ CustomRange }) => ({ default: CustomRange })));

const USUAL = ["today", "7", "30", "this_month", "last_month"];

/** The period: usual ones beside each other, all and two days of your choice in a list. */
export function PeriodChoice({ search, today }: { search: ExploreSearch; today: string }) {
  const t = useTexts("explore", "usage");
  const format = useFormat();
  const range = rangeOfExplore(search, today);
  const name = periodNameOf(search);
  const isLast = name === undefined && range.end_date === today && !search.start_date;
  const none = { days: undefined, period: undefined, start_date: undefined, end_date: undefined, page: undefined };
  const options: Option[] = [
    ...PERIODS.map((period) => ({
      id: period,
      label: t.explore.periods[period],
      search: { ...search, ...none, period },
      isChosen: name === period,
    })),
    ...RANGES.map((days) => ({
      id: String(days),
      label: t.explore.lastDays({ count: days }),
      search: { ...search, ...none, days },
      isChosen: isLast && (search.days ?? DEFAULT_DAYS) === days,
    })),
  ];
  const usual = USUAL.flatMap((id) => options.filter((option) => option.id === id));
  const chosen = options.find(({ isChosen }) => isChosen);
  const isUsual = usual.some(({ isChosen }) => isChosen);
  return (
    <>
      <Segments
        label={t.usage.range.label}
        options={usual}
        after={
          <Choice
            label={t.explore.period}
            text={isUsual ? t.explore.more : (chosen?.label ?? format.days(range.start_date, range.end_date))}
            options={options}
            className={`${SEGMENT} ${isUsual ? "" : "bg-surface font-medium text-ink! shadow-sm"}`}
          >
            {(close) => (
              <Custom search={search} start={range.start_date} end={range.end_date} today={today} onDone={close} />
            )}
          </Choice>
        }
      />
      <span className="hidden print:inline">
        {format.days(range.start_date, range.end_date)} ({t.usage.range.days({ count: lengthOf(range) })})
      </span>
    </>
  );
}

interface CustomProps {
  search: ExploreSearch;
  start: string;
  end: string;
  today: string;
  onDone: () => void;
}

function Custom({ search, ...range }: CustomProps) {
  const t = useTexts("usage");
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) return <Button onClick={() => setOpen(true)}>{t.usage.range.custom}…</Button>;
  return (
    <Suspense fallback={<div className="h-96" />}>
      <CustomRange search={{ ...search, period: undefined, page: undefined } as object} {...range} />
    </Suspense>
  );
}
