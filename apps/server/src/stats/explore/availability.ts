import { message } from "@orwatch/messages/message";
import { AppError } from "../../rpc/app-error.ts";
import type { Period } from "../period.ts";
import { METRICS } from "./metrics.ts";
import { filteredDimensions } from "./narrow.ts";
import {
  COLLECTED_DIMENSIONS,
  type CollectedDimension,
  DIMENSIONS,
  type ExploreInput,
  type GroupDimension,
  MAX_HOURLY_DAYS,
} from "./schema.ts";

interface Question extends Pick<ExploreInput, "metric" | "interval"> {
  groups: readonly GroupDimension[];
  /** Collected dimensions that are filtered by. */
  filtered: readonly CollectedDimension[];
}

const isCollected = (name: GroupDimension): name is CollectedDimension =>
  COLLECTED_DIMENSIONS.some((dimension) => dimension === name);

/** The collected dimension that the usage is read by; `null` if all stored usage answers the question. */
export function collectedDimensionOf({
  metric,
  groups,
  filtered,
}: Omit<Question, "interval">): CollectedDimension | null {
  return groups.find(isCollected) ?? filtered[0] ?? (METRICS[metric].from === "breakdowns" ? "provider" : null);
}

/** Why usage is not collected in this combination; `null` if it is. */
function findGap({ metric, interval, groups, filtered }: Question): string | null {
  const collected = [...new Set([...groups.filter(isCollected), ...filtered])];
  const { from } = METRICS[metric];
  if (collected.length > 1) return "two_collected";
  if (from === "rows" && (collected.length > 0 || interval === "hour")) return "details";
  if (from === "breakdowns" && collected.some((name) => name !== "provider")) return "latency";
  if (interval === "hour" && collected.length > 0) return "hour";
  if (interval === "hour" && from === "breakdowns") return "hour";
  const isByModel = groups.includes("model") || groups.includes("vendor");
  if (collected.includes("finish_reason") && isByModel) return "finish_reason";
  return null;
}

const isAvailable = (question: Question): boolean => findGap(question) === null;

const listOrNull = (names: readonly string[]) => (names.length === 0 ? null : [...names]);

/**
 * @throws BREAKDOWN_UNAVAILABLE with the dimensions that can be used instead
 * @throws BAD_REQUEST for a range that is too long by hour
 */
export function requireAvailable(input: ExploreInput, period: Period): void {
  const { metric, interval, group_by: groups } = input;
  const filtered = filteredDimensions(input);
  if (interval === "hour" && period.days > MAX_HOURLY_DAYS)
    throw new AppError("BAD_REQUEST", message("range_too_long", { days: period.days, limit: MAX_HOURLY_DAYS }));
  if (isAvailable({ metric, interval, groups, filtered })) {
    requireColumns(input);
    return;
  }
  const [first, second] = groups;
  const available = DIMENSIONS.filter((dimension) => {
    if (first === undefined || second === undefined)
      return isAvailable({ metric, interval, filtered, groups: [dimension] });
    return dimension !== first && isAvailable({ metric, interval, filtered, groups: [first, dimension] });
  });
  throw new AppError(
    "BREAKDOWN_UNAVAILABLE",
    message("breakdown_unavailable", {
      metric,
      interval,
      group_by: listOrNull(groups),
      available: listOrNull(available),
    }),
  );
}

/** Columns are read with the metric, so they must be stored where it is. */
function requireColumns({ metric, interval, group_by, columns }: ExploreInput): void {
  const { from } = METRICS[metric];
  const missing = columns.find(
    (name) => METRICS[name].from !== from && (METRICS[name].from !== "roll-up" || from !== "rows"),
  );
  if (missing === undefined) return;
  throw new AppError(
    "BREAKDOWN_UNAVAILABLE",
    message("breakdown_unavailable", {
      metric: missing,
      interval,
      group_by: listOrNull(group_by),
      available: null,
    }),
  );
}
