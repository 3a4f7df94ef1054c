import type { Day } from "@orwatch/domain/day";
import { DIMENSION_IDS, type Dimension, dayNumberOf } from "../../usage/breakdowns/dimensions.ts";
import type { Period } from "../period.ts";
import { type Reading, select } from "../selection.ts";
import type { BreakdownInput } from "./schema.ts";

/** Usage to split. `keyIds` and `accountId` are `null` without a filter. */
export interface Split {
  teamId: number;
  dimension: BreakdownInput["dimension"];
  period: Period;
  keyIds: number[] | null;
  accountId: number | null;
  models: string[] | null;
}

export interface Sums {
  cost: bigint;
  byokCost: bigint;
  requests: bigint | null;
  tokensInput: bigint | null;
  tokensOutput: bigint | null;
}

/** Sums of the speed of rows where it is known, weighted by their requests, and the sum of these weights. */
export interface SpeedSums {
  measured: bigint;
  latencyP50: number | bigint | null;
  latencyP95: number | bigint | null;
  throughputP50: number | bigint | null;
  throughputP95: number | bigint | null;
}

/** Usage of one value. `value` is the hour since 1970 or in the week for hours. */
export interface ValueSums extends Sums, SpeedSums {
  value: string | bigint;
  requests: bigint;
  tokensInput: bigint;
  tokensOutput: bigint;
}

/** Usage and speed of a model at a provider. */
export interface ModelSpeedSums extends SpeedSums {
  model: string;
  provider: string;
  cost: bigint;
  requests: bigint;
}

const KEYS = `SELECT id FROM api_keys WHERE team_id = :teamId AND (:accountId IS NULL OR account_id = :accountId)
  AND (:keyIds IS NULL OR id IN (SELECT value FROM json_each(:keyIds)))`;

const ACCOUNTS = `SELECT id FROM openrouter_accounts WHERE team_id = :teamId AND (:accountId IS NULL OR id = :accountId) AND :keyIds IS NULL`;

const isHourly = ({ dimension }: Split) => dimension === "hour" || dimension === "weekday_hour";

/** Whether accounts have the rows: for members and workspaces, and for apps without a filter by key. */
const isOfAccounts = ({ dimension, keyIds }: Split) =>
  dimension === "user" || dimension === "workspace" || (dimension === "app" && keyIds === null);

const parametersOf = (split: Split) => ({
  teamId: split.teamId,
  accountId: split.accountId,
  keyIds: split.keyIds === null ? null : JSON.stringify(split.keyIds),
  models: JSON.stringify(split.models ?? []),
  from: split.period.from,
  through: split.period.through,
  fromDay: dayNumberOf(split.period.from),
  throughDay: dayNumberOf(split.period.through),
  dimension: DIMENSION_IDS[split.dimension === "weekday_hour" ? "hour" : (split.dimension as Dimension)],
});

/** Days of keys whose usage is still at least what the breakdown was compared with. If it is less, OpenRouter has corrected it since. */
const DAYS_OF_KEYS = `SELECT c.owner_id, c.dimension, c.day FROM breakdown_owners o
  CROSS JOIN breakdown_days c ON c.owner_id = o.id AND c.dimension = :dimension AND c.day BETWEEN :fromDay AND :throughDay
  CROSS JOIN usage_days u ON u.api_key_id = o.api_key_id AND u.date = date(c.day * 86400, 'unixepoch')
    AND u.cost >= c.cost AND u.byok_cost >= c.byok_cost AND coalesce(u.requests, 0) >= c.requests
    AND coalesce(u.tokens_input, 0) >= c.tokens_input AND coalesce(u.tokens_output, 0) >= c.tokens_output
  WHERE o.api_key_id IN`;

