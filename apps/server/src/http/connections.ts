import type { Server } from "node:http";
import type { Socket } from "node:net";
import { peerOf } from "./client-address.ts";

export interface ConnectionLimits {
  /** Connections at once; the files a process may open must allow for as many and some more. */
  most: number;
  /** Of these, of one address (an IPv6 address counts as its /64) that is no trusted proxy. */
  mostOfOne: number;
}

const LIMITS: ConnectionLimits = { most: 12_000, mostOfOne: 1_000 };

/** Closes what comes beyond the limits at once, so that who is connected already is still served. */
export function limitConnections(
  server: Server,
  options: { trust: { check(address: string): boolean }; limits?: ConnectionLimits | undefined },
): void {
  const { most, mostOfOne } = options.limits ?? LIMITS;
  const open = new Map<string, number>();
  server.maxConnections = most;
  // Before Node's own listener: a socket that is closed gets no parser.
  server.prependListener("connection", (socket: Socket) => {
    const { address, counted } = peerOf(socket);
    if (options.trust.check(address)) return;
    const count = (open.get(counted) ?? 0) + 1;
    if (count > mostOfOne) return void socket.destroy();
    open.set(counted, count);
    socket.once("close", () => {
      const left = (open.get(counted) ?? 1) - 1;
      if (left === 0) open.delete(counted);
      else open.set(counted, left);
    });
  });
}
