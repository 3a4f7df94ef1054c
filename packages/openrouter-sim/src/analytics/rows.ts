import { resolveKey, visibleCells } from "../endpoints/visible.ts";
import { accumulate, noAmounts } from "../ledger/amounts.ts";
import { randomFrom } from "../ledger/identity.ts";
import type { Cell } from "../ledger/spend-book.ts";
import { dayNumber, dayText, monthStart, requireDay, weekStart } from "../ledger/time.ts";
import type { Account, Amounts, LedgerKey } from "../ledger/types.ts";
import { type Context, money } from "../server/context.ts";
import { type DimensionName, isRaw, type Metric, type Sample } from "./metrics.ts";
import type { AnalyticsRequest, Granularity } from "./request.ts";

interface Group extends Amounts {
  bucket: number | null;
  labels: (string | null)[];
  samples: Sample[];
}

type AnalyticsRow = Record<string, string | number | null>;

interface Result {
  rows: AnalyticsRow[];
  truncated: boolean;
  unresolved: string[];
}

export function runAnalytics(context: Context, account: Account, request: AnalyticsRequest): Result {
  const unresolved: string[] = [];
  const groups = new Map<string, Group>();
  const accepts = cellFilter(request);
  // A rollup by day knows no hours: the days that the range touches count whole. By hour it begins and ends within days.
  const firstDay = dayNumber(request.startMs);
  const lastDay = dayNumber(request.endMs - 1);
  for (const key of keysOf(context, account, request, unresolved)) {
    const labelsOf = labeller(context, request.dimensions, key);
    for (const [day, cell] of visibleCells(context, key, firstDay, lastDay)) {
      const hour = 24 * day + cell.hour;
      if (!accepts(cell) || (request.granularity === "hour" && !isWithin(hour, request))) continue;
      const bucket = request.granularity === "hour" ? hour : bucketOf(day, request.granularity);
      const { id, labels } = labelsOf(cell);
      const groupId = `${bucket}\n${id}`;
      let group = groups.get(groupId);
      if (!group) {
        group = { bucket, labels, samples: [], ...noAmounts() };
        groups.set(groupId, group);
      }
      accumulate(group, cell);
      if (request.metrics.some(({ kind }) => kind === "latency" || kind === "throughput"))
        group.samples.push(sampleOf(cell));
    }
  }
  const ordered = order(context, request, [...groups.values()]);
  const grouped = limitGroups(ordered, request.groupLimit);
  const kept = grouped.slice(0, Math.min(request.limit, context.options.analyticsMaxRows));
  return {
    rows: [
      ...kept.map((group, index) => {
        const row = rowOf(context, request, group);
        return index % 2 === 0 ? row : withoutColumns(row, context.options.sparseColumns);
      }),
      ...strayRows(context, request),
    ],
    truncated: kept.length < ordered.length,
    unresolved,
  };
}

const HOUR_MS = 3_600_000;

const isWithin = (hour: number, { startMs, endMs }: AnalyticsRequest): boolean =>
  hour * HOUR_MS >= startMs && hour * HOUR_MS < endMs;

/** Model, provider and hour decide how fast the requests of a cell were. */
function sampleOf({ model, provider, hour, requests }: Cell): Sample {
  const random = randomFrom(`speed:${model}:${provider}:${hour}`);
  return { requests, latencyMs: 200 + Math.floor(random() * 1800), tokensPerSecond: 20 + Math.floor(random() * 100) };
}

function keysOf(context: Context, account: Account, request: AnalyticsRequest, unresolved: string[]): LedgerKey[] {
  let keys = context.ledger.keysOf(account.id);
  for (const filter of request.filters) {
    if (filter.field === "api_key_id") {
      const hashes = new Set<string>();
      for (const value of filter.values) {
        const key = resolveKey(context, account.id, value);
        if (key) hashes.add(key.hash);
        else unresolved.push(value);
      }
      keys = keys.filter((key) => hashes.has(key.hash) !== filter.negated);
    } else if (filter.field === "workspace") {
      keys = keys.filter((key) => filter.values.includes(key.workspaceId) !== filter.negated);
    } else if (filter.field === "user") {
      keys = keys.filter(({ member }) => filter.values.includes(member) !== filter.negated);
    }
  }
  return keys;
}

function cellFilter(request: AnalyticsRequest): (cell: Cell) => boolean {
  return (cell) =>
    request.filters.every(({ field, values, negated }) => {
      const trait = TRAITS[field];
      return trait === undefined || values.includes(String(cell[trait])) !== negated;
    });
}

/** Dimensions that a cell decides. */
const TRAITS: Partial<Record<DimensionName, keyof Cell>> = {
  model: "model",
  provider: "provider",
  app: "app",
  finish_reason: "finishReason",
  external_user: "externalUser",
};

