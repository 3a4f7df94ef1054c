import type { Day } from "@orwatch/domain/day";
import { createYielder } from "../../platform/scheduling/read-scheduler.ts";
import { DIMENSION_IDS, dayNumberOf } from "../../usage/breakdowns/dimensions.ts";
import { type Reading, select } from "../selection.ts";

/** Cost of a key by hour of one UTC day, in nano-dollars. */
export interface HourCosts {
  /** Hours with usage. What is known of the hours from `through` on may be a part of their cost. */
  costs: ReadonlyMap<number, bigint>;
  /** The hours before this one are completely known: 0 to 24. */
  through: number;
}

/** By key and day. A day without an entry is unknown. */
export type HoursOfKeys = Map<number, Map<Day, HourCosts>>;

interface Row {
  keyId: bigint;
  day: bigint;
  isWhole: bigint;
  isCurrent: bigint;
  rows: bigint;
  readAt: string | null;
  askedAt: string | null;
  /** `null` if the day has no rows. */
  hour: bigint | null;
  cost: bigint | null;
}

/** Collected days whose usage has not become less since. `isCurrent`: it has not changed since. */
const COLLECTED = `
  SELECT k.id AS keyId, c.day, c.is_whole AS isWhole, c.rows, k.last_synced_at AS readAt, p.asked_at AS askedAt,
    u.cost = c.cost AND coalesce(u.requests, 0) = c.requests AS isCurrent, b.hour - c.day * 24 AS hour, sum(b.cost) AS cost
  FROM api_keys k CROSS JOIN breakdown_owners o ON o.api_key_id = k.id
  CROSS JOIN breakdown_days c ON c.owner_id = o.id AND c.dimension = ${DIMENSION_IDS.hour} AND c.day IN (SELECT value FROM json_each(:days))
  CROSS JOIN usage_days u ON u.api_key_id = k.id AND u.date = date(c.day * 86400, 'unixepoch') AND u.cost >= c.cost
  LEFT JOIN breakdown_progress p ON p.owner_id = o.id AND p.dimension = c.dimension
  LEFT JOIN breakdowns b ON b.owner_id = o.id AND b.dimension = c.dimension AND b.hour BETWEEN c.day * 24 AND c.day * 24 + 23
  WHERE k.team_id = :teamId GROUP BY k.id, c.day, b.hour`;

/** A day without spend is known by hour, too. */
const WITHOUT_SPEND = `
  SELECT k.id AS keyId, unixepoch(u.date) / 86400 AS day, 1 AS isWhole, 1 AS rows, k.last_synced_at AS readAt, NULL AS askedAt,
    1 AS isCurrent, NULL AS hour, NULL AS cost
  FROM api_keys k CROSS JOIN usage_days u ON u.api_key_id = k.id AND u.date IN (SELECT value FROM json_each(:dates))
  WHERE k.team_id = :teamId AND k.kind IS NOT 'residual' AND u.cost = 0 AND (u.exact OR u.attributed)`;

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Days per step. */
const STEP = 9;

/** Cost by hour of all keys of a team on some days, read in steps. */
export async function readHours(
  app: Reading,
  { teamId, days }: { teamId: number; days: readonly Day[] },
): Promise<HoursOfKeys> {
  const pause = createYielder("page");
  const hours: HoursOfKeys = new Map();
  for (let first = 0; first < days.length; first += STEP) {
    await pause();
    const dates = days.slice(first, first + STEP);
    const parameters = { teamId, dates: JSON.stringify(dates), days: JSON.stringify(dates.map(dayNumberOf)) };
    for (const row of [...select<Row>(app, WITHOUT_SPEND, parameters), ...select<Row>(app, COLLECTED, parameters)])
      add(hours, row);
  }
  return hours;
}

function add(hours: HoursOfKeys, row: Row): void {
  const keyId = Number(row.keyId);
  const day = new Date(Number(row.day) * DAY_MS).toISOString().slice(0, 10);
  const ofKey = hours.get(keyId) ?? new Map<Day, HourCosts>();
  hours.set(keyId, ofKey);
  const known = ofKey.get(day)?.costs ?? new Map<number, bigint>();
  if (row.hour !== null) (known as Map<number, bigint>).set(Number(row.hour), row.cost ?? 0n);
  ofKey.set(day, { costs: known, through: throughOf(row) });
}

/**
 * How many hours of a day are completely known. On the day on which its usage was last read, usage beyond the collected hours is that of
 * the last one; on earlier days it can be of any hour.
 */
function throughOf({ day, isWhole, isCurrent, rows, readAt, askedAt }: Row): number {
  const readThrough = isCurrent ? readAt : askedAt;
  if (readThrough === null || (rows === 0n && !isWhole)) return 0;
  // A response can be an hour older than the request for it was noted.
  const hour = Math.floor((Date.parse(readThrough) - (isCurrent ? 0 : HOUR_MS)) / HOUR_MS) - Number(day) * 24;
  if (hour < 24) return Math.max(0, hour);
  return isWhole && isCurrent ? 24 : 0;
}