const DAYS_OF_ACCOUNTS = `SELECT c.owner_id, c.dimension, c.day FROM breakdown_owners o
  CROSS JOIN breakdown_days c ON c.owner_id = o.id AND c.dimension = :dimension AND c.day BETWEEN :fromDay AND :throughDay
  JOIN (
    SELECT k.account_id, u.date, sum(u.cost) AS cost, sum(u.byok_cost) AS byok_cost, sum(u.requests) AS requests,
      sum(u.tokens_input) AS tokens_input, sum(u.tokens_output) AS tokens_output
    FROM api_keys k CROSS JOIN usage_days u ON u.api_key_id = k.id AND u.date BETWEEN :from AND :through
    WHERE k.account_id IN (${ACCOUNTS}) AND k.kind IN ('inference', 'residual') GROUP BY 1, 2
  ) t ON t.account_id = o.account_id AND t.date = date(c.day * 86400, 'unixepoch')
    AND t.cost >= c.cost AND t.byok_cost >= c.byok_cost AND coalesce(t.requests, 0) >= c.requests
    AND coalesce(t.tokens_input, 0) >= c.tokens_input AND coalesce(t.tokens_output, 0) >= c.tokens_output
  WHERE o.account_id IN (${ACCOUNTS})`;

/** Keys of no account keep the apps that were collected while they had one. */
const daysOf = (split: Split): string => {
  if (!isOfAccounts(split)) return `${DAYS_OF_KEYS} (${KEYS})`;
  if (split.dimension !== "app") return DAYS_OF_ACCOUNTS;
  return `${DAYS_OF_ACCOUNTS} UNION ALL ${DAYS_OF_KEYS} (${KEYS} AND account_id IS NULL)`;
};

/** 1970 began on a Thursday, and weeks begin on Monday. */
const WEEKDAY_HOUR = "((b.hour / 24 + 3) % 7) * 24 + b.hour % 24";

const speedOf = (column: string) => `sum(b.${column} * max(b.requests, 1)) FILTER (WHERE b.latency_p50 IS NOT NULL)`;
const SPEED_SUMS = `coalesce(sum(max(b.requests, 1)) FILTER (WHERE b.latency_p50 IS NOT NULL), 0) AS measured,
  ${speedOf("latency_p50")} AS latencyP50, ${speedOf("latency_p95")} AS latencyP95,
  ${speedOf("throughput_p50")} AS throughputP50, ${speedOf("throughput_p95")} AS throughputP95`;
const SPEED_COLUMNS = "s.measured, s.latencyP50, s.latencyP95, s.throughputP50, s.throughputP95";

const rowsOf = (split: Split) => `(${daysOf(split)}) d CROSS JOIN breakdowns b
  ON b.owner_id = d.owner_id AND b.dimension = d.dimension AND b.hour BETWEEN d.day * 24 AND d.day * 24 + 23`;

const ofModels = ({ models }: Split): string =>
  models === null
    ? ""
    : `WHERE b.model_id IN (SELECT id FROM breakdown_values WHERE team_id = :teamId AND dimension = 0
         AND text IN (SELECT value FROM json_each(:models)))`;

/** Known usage by value, in no order. */
export function sumByValue(app: Reading, split: Split): ValueSums[] {
  const group =
    split.dimension === "hour" ? "b.hour" : split.dimension === "weekday_hour" ? WEEKDAY_HOUR : "b.value_id";
  const sums = `SELECT ${group} AS id, sum(b.cost) AS cost, sum(b.byok_cost) AS byokCost, sum(b.requests) AS requests,
      sum(b.tokens_input) AS tokensInput, sum(b.tokens_output) AS tokensOutput,
      ${SPEED_SUMS}
    FROM ${rowsOf(split)}
    ${ofModels(split)} GROUP BY 1`;
  const columns = `s.cost, s.byokCost, s.requests, s.tokensInput, s.tokensOutput, ${SPEED_COLUMNS}`;
  return select<ValueSums>(
    app,
    isHourly(split)
      ? `SELECT s.id AS value, ${columns} FROM (${sums}) s`
      : `SELECT v.text AS value, ${columns} FROM (${sums}) s JOIN breakdown_values v ON v.id = s.id`,
    parametersOf(split),
  );
}

