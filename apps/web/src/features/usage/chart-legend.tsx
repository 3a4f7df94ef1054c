import { text } from "../../lib/text/usage.ts";
import { Swatch } from "./swatch.tsx";

interface ChartLegendProps {
  models: string[];
  hidden: ReadonlySet<string>;
  onHidden: (hidden: ReadonlySet<string>) => void;
  colourOf: (model: string) => string;
}

/** Click: only this model. With Shift: all but this one. */
export function ChartLegend({ models, hidden, onHidden, colourOf }: ChartLegendProps) {
  function choose(model: string, isShift: boolean) {
    if (isShift) {
      const next = new Set(hidden);
      if (!next.delete(model)) next.add(model);
      return onHidden(next.size === models.length ? new Set() : next);
    }
    const isAlone = !hidden.has(model) && hidden.size === models.length - 1;
    onHidden(isAlone ? new Set() : new Set(models.filter((other) => other !== model)));
  }

  return (
    <fieldset
      className="flex min-h-11 flex-wrap items-center gap-x-1 gap-y-0.5 px-3 pt-1 pb-3"
      title={text.chart.legend}
    >
      <legend className="sr-only">{text.chart.legend}</legend>
      {models.map((model) => (
        <button
          key={model}
          type="button"
          aria-pressed={!hidden.has(model)}
          onClick={(event) => choose(model, event.shiftKey)}
          className={`inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-control px-1.5 text-caption hover:bg-sunken ${hidden.has(model) ? "text-muted line-through" : ""}`}
        >
          <Swatch model={model} colour={hidden.has(model) ? "var(--line)" : colourOf(model)} />
          <span className="truncate">{model}</span>
        </button>
      ))}
      {hidden.size > 0 && (
        <button
          type="button"
          onClick={() => onHidden(new Set())}
          className="min-h-7 rounded-control px-1.5 text-caption font-medium text-accent underline"
        >
          {text.chart.showAll}
        </button>
      )}
    </fieldset>
  );
}
