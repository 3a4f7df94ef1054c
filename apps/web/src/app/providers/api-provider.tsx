import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { setAsker, type Wanted } from "../../lib/api/confirm-link.ts";
import { codeOf, isTeamMissing, isUnauthorized } from "../../lib/api/errors.ts";
import { useAccount } from "../../lib/api/permission.ts";
import { watchLeaving } from "../../lib/api/session.ts";
import { queryClient, trpc, trpcClient, trpcUtils } from "../../lib/api/trpc.ts";
import { loadTexts } from "../../lib/i18n/i18n.ts";
import { TeamMissing } from "../error-pages.tsx";

// Loaded on demand, because most visits never show them. With their texts: waiting for these while rendering makes React fail and start over.
const ConfirmAgain = lazy(async () => {
  const [{ ConfirmAgain: component }] = await Promise.all([
    import("../../features/auth/confirm-again.tsx"),
    loadTexts("account", "access"),
  ]);
  return { default: component };
});
const LogInAgain = lazy(async () => {
  const [{ LogInAgain: component }] = await Promise.all([
    import("../../features/auth/log-in-again.tsx"),
    loadTexts("account", "access"),
  ]);
  return { default: component };
});

interface Waiting {
  wanted: Wanted;
  answer: (isGiven: boolean) => void;
}

interface ApiProviderProps {
  /** Email of the user of the pages below. */
  email: string;
  children: ReactNode;
}

/** Queries for the pages below. When the session ends while one is open, a dialog asks for the password and the page stays. */
export function ApiProvider({ email, children }: ApiProviderProps) {
  const [isSignedOut, setSignedOut] = useState(false);
  const [isTeamLost, setTeamLost] = useState(false);
  const [waiting, setWaiting] = useState<Waiting[]>([]);
  /** Path of the page on which the user closed the dialog: there, only what they do themselves opens it again. */
  const closedOn = useRef<string | null>(null);

  useEffect(watchLeaving, []);

  useEffect(() => {
    setAsker((wanted, answer) => setWaiting((before) => [...before, { wanted, answer }]));
    return () => setAsker(null);
  }, []);

  useEffect(() => {
    function noteRole(error: unknown) {
      if (isTeamMissing(error)) setTeamLost(true);
      // The role was changed meanwhile: the page shows what it still permits.
      if (codeOf(error) === "FORBIDDEN_ROLE") void trpcUtils.auth.account.invalidate();
    }
    queryClient.getQueryCache().config.onError = (error, query) => {
      if (query.getObserversCount() > 0 && isUnauthorized(error) && closedOn.current !== window.location.pathname)
        setSignedOut(true);
      // It was required only after the page was loaded.
      if (codeOf(error) === "SECOND_FACTOR_SETUP_REQUIRED" && window.location.pathname !== "/two-factor")
        window.location.assign("/two-factor");
      noteRole(error);
    };
    queryClient.getMutationCache().config.onError = (error) => {
      noteRole(error);
      // Without a response, the change may still have been made.
      if (codeOf(error) === null) void queryClient.invalidateQueries();
    };
  }, []);

  function answer(wanted: Wanted, isGiven: boolean) {
    if (wanted === "logIn") setSignedOut(false);
    for (const one of waiting) if (one.wanted === wanted) one.answer(isGiven);
    setWaiting((before) => before.filter((one) => one.wanted !== wanted));
  }

  function close() {
    closedOn.current = window.location.pathname;
    answer("logIn", false);
  }

  function goOn() {
    closedOn.current = null;
    answer("logIn", true);
    void queryClient.invalidateQueries();
  }

  const isWanted = (wanted: Wanted) => waiting.some((one) => one.wanted === wanted);

  return (
    <trpc.Provider client={trpcClient} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <InTeam isLost={isTeamLost}>{children}</InTeam>
        <Suspense>
          {isWanted("confirm") && (
            <ConfirmAgain email={email} onAnswer={(isConfirmed) => answer("confirm", isConfirmed)} />
          )}
          {(isSignedOut || isWanted("logIn")) && <LogInAgain email={email} onClose={close} onDone={goOn} />}
        </Suspense>
      </QueryClientProvider>
    </trpc.Provider>
  );
}

/** Shows the page while the user is in its team. */
function InTeam({ isLost, children }: { isLost: boolean; children: ReactNode }) {
  const user = useAccount();
  return isLost || user?.team === null ? <TeamMissing /> : children;
}
