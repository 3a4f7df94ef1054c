import { trpc } from "../../lib/api/trpc.ts";

/** Call after anything that changes keys: lists and sums are fetched anew. */
export function useKeysChanged() {
  const utils = trpc.useUtils();
  return () => Promise.all([utils.keys.invalidate(), utils.stats.invalidate()]);
}
