import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/** Requests that may wait on one connection for the responses before theirs. */
const MOST_WAITING = 16;

/**
 * Works on one request of a connection at a time, in their order: Node would make all answers at once, and they would pile up in
 * memory where no one reads them. A connection on which more wait is closed.
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
 * Closes a connection whose client takes nothing of its response for so long, as one on which nothing happens. A request that is
 * being worked on, such as a long sync, may take its time.
 */
export function closeStalled(server: Server, input: { stallMs: number; isBusy(socket: Socket): boolean }): void {
  server.setTimeout(input.stallMs, (socket) => {
    if (socket.writableLength > 0 || !input.isBusy(socket)) socket.destroy();
  });
}

/** Reads what many may be sent at once: they share one copy, which is let go of with the last of them. */
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
