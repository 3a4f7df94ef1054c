import { useTexts } from "../../../lib/i18n/i18n.ts";
import type { SeriesDisplay } from "./model.ts";

interface ChartLegendProps {
  ids: string[];
  hidden: ReadonlySet<string>;
  onHidden: (hidden: ReadonlySet<string>) => void;
  display: SeriesDisplay;
}

/** Click: only this series. With Shift: all but this one. */
export function ChartLegend({ ids, hidden, onHidden, display }: ChartLegendProps) {
  const t = useTexts("usage");
  function choose(id: string, isShift: boolean) {
    if (isShift) {
      const next = new Set(hidden);
      if (!next.delete(id)) next.add(id);
      return onHidden(next.size === ids.length ? new Set() : next);
    }
    const isAlone = !hidden.has(id) && hidden.size === ids.length - 1;
    onHidden(isAlone ? new Set() : new Set(ids.filter((other) => other !== id)));
  }

  return (
    <fieldset
      className="flex min-h-11 min-w-0 flex-wrap items-center gap-x-1 gap-y-0.5 px-3 pt-1 pb-3"
      title={t.usage.chart.legend}
    >
      <legend className="sr-only">{t.usage.chart.legend}</legend>
      {ids.map((id) => (
        <button
          key={id}
          type="button"
          aria-pressed={!hidden.has(id)}
          {...(hidden.has(id) ? {} : { "data-series": display.colourOf(id) })}
          onClick={(event) => choose(id, event.shiftKey)}
          className={`inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-control px-1.5 text-caption hover:bg-sunken ${hidden.has(id) ? "text-muted line-through" : ""}`}
        >
          <Swatch colour={hidden.has(id) ? "var(--line)" : display.colourOf(id)} />
          <span dir="auto" title={display.nameOf(id)} className="truncate">
            {display.nameOf(id)}
          </span>
        </button>
      ))}
      {hidden.size > 0 && (
        <button
          type="button"
          onClick={() => onHidden(new Set())}
          className="min-h-7 rounded-control px-1.5 text-caption font-medium text-accent underline print:hidden"
        >
          {t.usage.chart.showAll}
        </button>
      )}
    </fieldset>
  );
}

/** The colour of a series. */
export function Swatch({ colour }: { colour: string }) {
  return (
    <span
      aria-hidden
      className="paint inline-block size-2.5 shrink-0 rounded-[3px]"
      style={{ backgroundColor: colour }}
    />
  );
}
