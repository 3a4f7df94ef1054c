import { useMemo } from "react";
import { useSeriesName } from "../../components/charts/series-name.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { GroupNames } from "./model/groups.ts";

/** Names of groups in the language of the page, and of accounts. */
export function useGroupNames(): GroupNames {
  const t = useTexts("explore", "usage");
  const seriesName = useSeriesName();
  const accounts = trpc.accounts.list.useQuery({}, { staleTime: 300_000 }).data?.items;
  return useMemo(
    () => ({
      seriesName,
      withoutKey: t.usage.withoutKey,
      unknown: t.explore.unknownValue,
      accountName: (id) => accounts?.find((account) => account.id === id)?.name ?? `#${id}`,
    }),
    [seriesName, t, accounts],
  );
}
