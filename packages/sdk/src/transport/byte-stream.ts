import type { Deadline } from "./deadline.ts";
import { interrupt } from "./transport.ts";

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
export function streamOf(response: Response, deadline: Deadline, baseUrl: string): ByteStream {
  const body = response.body?.getReader();
  deadline.idle();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          deadline.arm();
          const { done, value } = (await (body && deadline.race(body.read()))) ?? { done: true };
          deadline.idle();
          if (value) controller.enqueue(value);
          if (!done) return;
          deadline.end();
          controller.close();
        } catch (error) {
          controller.error(interrupt(error, deadline, baseUrl));
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

interface Files {
  writeFile(path: string, data: ByteStream, options: { flag: string }): Promise<void>;
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
  try {
    await files.writeFile(part, stream, { flag: "wx" });
    await files.rename(part, path);
  } catch (error) {
    await files.rm(part, { force: true });
    throw error;
  }
}
