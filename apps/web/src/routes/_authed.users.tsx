import { createFileRoute, notFound } from "@tanstack/react-router";
import { NotFoundPage } from "../app/not-found.tsx";
import { ErrorPage } from "../components/error-page.tsx";
import { UsersPage } from "../features/admin/users-page.tsx";
import { UsersSkeleton } from "../features/admin/users-skeleton.tsx";
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
