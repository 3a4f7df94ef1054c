import { QueryClientProvider } from "@tanstack/react-query";
import { type ComponentProps, type ReactNode, useEffect, useState } from "react";
import { isUnauthorized } from "../../lib/errors.ts";
import { queryClient } from "../../lib/trpc.ts";
import type { LogInAgain } from "../account/log-in-again.tsx";

const loadLogInAgain = () => import("../account/log-in-again.tsx");

interface ApiProviderProps {
  /** Of the account that the pages below belong to. */
  email: string;
  children: ReactNode;
}

/** Queries for the pages below. When the session ends while one is open, a dialog asks for the password and the page stays. */
export function ApiProvider({ email, children }: ApiProviderProps) {
  const [isSignedOut, setSignedOut] = useState(false);

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

  return (
    <QueryClientProvider client={queryClient}>
      {children}
      {isSignedOut && <LateLogInAgain email={email} onClose={() => setSignedOut(false)} onDone={goOn} />}
    </QueryClientProvider>
  );
}

function LateLogInAgain(props: ComponentProps<typeof LogInAgain>) {
  const [Dialog, setDialog] = useState<typeof LogInAgain | null>(null);
  useEffect(() => {
    void loadLogInAgain().then((loaded) => setDialog(() => loaded.LogInAgain));
  }, []);
  return Dialog && <Dialog {...props} />;
}
