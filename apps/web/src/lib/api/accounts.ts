import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type Account, type AccountKeysInput, trpc } from "./trpc.ts";

/** Polling interval while keys are listed or their history is read. */
const BACKFILL_POLL_MS = 2000;

/** An account whose keys were never listed and that has not failed, or whose history is incomplete. */
export const isFilling = ({ last_synced_at, last_sync_error, backfill }: Account): boolean =>
  last_sync_error === null && (last_synced_at === null || backfill.done < backfill.total);

/** The user's OpenRouter accounts, followed while their history is being read. Sums are loaded again as it proceeds. */
export function useAccounts() {
  const utils = trpc.useUtils();
  const list = trpc.accounts.list.useQuery(
    {},
    { refetchInterval: ({ state }) => (state.data?.items.some(isFilling) ? BACKFILL_POLL_MS : false) },
  );
  const stage = list.data && JSON.stringify(list.data.items.map(stageOf));
  const before = useRef(stage);
  useEffect(() => {
    if (before.current !== undefined && before.current !== stage)
      void Promise.all([utils.keys.invalidate(), utils.stats.invalidate()]);
    before.current = stage;
  }, [stage, utils]);
  return list;
}

const stageOf = ({ id, keys_total, keys_watched, last_synced_at, backfill }: Account) => [
  id,
  keys_total,
  keys_watched,
  last_synced_at !== null,
  backfill.recent,
  backfill.done,
];

/** One page of an account's keys, followed in the same way. */
export const useAccountKeys = (account: Account, input: Omit<AccountKeysInput, "id">) =>
  trpc.accounts.keys.useQuery(
    { id: account.id, ...input },
    {
      placeholderData: keepPreviousData,
      refetchInterval: isFilling(account) ? BACKFILL_POLL_MS : false,
    },
  );

/** Call after anything that changes accounts: their keys and all sums are loaded again. */
export function useAccountsChanged() {
  const utils = trpc.useUtils();
  return () => Promise.all([utils.accounts.invalidate(), utils.keys.invalidate(), utils.stats.invalidate()]);
}
