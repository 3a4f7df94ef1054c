import { daysBetween, mondayOf } from "@orwatch/domain/day";
import { OTHER } from "../../../components/charts/series-colours.ts";
import { dayOf } from "../../../components/charts/usage-chart/intervals.ts";
import { sizeOf, type Value } from "../../../components/charts/usage-chart/measure.ts";
import type { SeriesPoint } from "../../../components/charts/usage-chart/model.ts";
import type { ExploreAnswer } from "../../../lib/api/trpc.ts";
import { parseMoney, toMoney } from "../../../lib/format/money.ts";
import type { Dimension } from "../search/explore-search.ts";
import { type GroupKey, idOfGroup } from "./groups.ts";
import { MEASURES } from "./metrics.ts";

/** ID of the only series of a chart without groups. */
export const ALL = "(all)";

/** Series of the chart: one per group, in the order of the server, and the others combined. */
export function toSeries(
  { points, groups, other, group_by }: ExploreAnswer,
  isSum: boolean,
): { series: SeriesPoint[]; order: string[]; keys: Map<string, GroupKey> } {
  const [dimension] = group_by as Dimension[];
  if (!dimension)
    return {
      series: points.map(({ at, value }) => ({ at, value, parts: [{ id: ALL, value }] })),
      order: [ALL],
      keys: new Map(),
    };
  const keys = new Map(groups.map(({ key }) => [idOfGroup(key, dimension), key]));
  const lines = [
    ...groups.map(({ key, points }) => ({ id: idOfGroup(key, dimension), points })),
    // What the others have in common says little of a ratio, but their sum belongs to the whole.
    ...(other && isSum ? [{ id: OTHER, points: other.points }] : []),
  ];
  return {
    series: points.map(({ at, value }, index) => ({
      at,
      value,
      parts: lines.map(({ id, points }) => ({ id, value: points[index]?.value ?? null })),
    })),
    order: lines.map(({ id }) => id),
    keys,
  };
}

/** A row of the table: a group, or the others combined. */
export interface TableRow {
  id: string;
  /** `null` for what is beyond the limit of the answer. */
  key: GroupKey | null;
  /** Number of groups of a combined row. */
  groups: number;
  value: Value;
  /** Values of the metrics beside the chosen one. */
  columns: Value[];
  /** Complete days of the period, and the period before; `undefined` unless compared. */
  change?: { current: Value; before: Value } | undefined;
  /** Of two groups: the rows of the second one. */
  parts: TableRow[];
}

interface Answers {
  rows: ExploreAnswer | undefined;
  pairs?: ExploreAnswer | undefined;
  currentRows?: ExploreAnswer | undefined;
  beforeRows?: ExploreAnswer | undefined;
  currentPairs?: ExploreAnswer | undefined;
  beforePairs?: ExploreAnswer | undefined;
}

const zero = (value: Value): Value => (typeof value === "string" ? "0.00" : 0);

/** Values of an answer by their group. A group without usage is 0 of a sum, and unknown of a ratio or beyond the limit. */
function lookUp(answer: ExploreAnswer | undefined, isSum: boolean): ((id: string) => Value) | null {
  if (!answer) return null;
  const dimensions = answer.group_by as Dimension[];
  const byId = new Map(answer.groups.map(({ key, total }) => [pathOf(key, dimensions), total]));
  return (id) => byId.get(id) ?? (isSum && !answer.other && answer.total !== null ? zero(answer.total) : null);
}

const pathOf = (key: GroupKey, dimensions: readonly Dimension[]) =>
  JSON.stringify(dimensions.map((dimension) => idOfGroup(key, dimension)));

