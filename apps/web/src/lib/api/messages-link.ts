import type { AppRouter } from "@orwatch/server/router";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { loadMessages } from "../i18n/i18n.ts";
import { codeOf, isUnauthorized } from "./errors.ts";

/** Loads the server's messages before an error of the server is shown: pages where nothing fails do without them. */
export const messagesLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) =>
      next(op).subscribe({
        ...observer,
        async error(error) {
          // A page that needs a login leads there without a word.
          const isShown = codeOf(error) !== null && !(op.type === "query" && isUnauthorized(error));
          if (isShown) await loadMessages().catch(() => {});
          observer.error(error);
        },
      }),
    );
