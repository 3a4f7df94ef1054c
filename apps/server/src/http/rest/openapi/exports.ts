import type { z } from "zod";
import {
  csvExportInput,
  exportInput,
  exportOutput,
  jsonExportInput,
  publicCsvExportInput,
  publicExportInput,
  publicExportOutput,
  publicJsonExportInput,
} from "../../../stats/exports/schema.ts";

/** Inputs of the exports, by operation. */
export const STREAM_INPUTS: Record<string, z.ZodObject[]> = {
  statsExport: [exportInput],
  statsExportCsv: [csvExportInput],
  statsExportJson: [jsonExportInput],
  v1Export: [publicExportInput],
  v1ExportCsv: [publicCsvExportInput],
  v1ExportJson: [publicJsonExportInput],
};

const ABOUT =
  "Streams a file with `Content-Disposition: attachment`. At most three exports of a team run at once; a further one is 429 with `exports_busy`, unless the client of another has read nothing for 10 seconds: that one is then ended.";
const COOKIE = "Links from the web app can use the session cookie.";
const CSV_EXAMPLE =
  "date,api_key_id,api_key_name,model,requests_count,tokens_input,tokens_output,cost\r\n2026-11-22,7,Production,openai/gpt-5,151,441000,52000,2.731705\r\n";

const CSV = {
  summary: "Export usage as CSV",
  description: `${ABOUT} RFC 4180 with a header row. Unknown counts are empty cells.`,
};
const JSON_ARRAY = {
  summary: "Export usage as JSON",
  description: `${ABOUT} The file is an array of rows. Unknown counts are \`null\`.`,
};
const EITHER = {
  summary: "Export usage in either format",
  description: `Use \`/usage/export.csv\` or \`/usage/export.json\` under the same base instead. ${ABOUT}`,
};

/** The exports, which have no tRPC procedure. */
export function streamPaths() {
  const csv = { "text/csv": { schema: { type: "string" }, example: CSV_EXAMPLE } };
  const json = (schema: z.ZodType) => ({ "application/json": { schema } });
  const path = (
    operationId: string,
    { texts, content, tag }: { texts: { summary: string; description: string }; content: object; tag: string },
  ) => ({
    get: {
      operationId,
      ...texts,
      tags: [tag],
      requestParams: { query: STREAM_INPUTS[operationId]?.[0] },
      responses: { 200: { description: "The file.", content } },
      security: [{ any: [] }],
    },
  });
  const own = (texts: typeof CSV) => ({ ...texts, description: `${texts.description} ${COOKIE}` });
  return {
    "/usage/export": path("statsExport", {
      texts: own(EITHER),
      content: { ...csv, ...json(exportOutput) },
      tag: "Usage",
    }),
    "/usage/export.csv": path("statsExportCsv", { texts: own(CSV), content: csv, tag: "Usage" }),
    "/usage/export.json": path("statsExportJson", {
      texts: own(JSON_ARRAY),
      content: json(exportOutput),
      tag: "Usage",
    }),
    "/v1/usage/export": path("v1Export", {
      texts: EITHER,
      content: { ...csv, ...json(publicExportOutput) },
      tag: "Public API",
    }),
    "/v1/usage/export.csv": path("v1ExportCsv", { texts: CSV, content: csv, tag: "Public API" }),
    "/v1/usage/export.json": path("v1ExportJson", {
      texts: JSON_ARRAY,
      content: json(publicExportOutput),
      tag: "Public API",
    }),
  };
}
