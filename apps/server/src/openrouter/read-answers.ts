import { message } from "@orwatch/messages/message";
import type { z } from "zod";
import { findCounterFlaw } from "./counter-flaw.ts";
import { ACTIVITY, ANALYTICS, PAGE } from "./limits.ts";
import { type Read, readOne, readRows, UnreadableAnswer } from "./parse.ts";
import * as schema from "./schema.ts";

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
export const findMissing = (rows: unknown[], columns: readonly string[]): string[] =>
  rows.length === 0
    ? []
    : columns.filter((column) => !rows.some((row) => (row as Record<string, unknown>)[column] !== undefined));

export interface Analytics<Row = schema.UsageRow> {
  rows: Row[];
  truncated: boolean;
  /** The first of them. */
  warnings: string[];
  /** Requested metrics and dimensions that no row contains. */
  missing: string[];
}

const SHOWN_WARNINGS = 3;

/** @param columns requested metrics and dimensions */
const readRowsOf =
  <S extends z.ZodType>(row: S) =>
  (columns: readonly string[]): Read<Analytics<z.output<S>>> =>
  async (json, pause) => {
    const { data } = await readOne(schema.analyticsEnvelope)(json, pause);
    return {
      rows: await readRows(data.data, { schema: row, limit: ANALYTICS, pause }),
      truncated: data.metadata.truncated,
      warnings: (data.warnings ?? []).slice(0, SHOWN_WARNINGS).map(String),
      missing: findMissing(data.data, columns),
    };
  };

export const readAnalytics = readRowsOf(schema.analyticsRow);
export const readNamedAnalytics = readRowsOf(schema.namedAnalyticsRow);
export const readWorkspaceAnalytics = readRowsOf(schema.workspaceAnalyticsRow);

const ACTIVITY_COLUMNS = ["usage", "byok_usage_inference", "requests", "prompt_tokens", "completion_tokens"];

export interface Activity {
  rows: schema.UsageRow[];
  /** See `Analytics`. */
  missing: string[];
}

export const readActivity: Read<Activity> = async (json, pause) => {
  const { data } = await readOne(schema.list)(json, pause);
  const rows = await readRows(data, { schema: schema.activityRow, limit: ACTIVITY, pause });
  const hasModel = findMissing(data, ["model", "model_permaslug"]).length < 2;
  return { rows, missing: [...findMissing(data, ACTIVITY_COLUMNS), ...(hasModel ? [] : ["model"])] };
};
