import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/** Maximum number of pipelined requests that wait on a connection. */
const MOST_WAITING = 16;

/**
 * Handles the requests of a connection one at a time, in order: Node would handle all of them at once and buffer the responses in
 * memory until they are read. A connection with more waiting requests is closed.
 */
export function createLines(handle: Handler): { handle: Handler; isBusy(socket: Socket): boolean } {
  const lines = new WeakMap<Socket, (() => void)[]>();

  function begin(req: IncomingMessage, res: ServerResponse): void {
    const { socket } = req;
    handle(req, res);
    res.once("close", () => {
      const next = socket.destroyed ? undefined : lines.get(socket)?.shift();
      if (next) next();
      else lines.delete(socket);
    });
  }

  return {
    handle(req, res) {
      const line = lines.get(req.socket);
      if (!line) {
        lines.set(req.socket, []);
        begin(req, res);
      } else if (line.length < MOST_WAITING) line.push(() => begin(req, res));
      else req.socket.destroy();
    },
    isBusy: (socket) => lines.has(socket),
  };
}

/**
 * Closes a connection whose client reads nothing of its response for this long. A request that is still being
 * handled, such as a long sync, is not affected.
 */
export function closeStalled(server: Server, input: { stallMs: number; isBusy(socket: Socket): boolean }): void {
  server.setTimeout(input.stallMs, (socket) => {
    if (socket.writableLength > 0 || !input.isBusy(socket)) socket.destroy();
  });
}

/** Shares one copy of a file between simultaneous responses and releases it after the last one. */
export function shareWhileSent(read: () => Promise<Buffer>): (res: ServerResponse) => Promise<Buffer> {
  let copy: Promise<Buffer> | null = null;
  let receivers = 0;
  return (res) => {
    receivers += 1;
    res.once("close", () => {
      receivers -= 1;
      if (receivers === 0) copy = null;
    });
    copy ??= read();
    return copy;
  };
}
