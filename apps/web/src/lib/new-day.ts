import { toDay } from "@orwatch/domain/day";
import { serverNow } from "./clock.ts";

const LOOK_EVERY_MS = 30_000;

/** Calls `onNewDay` when a UTC day has begun by the server's clock: what a page shows as today's is yesterday's then. */
export function watchDay(onNewDay: () => void): () => void {
  let day = toDay(serverNow());
  const timer = setInterval(() => {
    const now = toDay(serverNow());
    if (now === day) return;
    day = now;
    onNewDay();
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
