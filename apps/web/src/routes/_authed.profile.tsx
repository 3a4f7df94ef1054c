import { createFileRoute } from "@tanstack/react-router";
import { ErrorPage } from "../app/error-pages.tsx";
import { ProfileSkeleton } from "../app/page-skeletons.tsx";
import { ProfilePage } from "../features/profile/profile-page.tsx";
import { guarded } from "../lib/api/guard.ts";

export const Route = createFileRoute("/_authed/profile")({
  loader: ({ context, location }) =>
    guarded(
      context.pageData().then(({ loadPage }) => loadPage("profile", location.search)),
      location.href,
    ).then(() => null),
  pendingComponent: ProfileSkeleton,
  errorComponent: ErrorPage,
  component: ProfilePage,
});
