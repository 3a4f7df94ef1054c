import type { Server } from "node:http";
import type { Socket } from "node:net";
import { peerOf } from "../client-address.ts";

export interface ConnectionLimits {
  /** Maximum number of connections. The limit of open files must be higher. */
  most: number;
  /** Maximum number of connections of one address (or IPv6 /64) that is not a trusted proxy. */
  mostOfOne: number;
}

const LIMITS: ConnectionLimits = { most: 12_000, mostOfOne: 1_000 };

/** Closes connections above the limits immediately, so that existing clients are still served. */
export function limitConnections(
  server: Server,
  options: { trust: { check(address: string): boolean }; limits?: ConnectionLimits | undefined },
): void {
  const { most, mostOfOne } = options.limits ?? LIMITS;
  const open = new Map<string, number>();
  server.maxConnections = most;
  // Before Node's own listener, so that no parser is created for a closed socket.
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
