import { accountsRouter, creditsV1Router } from "./accounts/router.ts";
import { usersRouter } from "./admin/router.ts";
import { alertsRouter, alertsV1Router } from "./alerts/router.ts";
import { annotationsRouter } from "./annotations/router.ts";
import { auditRouter } from "./audit/router.ts";
import { byEmailRouter } from "./auth/by-email/router.ts";
import { oidcRouter } from "./auth/oidc/router.ts";
import { ownChannelsRouter } from "./auth/own-channels-router.ts";
import { passkeysRouter } from "./auth/passkeys/router.ts";
import { authRouter } from "./auth/router.ts";
import { forecastRouter, forecastV1Router } from "./forecasts/router.ts";
import { jobsRouter } from "./jobs/router.ts";
import { keysRouter, keysV1Router } from "./keys/router.ts";
import { channelsRouter } from "./notifications/channels/router.ts";
import { digestRouter } from "./notifications/digest/router.ts";
import { inboxRouter } from "./notifications/inbox/router.ts";
import { keyPageRouter } from "./pages/key/router.ts";
import { overviewRouter } from "./pages/overview/router.ts";
import { projectsRouter } from "./projects/router.ts";
import { mergeRouters, router } from "./rpc/procedures.ts";
import { shareRouter, sharesRouter } from "./share-links/router.ts";
import { breakdownsRouter, breakdownsV1Router } from "./stats/breakdowns/router.ts";
import { changesRouter, changesV1Router } from "./stats/changes/router.ts";
import { exploreRouter, exploreV1Router } from "./stats/explore/router.ts";
import { modelsRouter } from "./stats/models/router.ts";
import { projectReportRouter, projectReportV1Router } from "./stats/projects/router.ts";
import { statsRouter, v1Router } from "./stats/router.ts";
import { syncAccountsRouter } from "./sync/accounts/router.ts";
import { addKeyRouter, syncRouter, syncV1Router } from "./sync/router.ts";
import { invitationsRouter, teamsRouter, teamsV1Router } from "./teams/router.ts";
import { tokensRouter } from "./tokens/router.ts";
import { viewsRouter } from "./views/router.ts";

export const appRouter = router({
  auth: mergeRouters(authRouter, byEmailRouter),
  passkeys: passkeysRouter,
  oidc: oidcRouter,
  audit: auditRouter,
  users: usersRouter,
  teams: teamsRouter,
  invitations: invitationsRouter,
  shares: sharesRouter,
  share: shareRouter,
  keys: mergeRouters(addKeyRouter, keyPageRouter, keysRouter),
  accounts: mergeRouters(syncAccountsRouter, accountsRouter),
  sync: syncRouter,
  tokens: tokensRouter,
  stats: statsRouter,
  overview: overviewRouter,
  models: modelsRouter,
  breakdowns: breakdownsRouter,
  changes: changesRouter,
  explore: exploreRouter,
  views: viewsRouter,
  annotations: annotationsRouter,
  projects: mergeRouters(projectReportRouter, projectsRouter),
  channels: mergeRouters(ownChannelsRouter, channelsRouter),
  digest: digestRouter,
  alerts: alertsRouter,
  inbox: inboxRouter,
  forecast: forecastRouter,
  jobs: jobsRouter,
  v1: mergeRouters(
    v1Router,
    keysV1Router,
    syncV1Router,
    creditsV1Router,
    alertsV1Router,
    forecastV1Router,
    breakdownsV1Router,
    changesV1Router,
    teamsV1Router,
    exploreV1Router,
    projectReportV1Router,
  ),
});

export type AppRouter = typeof appRouter;