/** Usage of one value, model and key in an hour; of usage by day the hour is the first of the day. */
export interface OwnerSums extends Sums, SpeedSums {
  hour: bigint;
  /** `null` for usage that is known for the whole account. */
  keyId: bigint | null;
  /** `null` if the dimension is the hour. */
  value: string | null;
  /** `null` if it is not known by model. */
  model: string | null;
  requests: bigint;
  tokensInput: bigint;
  tokensOutput: bigint;
}

/** Known usage by hour or day, key, value and model, in no order. */
export const sumByOwner = (app: Reading, split: Split): OwnerSums[] =>
  select<OwnerSums>(
    app,
    `SELECT s.hour, o.api_key_id AS keyId, v.text AS value, m.text AS model, s.cost, s.requests, s.tokensInput, s.tokensOutput,
       ${SPEED_COLUMNS} FROM (
       SELECT b.owner_id, b.hour, b.value_id, b.model_id, sum(b.cost) AS cost, sum(b.requests) AS requests,
         sum(b.tokens_input) AS tokensInput, sum(b.tokens_output) AS tokensOutput, ${SPEED_SUMS}
       FROM ${rowsOf(split)} ${ofModels(split)} GROUP BY 1, 2, 3, 4
     ) s JOIN breakdown_owners o ON o.id = s.owner_id
     LEFT JOIN breakdown_values v ON v.id = s.value_id LEFT JOIN breakdown_values m ON m.id = s.model_id`,
    parametersOf(split),
  );

/** Models at providers whose speed is known, in no order. */
export const sumSpeeds = (app: Reading, split: Split): ModelSpeedSums[] =>
  select<ModelSpeedSums>(
    app,
    `SELECT m.text AS model, v.text AS provider, s.cost, s.requests, ${SPEED_COLUMNS} FROM (
       SELECT b.model_id, b.value_id, sum(b.cost) AS cost, sum(b.requests) AS requests, ${SPEED_SUMS}
       FROM ${rowsOf(split)} GROUP BY 1, 2 HAVING measured > 0
     ) s JOIN breakdown_values v ON v.id = s.value_id JOIN breakdown_values m ON m.id = s.model_id`,
    parametersOf(split),
  );

/** Days of the range whose usage is split, in no order. */
export const listSplitDays = (app: Reading, split: Split): Day[] =>
  select<{ date: Day }>(
    app,
    `SELECT DISTINCT date(d.day * 86400, 'unixepoch') AS date FROM (${daysOf(split)}) d`,
    parametersOf(split),
  ).map(({ date }) => date);

const TOTALS = "coalesce(sum(cost), 0) AS cost, coalesce(sum(byok_cost), 0) AS byokCost";

/** All usage of the selection, split or not. */
export function sumTotal(app: Reading, split: Split): Sums {
  const counts = (requests: string) =>
    `sum(${requests}) AS requests, sum(tokens_input) AS tokensInput, sum(tokens_output) AS tokensOutput`;
  const where = `api_key_id IN (${KEYS}) AND date BETWEEN :from AND :through`;
  const sql =
    split.models === null
      ? `SELECT ${TOTALS}, ${counts("requests")} FROM usage_days WHERE ${where}`
      : `SELECT ${TOTALS}, ${counts("requests_count")} FROM usage_stats WHERE ${where} AND model IN (SELECT value FROM json_each(:models))`;
  return select<Sums>(app, sql, parametersOf(split))[0] as Sums;
}

/** First day with data of the selection, whatever the range. Days since 1970. */
export function findFirstDay(app: Reading, split: Split): bigint | null {
  const owners = isOfAccounts(split)
    ? `account_id IN (${ACCOUNTS})${split.dimension === "app" ? ` OR api_key_id IN (${KEYS} AND account_id IS NULL)` : ""}`
    : `api_key_id IN (${KEYS})`;
  const [first] = select<{ day: bigint | null }>(
    app,
    `SELECT min(c.day) AS day FROM breakdown_owners o CROSS JOIN breakdown_days c ON c.owner_id = o.id AND c.dimension = :dimension AND c.rows > 0
     WHERE ${owners}`,
    parametersOf(split),
  );
  return first?.day ?? null;
}
