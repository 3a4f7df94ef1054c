import { ALL_KEYS } from "../search/pages.ts";
import { type KeyName, trpc } from "./trpc.ts";

/** Id, name and kind of every key, newest first: of the few that came with the page, of many as soon as they are there. */
export function useKeyNames(isWanted = true): KeyName[] {
  const listed = trpc.keys.list.useQuery(ALL_KEYS, { enabled: isWanted }).data;
  const isPart = listed !== undefined && listed.total > listed.items.length;
  const named = trpc.keys.names.useQuery({}, { enabled: isWanted && isPart }).data;
  return (isPart ? named?.items : undefined) ?? listed?.items ?? [];
}
