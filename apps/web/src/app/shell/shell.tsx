import { useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useExactCopy } from "../../components/ui/values.tsx";
import type { User } from "../../lib/api/trpc.ts";
import { serverClockOffset } from "../../lib/format/clock.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { Rail } from "../navigation/rail.tsx";
import { useFreshData } from "../providers/use-fresh-data.ts";
import { ConnectionBanner, LostNote } from "./connection-banner.tsx";

interface ShellProps {
  user: User;
  onCommands: () => void;
  children: ReactNode;
}

/** The frame of every page behind the login: rail, skip link, main. */
export function Shell({ user, onCommands, children }: ShellProps) {
  const t = useTexts("common");
  useExactCopy();
  useFreshData();
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? state.location.pathname });
  const shown = useRef(pathname);

  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <div className="min-h-dvh sm:pl-16 lg:pl-56 print:pl-0">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-control bg-accent px-3 py-2 text-on-accent focus:translate-y-0 print:hidden"
      >
        {t.common.skip}
      </a>
      <Rail user={user} onCommands={onCommands} />
      <main ref={main} id="main" tabIndex={-1} className="pb-24 outline-none sm:pb-8 print:pb-0">
        <ConnectionBanner />
        {serverClockOffset() !== 0 && <LostNote>{t.common.errors.serverClock}</LostNote>}
        {children}
      </main>
    </div>
  );
}
