import { createFileRoute } from "@tanstack/react-router";
import { ErrorPage } from "../app/error-pages.tsx";
import { JobsSkeleton } from "../app/page-skeletons.tsx";
import { JobsPage } from "../features/jobs/jobs-page.tsx";
import { guarded } from "../lib/api/guard.ts";

export const Route = createFileRoute("/_authed/jobs")({
  loader: ({ context, location }) =>
    guarded(
      context.pageData().then(({ loadPage }) => loadPage("jobs", location.search)),
      location.href,
    ).then(() => null),
  pendingComponent: JobsSkeleton,
  errorComponent: ErrorPage,
  component: JobsPage,
});
