import { router } from "../../../apps/server/src/rpc/procedures.ts";
import { v1Router } from "../../../apps/server/src/stats/router.ts";

/** What an API token may call. It is never run: router-types.mjs has the compiler write its type out. */
export const publishedRouter = router({ v1: v1Router });