/** The rows of the table with the parts of each, and the total. Sums of a level are the totals of the server, not of what is shown. */
export function toTable(answers: Answers, isSum: boolean): { rows: TableRow[]; total: TableRow } | null {
  const { rows: answer, pairs } = answers;
  if (!answer) return null;
  const [first] = answer.group_by as [Dimension];
  const changeIn = (current: ExploreAnswer | undefined, before: ExploreAnswer | undefined) => {
    const [now, then] = [lookUp(current, isSum), lookUp(before, isSum)];
    return (id: string) => (now && then ? { current: now(id), before: then(id) } : undefined);
  };
  const currentRows = answers.currentRows ?? answer;
  const changeOfRow = changeIn(currentRows, answers.beforeRows);
  const changeOfPair = changeIn(answers.currentPairs ?? pairs, answers.beforePairs);
  const rowsOf = (
    { groups, other, group_by }: ExploreAnswer,
    changeOf: (id: string) => TableRow["change"],
  ): TableRow[] => [
    ...groups.map(({ key, total, columns }) => {
      const id = pathOf(key, group_by as Dimension[]);
      return { id, key, groups: 1, value: total, columns, change: changeOf(id), parts: [] };
    }),
    ...(other
      ? [{ id: OTHER, key: null, groups: other.groups, value: other.total, columns: other.columns, parts: [] }]
      : []),
  ];
  const parts = new Map<string, TableRow[]>();
  for (const row of pairs ? rowsOf(pairs, changeOfPair) : []) {
    const owner = row.key ? pathOf(row.key, [first]) : OTHER;
    parts.set(owner, [...(parts.get(owner) ?? []), row]);
  }
  const rows = rowsOf(answer, changeOfRow).map((row) => ({
    ...row,
    parts: row.key ? (parts.get(row.id) ?? []) : [],
  }));
  const { beforeRows } = answers;
  return {
    rows,
    total: {
      ...{ id: "", key: null, groups: rows.reduce((sum, { groups }) => sum + groups, 0), parts: [] },
      ...{ value: answer.total, columns: answer.columns },
      change: beforeRows ? { current: currentRows.total, before: beforeRows.total } : undefined,
    },
  };
}

/** The two groups as rows and columns, with the totals of both. */
export function toPivot({
  rows,
  pairs,
  columns,
}: {
  rows: ExploreAnswer;
  pairs: ExploreAnswer;
  columns: ExploreAnswer;
}) {
  const [first, second] = pairs.group_by as [Dimension, Dimension];
  const { isSum } = MEASURES[pairs.metric];
  const cells = new Map(pairs.groups.map(({ key, total }) => [pathOf(key, [first, second]), total]));
  return {
    rows: rows.groups.map(({ key, total }) => ({ id: idOfGroup(key, first), key, total })),
    columns: columns.groups.map(({ key, total }) => ({ id: idOfGroup(key, second), key, total })),
    cellOf: (row: string, column: string): Value =>
      cells.get(JSON.stringify([row, column])) ??
      // Without usage a sum is 0, if no pair is beyond the limit.
      (isSum && !pairs.other && pairs.total !== null ? zero(pairs.total) : null),
    /** Pairs that are in no cell. */
    missing: pairs.other?.groups ?? 0,
    total: rows.total,
  };
}
export type Pivot = ReturnType<typeof toPivot>;

export interface WeekHour {
  weekday: number;
  hour: number;
  value: Value;
}

/** Sums, or of a ratio the means, by weekday and hour. */
export function toWeek(points: ExploreAnswer["points"], isSum: boolean): WeekHour[] {
  const values = new Map<number, Value[]>();
  for (const { at, value } of points) {
    if (value === null) continue;
    const day = dayOf(at);
    const index = daysBetween(mondayOf(day), day) * 24 + Number(at.slice(11, 13));
    values.set(index, [...(values.get(index) ?? []), value]);
  }
  return Array.from({ length: 7 * 24 }, (_, index) => ({
    weekday: Math.floor(index / 24),
    hour: index % 24,
    value: combine(values.get(index) ?? [], isSum),
  }));
}

function combine(values: Value[], isSum: boolean): Value {
  if (values.length === 0) return null;
  const isMoney = typeof values[0] === "string";
  if (isMoney) {
    const sum = values.reduce<bigint>((all, value) => all + parseMoney(String(value)), 0n);
    return toMoney(isSum ? sum : sum / BigInt(values.length));
  }
  const sum = values.reduce<number>((all, value) => all + sizeOf(value), 0);
  return isSum ? sum : Math.round((sum / values.length) * 100) / 100;
}

/** Change in percent; `null` if it is not defined. */
export function percentChange({ current, before }: { current: Value; before: Value }): number | null {
  if (current === null || before === null || sizeOf(before) <= 0) return null;
  return Math.round(((sizeOf(current) - sizeOf(before)) / sizeOf(before)) * 1000) / 10;
}