function labeller(context: Context, dimensions: readonly DimensionName[], key: LedgerKey) {
  const workspace = context.ledger.workspacesOf(key.accountId).find((candidate) => candidate.id === key.workspaceId);
  const keyId = context.options.sameNameKeys === "merge" ? key.name : key.hash;
  return (cell: Cell): { id: string; labels: (string | null)[] } => {
    const labels: (string | null)[] = [];
    let id = "";
    for (const name of dimensions) {
      switch (name) {
        case "api_key_id":
          labels.push(key.name);
          id += `${keyId}\n`;
          break;
        case "workspace":
          labels.push(workspace?.name ?? "Unattributed");
          id += `${key.workspaceId}\n`;
          break;
        case "user":
          labels.push(key.member);
          id += `${key.member}\n`;
          break;
        default: {
          const trait = String(cell[TRAITS[name] as keyof Cell]);
          // Requests that name no one have no value.
          labels.push(trait === "" ? null : trait);
          id += `${trait}\n`;
        }
      }
    }
    return { id, labels };
  };
}

function bucketOf(day: number, granularity: Granularity | null): number | null {
  if (granularity === null) return null;
  if (granularity === "week") return weekStart(day);
  return granularity === "month" ? monthStart(day) : day;
}

function order(context: Context, request: AnalyticsRequest, groups: Group[]): Group[] {
  const { orderBy } = request;
  const byDate = (a: Group, b: Group): number => (a.bucket ?? 0) - (b.bucket ?? 0);
  const byCost = (a: Group, b: Group): number => Number(b.costNanos - a.costNanos);
  if (orderBy) {
    const sign = orderBy.descending ? -1 : 1;
    const metric = request.metrics.find((candidate) => candidate.name === orderBy.field);
    const index = (request.dimensions as readonly string[]).indexOf(orderBy.field);
    return groups.sort((a, b) => {
      if (metric) return sign * Number(BigInt(metric.of(a)) - BigInt(metric.of(b)));
      if (index >= 0) return sign * (a.labels[index] ?? "").localeCompare(b.labels[index] ?? "");
      return sign * byDate(a, b);
    });
  }
  if (context.options.rowOrder === "shuffled") {
    return groups
      .map((group) => ({ group, at: context.random() }))
      .sort((a, b) => a.at - b.at)
      .map((entry) => entry.group);
  }
  const sign = context.options.rowOrder === "desc" ? -1 : 1;
  return groups.sort((a, b) => sign * byDate(a, b) || byCost(a, b));
}

function limitGroups(groups: Group[], perGroup: number | null): Group[] {
  if (perGroup === null) return groups;
  const seen = new Map<string, number>();
  return groups.filter((group) => {
    const id = group.labels.join("\n");
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count <= perGroup;
  });
}

function rowOf(context: Context, request: AnalyticsRequest, group: Group): AnalyticsRow {
  const { options } = context;
  const row: AnalyticsRow = {};
  if (request.granularity !== null && group.bucket !== null) {
    // The raw source, which alone knows the provider, names its column after the generation.
    const column = request.dimensions.some(isRaw) ? "created_at" : options.bucketColumn;
    row[`${column}__${request.granularity}`] = bucketText(group.bucket, request.granularity, options.bucketValue);
  }
  for (const [index, name] of request.dimensions.entries()) row[name] = group.labels[index] ?? null;
  for (const metric of request.metrics) row[metric.name] = metricValue(context, metric.kind, metric.of(group));
  if (options.unknownFields) row.carbon_grams = 0;
  for (const [name, value] of Object.entries(options.columnValues)) if (name in row) row[name] = value as string;
  return withoutColumns(row, options.missingColumns);
}

function bucketText(bucket: number, granularity: Granularity, style: "date" | "iso"): string {
  if (granularity !== "hour") return style === "date" ? dayText(bucket) : `${dayText(bucket)}T00:00:00.000Z`;
  const text = new Date(bucket * HOUR_MS).toISOString();
  return style === "date" ? text.slice(0, 19).replace("T", " ") : text;
}

export function withoutColumns<T>(row: Record<string, T>, columns: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)));
}

/** Rows of days that no one asked for, in the shape of the others. */
function strayRows(context: Context, request: AnalyticsRequest): AnalyticsRow[] {
  return context.options.strayDays.map((day) =>
    rowOf(context, request, {
      ...noAmounts(),
      samples: [],
      bucket: requireDay(day) * (request.granularity === "hour" ? 24 : 1),
      labels: request.dimensions.map(() => "stray/model"),
      requests: 1,
    }),
  );
}

function metricValue(context: Context, kind: Metric["kind"], value: bigint | number): string | number | null {
  const { options } = context;
  if (kind === "latency" || kind === "throughput") return Number(value);
  const printed = kind === "money" ? money(context, BigInt(value)) : Number(value);
  if (printed === 0 && options.nullsForZero) return null;
  const asString = kind === "money" ? options.costsAsStrings : options.countsAsStrings;
  return asString ? String(printed) : printed;
}
