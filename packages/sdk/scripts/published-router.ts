import { creditsV1Router } from "../../../apps/server/src/accounts/router.ts";
import { alertsV1Router } from "../../../apps/server/src/alerts/router.ts";
import { forecastV1Router } from "../../../apps/server/src/forecasts/router.ts";
import { keysV1Router } from "../../../apps/server/src/keys/router.ts";
import { mergeRouters, router } from "../../../apps/server/src/rpc/procedures.ts";
import { breakdownsV1Router } from "../../../apps/server/src/stats/breakdowns/router.ts";
import { changesV1Router } from "../../../apps/server/src/stats/changes/router.ts";
import { exploreV1Router } from "../../../apps/server/src/stats/explore/router.ts";
import { projectReportV1Router } from "../../../apps/server/src/stats/projects/router.ts";
import { v1Router } from "../../../apps/server/src/stats/router.ts";
import { syncV1Router } from "../../../apps/server/src/sync/router.ts";
import { teamsV1Router } from "../../../apps/server/src/teams/router.ts";

/** What an API token may call. It is never run: router-types.mjs has the compiler write its type out. */
export const publishedRouter = router({
  v1: mergeRouters(
    v1Router,
    keysV1Router,
    syncV1Router,
    creditsV1Router,
    alertsV1Router,
    forecastV1Router,
    breakdownsV1Router,
    changesV1Router,
    exploreV1Router,
    projectReportV1Router,
    teamsV1Router,
  ),
});
