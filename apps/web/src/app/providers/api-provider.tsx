import { QueryClientProvider } from "@tanstack/react-query";
import { type ComponentProps, type ReactNode, useEffect, useState } from "react";
import type { ConfirmAgain } from "../../features/auth/confirm-again.tsx";
import type { LogInAgain } from "../../features/auth/log-in-again.tsx";
import { setAsker, type Wanted } from "../../lib/api/confirm-link.ts";
import { codeOf, isUnauthorized } from "../../lib/api/errors.ts";
import { watchLeaving } from "../../lib/api/session.ts";
import { queryClient, trpc, trpcClient } from "../../lib/api/trpc.ts";
import { loadTexts } from "../../lib/i18n/catalogs.ts";

const loadConfirmAgain = () =>
  Promise.all([import("../../features/auth/confirm-again.tsx"), loadTexts("account")]).then(([module]) => module);
const loadLogInAgain = () =>
  Promise.all([import("../../features/auth/log-in-again.tsx"), loadTexts("account")]).then(([module]) => module);

interface Waiting {
  wanted: Wanted;
  answer: (isGiven: boolean) => void;
}

interface ApiProviderProps {
  /** Of the account that the pages below belong to. */
  email: string;
  children: ReactNode;
}

/** Queries for the pages below. When the session ends while one is open, a dialog asks for the password and the page stays. */
export function ApiProvider({ email, children }: ApiProviderProps) {
  const [isSignedOut, setSignedOut] = useState(false);
  const [waiting, setWaiting] = useState<Waiting[]>([]);

  useEffect(watchLeaving, []);

  useEffect(() => {
    setAsker((wanted, answer) => setWaiting((before) => [...before, { wanted, answer }]));
    return () => setAsker(null);
  }, []);

  useEffect(() => {
    queryClient.getQueryCache().config.onError = (error, query) => {
      if (query.getObserversCount() > 0 && isUnauthorized(error)) setSignedOut(true);
    };
    queryClient.getMutationCache().config.onError = (error) => {
      // Without an answer it may have been done all the same.
      if (codeOf(error) === null) void queryClient.invalidateQueries();
    };
  }, []);

  function answer(wanted: Wanted, isGiven: boolean) {
    if (wanted === "logIn") setSignedOut(false);
    for (const one of waiting) if (one.wanted === wanted) one.answer(isGiven);
    setWaiting((before) => before.filter((one) => one.wanted !== wanted));
  }

  function goOn() {
    answer("logIn", true);
    void queryClient.invalidateQueries();
  }

  const isWanted = (wanted: Wanted) => waiting.some((one) => one.wanted === wanted);

  return (
    <trpc.Provider client={trpcClient} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        {children}
        {isWanted("confirm") && (
          <LateConfirmAgain email={email} onAnswer={(isConfirmed) => answer("confirm", isConfirmed)} />
        )}
        {(isSignedOut || isWanted("logIn")) && (
          <LateLogInAgain email={email} onClose={() => answer("logIn", false)} onDone={goOn} />
        )}
      </QueryClientProvider>
    </trpc.Provider>
  );
}

function LateLogInAgain(props: ComponentProps<typeof LogInAgain>) {
  const [Dialog, setDialog] = useState<typeof LogInAgain | null>(null);
  useEffect(() => {
    void loadLogInAgain().then((loaded) => setDialog(() => loaded.LogInAgain));
  }, []);
  return Dialog && <Dialog {...props} />;
}

function LateConfirmAgain(props: ComponentProps<typeof ConfirmAgain>) {
  const [Dialog, setDialog] = useState<typeof ConfirmAgain | null>(null);
  useEffect(() => {
    void loadConfirmAgain().then((loaded) => setDialog(() => loaded.ConfirmAgain));
  }, []);
  return Dialog && <Dialog {...props} />;
}
