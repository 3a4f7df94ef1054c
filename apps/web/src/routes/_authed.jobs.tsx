import { createFileRoute } from "@tanstack/react-router";
import { JobsSkeleton } from "../app/page-skeletons.tsx";
import { JobsPage } from "../features/jobs/jobs-page.tsx";
import { loadPage } from "../lib/api/guard.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import { loadMessages } from "../lib/i18n/i18n.ts";

export const Route = createFileRoute("/_authed/jobs")({
  loader: ({ location }) => loadPage(location, ["jobs"], loadMessages(), trpcUtils.jobs.list.ensureData()),
  pendingComponent: JobsSkeleton,
  component: JobsPage,
});
