import { message } from "@orwatch/messages/message";
import { AppError } from "../../rpc/app-error.ts";
import type { Period } from "../period.ts";
import { METRICS } from "./metrics.ts";
import {
  COLLECTED_DIMENSIONS,
  type CollectedDimension,
  DIMENSIONS,
  type ExploreInput,
  type GroupDimension,
  MAX_HOURLY_DAYS,
} from "./schema.ts";

type Question = Pick<ExploreInput, "metric" | "interval"> & { groups: readonly GroupDimension[] };

const isCollected = (name: GroupDimension): name is CollectedDimension =>
  COLLECTED_DIMENSIONS.some((dimension) => dimension === name);

/** The collected dimension that the usage is read by; `null` if all stored usage answers the question. */
export function collectedDimensionOf({
  metric,
  groups,
}: Pick<Question, "metric" | "groups">): CollectedDimension | null {
  return groups.find(isCollected) ?? (METRICS[metric].from === "breakdowns" ? "provider" : null);
}

/** Why usage is not collected in this combination; `null` if it is. */
function findGap({ metric, interval, groups }: Question): string | null {
  const collected = groups.filter(isCollected);
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
export function requireAvailable(input: Pick<ExploreInput, "metric" | "interval" | "group_by">, period: Period): void {
  const { metric, interval, group_by: groups } = input;
  if (interval === "hour" && period.days > MAX_HOURLY_DAYS)
    throw new AppError("BAD_REQUEST", message("range_too_long", { days: period.days, limit: MAX_HOURLY_DAYS }));
  if (isAvailable({ metric, interval, groups })) return;
  const [first, second] = groups;
  const available = DIMENSIONS.filter((dimension) => {
    if (first === undefined || second === undefined) return isAvailable({ metric, interval, groups: [dimension] });
    return dimension !== first && isAvailable({ metric, interval, groups: [first, dimension] });
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
