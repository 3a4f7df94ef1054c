import { foreignAnswer, parseJson } from "./answer.ts";
import { argumentError } from "./errors.ts";
import type { Limits } from "./options.ts";
import { toQuery } from "./query.ts";
import { type Exchange, interruptionOf, type Transport } from "./transport.ts";
import type { UsageInput, UsageRow } from "./types.ts";

/** Which rows to export; all of them come. */
export interface UsageExportInput extends Omit<UsageInput, "page" | "limit"> {
  /** What the stream carries: `csv` (RFC 4180 with a header row, the default) or `json` (an array of rows). */
  format?: "csv" | "json" | undefined;
  /** What stands between cells of CSV; `comma` by default. Excel expects `semicolon` where decimals have a comma. */
  separator?: "comma" | "semicolon" | "tab" | undefined;
  /** What amounts in CSV are written with; `point` by default. `comma` needs another separator. */
  decimal?: "point" | "comma" | undefined;
  /** Whether CSV begins with a byte order mark, by which Excel knows UTF-8; `false` by default. */
  bom?: boolean | undefined;
}

/** Usage as one file, as it was at one instant: a single request, however many rows. Nothing is sent before one of these is called. */
export interface UsageExport {
  /**
   * The file as a stream, in the given format. `timeoutMs` limits the time without a byte. To stop early, cancel the stream.
   * @throws ValidationError for an empty or null filter, and for a parameter that does not exist
   * @throws AnyOrwatchError as every call; once it flows, the stream itself fails with one
   */
  toStream(): Promise<ReadableStream<Uint8Array>>;
  /**
   * All rows, whatever the format.
   * @throws AnyOrwatchError as every call
   */
  toArray(): Promise<UsageRow[]>;
}

export function createUsageExport(
  input: UsageExportInput,
  context: { transport: Transport; limits: Limits; baseUrl: string },
): UsageExport {
  const { transport, limits, baseUrl } = context;
  const { format = "csv" } = input;
  if (format !== "csv" && format !== "json") throw argumentError("format", 'must be "csv" or "json"');
  const open = (exchange: Exchange, type: string) => {
    // A page of a proxy must not be taken for the file.
    if (!exchange.response.headers.get("Content-Type")?.startsWith(type))
      throw foreignAnswer(exchange.response, baseUrl);
    return streamOf(exchange, baseUrl);
  };
  return {
    toStream: async () =>
      transport.send({ path: pathOf(input, format), limits }, async (exchange) => open(exchange, MEDIA_TYPES[format])),
    toArray: async () =>
      transport.send({ path: pathOf(withoutStyle(input), "json"), limits }, async (exchange) => {
        const rows = parseJson(await readAll(open(exchange, MEDIA_TYPES.json)));
        if (!Array.isArray(rows)) throw foreignAnswer(exchange.response, baseUrl);
        return rows as UsageRow[];
      }),
  };
}

const MEDIA_TYPES = { csv: "text/csv", json: "application/json" };

/** The rows are the same, however a file of them would be written. */
const withoutStyle = ({ separator: _s, decimal: _d, bom: _b, ...input }: UsageExportInput): UsageExportInput => input;

const pathOf = ({ format: _, ...input }: UsageExportInput, format: "csv" | "json"): string =>
  `/api/v1/usage/export${toQuery({ format, ...input })}`;

async function readAll(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
  }
}

/** The body under the call's time-out and signal; while no one reads, no time counts. */
function streamOf({ response, deadline }: Exchange, baseUrl: string): ReadableStream<Uint8Array> {
  const body = response.body?.getReader();
  deadline.disarm();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          deadline.arm();
          const { done, value } = body ? await deadline.race(body.read()) : { done: true, value: undefined };
          deadline.disarm();
          if (value) controller.enqueue(value);
          if (!done) return;
          deadline.end();
          controller.close();
        } catch (error) {
          const interruption = interruptionOf(error, deadline, baseUrl);
          deadline.end(interruption);
          controller.error(interruption);
        }
      },
      async cancel(reason) {
        deadline.end(reason ?? "cancelled");
        await body?.cancel(reason).catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
}
