import { type Exchange, interruptionOf } from "./transport.ts";

/** Reader of the bytes of a stream. */
export interface ByteReader {
  /** The next chunk; at the end, `done` and no `value`. */
  read(): Promise<{ done: false; value: Uint8Array } | { done: true; value: never }>;
  /** Settles at the end of the stream. */
  // biome-ignore lint/suspicious/noExplicitAny: the declarations of Node and of browsers differ
  readonly closed: Promise<any>;
  /** Stops the download. */
  cancel(reason?: unknown): Promise<void>;
  /** Lets another reader continue. */
  releaseLock(): void;
}

/**
 * A `ReadableStream` of bytes that Node's functions accept as well: `Readable.fromWeb(stream)`, `writeFile(path, stream)`. Where the
 * declarations of Node and of browsers differ, it fits both.
 */
export interface ByteStream extends ReadableStream<Uint8Array> {
  /** Locks the stream and reads its chunks. */
  getReader(): ByteReader;
  // biome-ignore-start lint/suspicious/noExplicitAny: the declarations of Node and of browsers differ
  /** Locks the stream and reads its chunks. */
  getReader(options: any): any;
  /** The stream after a transformation. */
  pipeThrough: ReadableStream<Uint8Array>["pipeThrough"] & ((transform: any, options?: any) => any);
  /** Two streams of the same bytes. */
  tee(): [any, any];
  /** Iterates over the chunks. */
  values(options?: any): any;
  /** Iterates over the chunks. */
  [Symbol.asyncIterator](): any;
  // biome-ignore-end lint/suspicious/noExplicitAny: the declarations of Node and of browsers differ
}

/** The body under the call's timeouts and signal. */
export function streamOf({ response, deadline }: Exchange, baseUrl: string): ByteStream {
  const body = response.body?.getReader();
  deadline.idle();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          deadline.arm();
          const { done, value } = body ? await deadline.race(body.read()) : { done: true, value: undefined };
          deadline.idle();
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
  ) as ByteStream;
}

export async function readAll(stream: ByteStream): Promise<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
  }
}

interface Files {
  open(path: string, flags: string): Promise<{ writeFile(data: Uint8Array): Promise<void>; close(): Promise<void> }>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: { force: boolean }): Promise<void>;
}

/** Node's file functions. An import would make bundlers for browsers fail. `undefined` in a browser. */
export const findFiles = (): Files | undefined =>
  (globalThis as { process?: { getBuiltinModule?: (name: string) => Files | undefined } }).process?.getBuiltinModule?.(
    "node:fs/promises",
  );

/** Writes a file that has its name only once it is complete. */
export async function writeWhole(files: Files, path: string, stream: ByteStream): Promise<void> {
  const part = `${path}.${Math.random().toString(36).slice(2)}.part`;
  const reader = stream.getReader();
  try {
    const file = await files.open(part, "wx");
    try {
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) await file.writeFile(chunk.value);
    } finally {
      await file.close();
    }
    await files.rename(part, path);
  } catch (error) {
    await reader.cancel().catch(() => {});
    await files.rm(part, { force: true });
    throw error;
  }
}
