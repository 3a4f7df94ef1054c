import type { AppRouter } from "@orwatch/server/router";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { askFor, type Wanted } from "./confirm.ts";
import { codeOf, markUnsure } from "./errors.ts";

/** What must be given before a refused deed is sent again. Whoever wants to leave need not log in for it. */
function wantedBy(code: string | null, path: string): Wanted | null {
  if (code === "REAUTHENTICATE") return "confirm";
  return code === "UNAUTHORIZED" && path !== "auth.logout" ? "logIn" : null;
}

/** A deed that wants a log-in, or password and code again, waits for them and is then sent once more: its form notices nothing. */
export const confirmLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      const send = () =>
        next(op).subscribe({
          ...observer,
          async error(error) {
            if (op.type !== "mutation") return observer.error(error);
            const code = codeOf(error);
            if (code === null) markUnsure(error);
            const wanted = wantedBy(code, op.path);
            if (wanted === null || !(await askFor(wanted))) return observer.error(error);
            sending = send();
          },
        });
      let sending = send();
      return () => sending.unsubscribe();
    });
