import { useCallback } from "react";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { OTHER, UNATTRIBUTED } from "./series-colours.ts";

/**
 * Returns the name of a model or series in the language of the page. The API names what is not a model by fixed values. Do not pass names
 * of keys: users may have chosen the same.
 */
export function useSeriesName(): (id: string) => string {
  const { series } = useTexts("usage").usage;
  return useCallback(
    (id) => {
      if (id === OTHER) return series.other;
      return id === UNATTRIBUTED ? series.unattributed : id;
    },
    [series],
  );
}
