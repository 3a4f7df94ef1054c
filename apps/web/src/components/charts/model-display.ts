import { useMemo } from "react";
import type { Dashboard } from "../../lib/api/trpc.ts";
import { colourSeries } from "./series-colours.ts";
import { useSeriesName } from "./series-name.ts";
import type { SeriesDisplay } from "./usage-chart/model.ts";

/** Names of models, and the colours of those that the chart shows by name. The others are in "Other". */
export function useModelDisplay({ by_model, by_date }: Pick<Dashboard, "by_model" | "by_date">): SeriesDisplay {
  const nameOf = useSeriesName();
  const colourOf = useMemo(() => {
    const charted = new Set(by_date.flatMap((day) => day.by_model.map(({ model }) => model)));
    return colourSeries(
      "model",
      by_model.map(({ model }) => model).filter((model) => charted.has(model)),
    );
  }, [by_model, by_date]);
  return useMemo(() => ({ nameOf, colourOf }), [nameOf, colourOf]);
}
