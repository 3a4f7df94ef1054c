import { createFileRoute, notFound } from "@tanstack/react-router";
import { ErrorPage, NotFoundPage } from "../app/error-pages.tsx";
import { UsersSkeleton } from "../app/page-skeletons.tsx";
import { UsersPage } from "../features/admin/users-page.tsx";
import { codeOf } from "../lib/api/errors.ts";
import { guarded } from "../lib/api/guard.ts";

export const Route = createFileRoute("/_authed/users")({
  loader: ({ context, location }) =>
    guarded(
      context.pageData().then(({ loadPage }) => loadPage("users", location.search)),
      location.href,
    ).then(
      () => null,
      (error) => {
        // For everybody but the administrator there is no such page.
        throw codeOf(error) === "FORBIDDEN" ? notFound() : error;
      },
    ),
  pendingComponent: UsersSkeleton,
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
  component: UsersPage,
});
