import { alertsRouter } from "./alerts/router.ts";
import { auditRouter } from "./audit/router.ts";
import { authRouter } from "./auth/router.ts";
import { channelsRouter } from "./channels/router.ts";
import { digestRouter } from "./digest/router.ts";
import { forecastRouter, forecastV1Router } from "./forecast/router.ts";
import { inboxRouter } from "./inbox/router.ts";
import { jobsRouter } from "./jobs/router.ts";
import { keysRouter } from "./keys/router.ts";
import { statsRouter, v1Router } from "./stats/router.ts";
import { syncRouter } from "./sync/router.ts";
import { tokensRouter } from "./tokens/router.ts";
import { mergeRouters, router } from "./trpc.ts";
import { usersRouter } from "./users/router.ts";

export const appRouter = router({
  auth: authRouter,
  audit: auditRouter,
  users: usersRouter,
  keys: keysRouter,
  sync: syncRouter,
  tokens: tokensRouter,
  stats: statsRouter,
  channels: channelsRouter,
  digest: digestRouter,
  alerts: alertsRouter,
  inbox: inboxRouter,
  forecast: forecastRouter,
  jobs: jobsRouter,
  v1: mergeRouters(v1Router, forecastV1Router),
});

export type AppRouter = typeof appRouter;
