import { QueryClientProvider } from "@tanstack/react-query";
import { type ComponentProps, type ReactNode, useEffect, useState } from "react";
import { setAsker } from "../../lib/confirm.ts";
import { isUnauthorized } from "../../lib/errors.ts";
import { watchLeaving } from "../../lib/leaving.ts";
import { queryClient, trpc, trpcClient } from "../../lib/trpc.ts";
import type { ConfirmAgain } from "../account/confirm-again.tsx";
import type { LogInAgain } from "../account/log-in-again.tsx";

const loadConfirmAgain = () => import("../account/confirm-again.tsx");
const loadLogInAgain = () => import("../account/log-in-again.tsx");

interface ApiProviderProps {
  /** Of the account that the pages below belong to. */
  email: string;
  children: ReactNode;
}

/** Queries for the pages below. When the session ends while one is open, a dialog asks for the password and the page stays. */
export function ApiProvider({ email, children }: ApiProviderProps) {
  const [isSignedOut, setSignedOut] = useState(false);
  const [waiting, setWaiting] = useState<((isConfirmed: boolean) => void)[]>([]);

  useEffect(watchLeaving, []);

  useEffect(() => {
    setAsker((answer) => setWaiting((before) => [...before, answer]));
    return () => setAsker(null);
  }, []);

  useEffect(() => {
    const notice = (error: unknown) => isUnauthorized(error) && setSignedOut(true);
    queryClient.getQueryCache().config.onError = (error, query) => {
      if (query.getObserversCount() > 0) notice(error);
    };
    queryClient.getMutationCache().config.onError = notice;
  }, []);

  function goOn() {
    setSignedOut(false);
    void queryClient.invalidateQueries();
  }

  function answer(isConfirmed: boolean) {
    for (const resolve of waiting) resolve(isConfirmed);
    setWaiting([]);
  }

  return (
    <trpc.Provider client={trpcClient} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        {children}
        {waiting.length > 0 && <LateConfirmAgain email={email} onAnswer={answer} />}
        {isSignedOut && <LateLogInAgain email={email} onClose={() => setSignedOut(false)} onDone={goOn} />}
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
