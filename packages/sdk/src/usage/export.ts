import { argumentError } from "../errors.ts";
import type { RequestOptions } from "../options.ts";
import { foreignAnswer, parseJson } from "../transport/answer.ts";
import { type ApiPromise, toApiPromise } from "../transport/api-promise.ts";
import { type ByteStream, findFiles, streamOf, writeWhole } from "../transport/byte-stream.ts";
import { toQuery } from "../transport/query.ts";
import type { Transport } from "../transport/transport.ts";
import type { GroupedUsageInput, UsageInput, UsageRow } from "../types.ts";

/** Which rows to export; all of them come. */
export interface UsageExportInput extends Omit<UsageInput, "page" | "cursor" | "limit"> {
  /** What the stream carries: `csv` (RFC 4180 with a header row, the default) or `json` (an array of rows). */
  format?: "csv" | "json" | undefined;
  /** What stands between cells of CSV; `comma` by default. Excel expects `semicolon` where decimals have a comma. */
  separator?: "comma" | "semicolon" | "tab" | undefined;
  /** What amounts in CSV are written with; `point` by default. `comma` needs another separator. */
  decimal?: "point" | "comma" | undefined;
  /** Whether CSV begins with a byte order mark, by which Excel knows UTF-8; `false` by default. */
  bom?: boolean | undefined;
}

/** Which usage to sum on the server, and by what. */
export type GroupedUsageExportInput = UsageExportInput & Pick<GroupedUsageInput, "group_by">;

/** Usage as one file, as it was at one instant: a single request, however many rows. Nothing is sent before one of these is called. */
export interface UsageExport<Row = UsageRow> {
  /**
   * The file as a stream, in the given format. `timeoutMs` limits the time without a byte, `idleTimeoutMs` the time in which you do not
   * read. To stop early, cancel the stream.
   * @throws ValidationError for a filter that is null, and for a parameter that does not exist
   * @throws AnyOrwatchError as every call; once it flows, the stream itself fails with one
   */
  toStream(): ApiPromise<ByteStream>;
  /**
   * Writes the file in the given format, in Node, Bun or Deno. It has its name only once it is complete.
   * @throws ValidationError in a browser
   * @throws AnyOrwatchError as every call, and the error of the file system
   */
  toFile(path: string): Promise<void>;
  /**
   * All rows, whatever the format.
   * @throws AnyOrwatchError as every call
   */
  toArray(): ApiPromise<Row[]>;
}

export function createUsageExport(
  input: UsageExportInput,
  transport: Transport,
  limits: RequestOptions | undefined,
): UsageExport {
  const { baseUrl } = transport;
  const { format = "csv" } = input;
  if (format !== "csv" && format !== "json") throw argumentError("format", 'must be "csv" or "json"');

  async function get<T>(
    as: "csv" | "json",
    style: Partial<UsageExportInput>,
    read: (stream: ByteStream, response: Response) => T | Promise<T>,
  ) {
    const path = `/api/v1/usage/export.${as}${toQuery({ ...input, ...style, format: undefined })}`;
    return transport.send({ path, limits }, async (response, deadline) => {
      // A page of a proxy must not be taken for the file.
      if (!response.headers.get("Content-Type")?.startsWith(MEDIA_TYPES[as])) throw foreignAnswer(response, baseUrl);
      return read(streamOf(response, deadline, baseUrl), response);
    });
  }

  const toStream = () => toApiPromise(get(format, {}, (stream) => stream));
  return {
    toStream,
    async toFile(path) {
      const files = findFiles();
      if (!files) throw argumentError("path", "needs Node 20.16 or later, Bun or Deno; use toStream()");
      return writeWhole(files, path, await toStream());
    },
    toArray: () =>
      toApiPromise(
        // The rows are the same, however a file of them would be written.
        get("json", { separator: undefined, decimal: undefined, bom: undefined }, async (stream, response) => {
          const rows = parseJson(await new Response(stream).text());
          if (!Array.isArray(rows)) throw foreignAnswer(response, baseUrl);
          return rows as UsageRow[];
        }),
      ),
  };
}

const MEDIA_TYPES = { csv: "text/csv", json: "application/json" };
