import type { AppRouter } from "@orwatch/server/router";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { loadMessages } from "../i18n/i18n.ts";
import { codeOf, isUnauthorized } from "./errors.ts";

/** Loads the server's messages before an error is shown, so that they are not needed for pages without errors. */
export const messagesLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) =>
      next(op).subscribe({
        ...observer,
        async error(error) {
          // Without a session, a page redirects to the login page without an error.
          const isShown = codeOf(error) !== null && !(op.type === "query" && isUnauthorized(error));
          if (isShown) await loadMessages().catch(() => {});
          observer.error(error);
        },
      }),
    );
