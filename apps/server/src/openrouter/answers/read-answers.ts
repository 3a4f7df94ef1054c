import { message } from "@orwatch/messages/message";
import type { z } from "zod";
import * as schema from "../schema.ts";
import { findCounterFlaw } from "./counter-flaw.ts";
import { ACTIVITY, ANALYTICS, PAGE } from "./limits.ts";
import { type Pause, type Read, readOne, readRows, UnreadableAnswer } from "./parse.ts";
import { ACTIVITY_DETAILS, columnsOfMetrics, createDetailsReader, type DetailColumn } from "./read-details.ts";

const CONTRADICTION = message("openrouter_counters_contradict", {});

export const readCurrentKey: Read<schema.CurrentKey> = async (json, pause) => {
  const key = await readOne(schema.currentKey)(json, pause);
  const flaw = findCounterFlaw((json as { data: Record<string, unknown> }).data);
  if (flaw !== null) throw new UnreadableAnswer(flaw, CONTRADICTION);
  return key;
};

export const readCredits: Read<z.output<typeof schema.credits>> = async (json, pause) => {
  const read = await readOne(schema.credits)(json, pause);
  if (read.total < 0n || read.used < 0n) throw new UnreadableAnswer("negative credits", CONTRADICTION);
  return read;
};

/** Reads `{ data: [row, …] }`. */
const readPage =
  <S extends z.ZodType>(row: S): Read<z.output<S>[]> =>
  async (json, pause) =>
    readRows((await readOne(schema.list)(json, pause)).data, { schema: row, limit: PAGE, pause });

export const readWorkspaces = readPage(schema.workspace);

/** Contradictory counters of one key do not affect the other keys of the page. */
function withoutContradiction(key: schema.ListedKey, row: unknown): schema.ListedKey {
  const flaw = findCounterFlaw(row as Record<string, unknown>);
  return flaw === null ? key : { ...key, counters: null, hasContradiction: true };
}

export const readKeyList: Read<schema.ListedKey[]> = async (json, pause) => {
  const { data } = await readOne(schema.list)(json, pause);
  const keys = await readRows(data, { schema: schema.listedKey, limit: PAGE, pause });
  return keys.map((key, index) => withoutContradiction(key, data[index]));
};

export const readKeyDetail: Read<schema.ListedKey> = async (json, pause) => {
  const key = await readOne(schema.keyDetail)(json, pause);
  return withoutContradiction(key, (json as { data: unknown }).data);
};

/** Columns that are missing in every row. OpenRouter may leave out single values, but a column missing in all rows was not returned. */
const findMissing = (rows: unknown[], columns: readonly string[]): string[] =>
  rows.length === 0
    ? []
    : columns.filter((column) => !rows.some((row) => (row as Record<string, unknown>)[column] !== undefined));

const ROWS_A_SLICE = 100;

/** Adds the details to the rows. @returns the rows, and columns with impossible values */
async function withDetails<Row extends schema.UsageAmounts>(
  amounts: Row[],
  input: { source: unknown[]; columns: DetailColumn[]; pause: Pause },
): Promise<{ rows: (Row & schema.UsageRow)[]; malformed: string[] }> {
  const reader = createDetailsReader(input.columns);
  const rows: (Row & schema.UsageRow)[] = [];
  for (const [index, row] of amounts.entries()) {
    if (index % ROWS_A_SLICE === 0) await input.pause();
    rows.push({ ...row, details: reader.read(input.source[index] as Record<string, unknown>, row.date) });
  }
  return { rows, malformed: [...reader.malformed] };
}

export interface Analytics<Row = schema.UsageRow> {
  rows: Row[];
  truncated: boolean;
  /** The first of them. */
  warnings: string[];
  /** Required columns that no row contains. */
  missing: string[];
  /** Optional metrics with impossible values. Those are unknown for their row. */
  malformed: string[];
}

const SHOWN_WARNINGS = 3;

/** The rows of /analytics/query as they were returned, and whether they are complete. */
export async function readEnvelope(json: unknown, { columns, pause }: { columns: readonly string[]; pause: Pause }) {
  const { data } = await readOne(schema.analyticsEnvelope)(json, pause);
  return {
    source: data.data,
    truncated: data.metadata.truncated,
    warnings: (data.warnings ?? []).slice(0, SHOWN_WARNINGS).map(String),
    missing: findMissing(data.data, columns),
  };
}

/** @param asked required columns, and optional metrics */
const readRowsOf =
  <S extends z.ZodType<schema.UsageAmounts>>(row: S) =>
  (asked: { columns: readonly string[]; metrics: readonly string[] }): Read<Analytics<z.output<S> & schema.UsageRow>> =>
  async (json, pause) => {
    const { source, ...completeness } = await readEnvelope(json, { columns: asked.columns, pause });
    const amounts = await readRows(source, { schema: row, limit: ANALYTICS, pause });
    const columns = columnsOfMetrics(asked.metrics);
    return { ...(await withDetails(amounts, { source, columns, pause })), ...completeness };
  };

export const readAnalytics = readRowsOf(schema.analyticsRow);
export const readNamedAnalytics = readRowsOf(schema.namedAnalyticsRow);
export const readWorkspaceAnalytics = readRowsOf(schema.workspaceAnalyticsRow);

const ACTIVITY_COLUMNS = ["usage", "byok_usage_inference", "requests", "prompt_tokens", "completion_tokens"];

export interface Activity {
  rows: schema.UsageRow[];
  /** See `Analytics`. */
  missing: string[];
  malformed: string[];
}

export const readActivity: Read<Activity> = async (json, pause) => {
  const { data } = await readOne(schema.list)(json, pause);
  const amounts = await readRows(data, { schema: schema.activityRow, limit: ACTIVITY, pause });
  const hasModel = findMissing(data, ["model", "model_permaslug"]).length < 2;
  return {
    ...(await withDetails(amounts, { source: data, columns: ACTIVITY_DETAILS, pause })),
    missing: [...findMissing(data, ACTIVITY_COLUMNS), ...(hasModel ? [] : ["model"])],
  };
};
