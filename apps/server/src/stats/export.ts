import type { App } from "../app.ts";
import { columnsOf, type UsageQuery } from "./export-columns.ts";
import { createFormatter } from "./export-format.ts";
import { readUsage } from "./export-rows.ts";
import { periodOf } from "./period.ts";
import type { ExportInput, PublicExportInput } from "./schema.ts";

/** A file that is made while it is read. */
export interface ExportFile {
  name: string;
  contentType: string;
  /** Pieces of text; an empty one gives others their turn. Stop early with `return()`: the work ends and the connection closes. */
  open(): Generator<string, void>;
}

function toFile(app: App, query: UsageQuery, format: "csv" | "json"): ExportFile {
  const columns = columnsOf(query.shape);
  const formatter = createFormatter(format, columns);
  return {
    name: `usage_${query.period.from}_${query.period.through}.${format}`,
    contentType: formatter.contentType,
    *open() {
      yield formatter.head;
      for (const chunk of readUsage(app.config.databaseFile, query)) yield formatter.rows(chunk);
      yield formatter.tail;
    },
  };
}

/**
 * What an export reads.
 * @throws BAD_REQUEST for a range that is the wrong way round or too long
 */
export const toUsageQuery = (input: Omit<ExportInput, "format"> & { userId: number }): UsageQuery => ({
  userId: input.userId,
  period: periodOf(input.start_date, input.end_date),
  keyIds: input.api_key_id ?? null,
  models: input.model ?? null,
  notKeyIds: input.exclude_api_key_id ?? [],
  notModels: input.exclude_model ?? [],
  shape: input.group_by && input.group_by.length > 0 ? input.group_by : "own",
  sort: input.sort ?? null,
});

/**
 * The rows of /api/usage, or sums of them.
 * @throws BAD_REQUEST for a range that is the wrong way round or too long
 */
export const exportUsage = (app: App, input: ExportInput & { userId: number }): ExportFile =>
  toFile(app, toUsageQuery(input), input.format);

/**
 * The rows of /api/v1/usage.
 * @throws BAD_REQUEST for a range that is the wrong way round or too long
 */
export const exportPublicUsage = (app: App, input: PublicExportInput & { userId: number }): ExportFile =>
  toFile(
    app,
    {
      userId: input.userId,
      period: periodOf(input.start_date, input.end_date),
      keyIds: input.api_key_id ?? null,
      models: input.model ?? null,
      notKeyIds: [],
      notModels: [],
      shape: "public",
      sort: null,
    },
    input.format,
  );
