import type { AppRouter } from "@orwatch/server/router";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { codeOf, markUnsure } from "./errors.ts";

/** What a deed may want before it is sent once more: password and code again, or a new login. */
export type Wanted = "confirm" | "logIn";
type Asker = (wanted: Wanted, answer: (isGiven: boolean) => void) => void;

let asker: Asker | null = null;

/** Who shows the dialogs that ask; `null` when no one does any more. */
export function setAsker(next: Asker | null) {
  asker = next;
}

/** True once it was given; false when the person turned away. Several at once are one question. */
export const askFor = (wanted: Wanted): Promise<boolean> =>
  new Promise((resolve) => {
    if (asker) asker(wanted, resolve);
    else resolve(false);
  });

/** Logging in and out: neither needs a login before it. */
const FREE = ["auth.signIn", "auth.register", "auth.logout"];

/** What must be given before a refused deed is sent again. */
function wantedBy(code: string | null): Wanted | null {
  if (code === "REAUTHENTICATE") return "confirm";
  return code === "UNAUTHORIZED" ? "logIn" : null;
}

/** A deed that wants a login, or password and code again, waits for them and is then sent once more: its form notices nothing. */
export const confirmLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      const send = () =>
        next(op).subscribe({
          ...observer,
          async error(error) {
            if (op.type !== "mutation" || FREE.includes(op.path)) return observer.error(error);
            const code = codeOf(error);
            if (code === null) markUnsure(error);
            const wanted = wantedBy(code);
            if (wanted === null || !(await askFor(wanted))) return observer.error(error);
            sending = send();
          },
        });
      let sending = send();
      return () => sending.unsubscribe();
    });
