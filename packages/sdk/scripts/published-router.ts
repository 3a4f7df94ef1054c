import { forecastV1Router } from "../../../apps/server/src/forecasts/router.ts";
import { mergeRouters, router } from "../../../apps/server/src/rpc/procedures.ts";
import { breakdownsV1Router } from "../../../apps/server/src/stats/breakdowns/router.ts";
import { v1Router } from "../../../apps/server/src/stats/router.ts";

/** What an API token may call. It is never run: router-types.mjs has the compiler write its type out. */
export const publishedRouter = router({ v1: mergeRouters(v1Router, forecastV1Router, breakdownsV1Router) });
