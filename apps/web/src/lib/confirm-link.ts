import type { AppRouter } from "@orwatch/server/router";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { askToConfirm } from "./confirm.ts";
import { codeOf } from "./errors.ts";

/** What wants password and code again waits for them and is then sent once more: the form it came from notices nothing. */
export const confirmLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let sending = next(op).subscribe({
        ...observer,
        async error(error) {
          if (op.type !== "mutation" || codeOf(error) !== "REAUTHENTICATE") return observer.error(error);
          if (!(await askToConfirm())) return observer.error(error);
          sending = next(op).subscribe(observer);
        },
      });
      return () => sending.unsubscribe();
    });
