import { useEffect, useRef, useState } from "react";
import { trpc } from "../../lib/api/trpc.ts";

const POLL_MS = 30_000;
/** The page itself is loaded first. */
const FIRST_MS = 2000;

/** Reloads the data of an open page after a sync or another change, and at midnight UTC. Checks with a small request twice a minute and on focus. */
export function useFreshData() {
  const utils = trpc.useUtils();
  const [isOn, setOn] = useState(false);
  const known = useRef<string | undefined>(undefined);
  const { data } = trpc.stats.freshness.useQuery(
    {},
    { enabled: isOn, staleTime: 0, refetchInterval: POLL_MS, refetchOnWindowFocus: "always" },
  );

  useEffect(() => {
    const timer = setTimeout(() => setOn(true), FIRST_MS);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    const before = known.current;
    known.current = data?.version;
    if (before === undefined || data === undefined || before === data.version) return;
    const { stats, overview, explore, models, changes, keys, accounts, forecast, inbox, alerts } = utils;
    const shown = [
      stats.dashboard,
      stats.series,
      stats.table,
      stats.unusual,
      overview,
      explore,
      models,
      changes,
      keys,
      accounts,
      forecast,
      inbox,
      alerts.listRules,
    ];
    for (const one of shown) void one.invalidate();
  }, [data, utils]);
}
