import type { Format } from "@orwatch/messages/format";
import type { StatsTable } from "../../../../lib/api/trpc.ts";

const SPANS = 4;

/** `1 Jan – 24 Jan, 3 Mar …`: unknown days. */
export const nameSpans = (spans: StatsTable["days"]["unknown"], format: Format): string =>
  spans
    .slice(0, SPANS)
    .map(({ from, through }) => (from === through ? format.day(from) : format.days(from, through)))
    .join(", ") + (spans.length > SPANS ? " …" : "");
