import { CircleUserRound, Search } from "lucide-react";
import type { ReactNode } from "react";
import { Logo } from "../../components/ui/logo.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { ACCOUNT, BRAND, COMMANDS, ICON, LABEL, PAGE, RAIL } from "../navigation/rail-look.ts";
import { PAGES } from "../navigation/rail-pages.ts";
import { LostNote } from "./lost-note.tsx";

/** The frame of a page behind the log-in as it is sent: a picture of it, in which nothing works yet. */
export function FirstFrame({ page, children }: { page: string; children: ReactNode }) {
  const t = useTexts("common");
  return (
    <div className="min-h-dvh sm:pl-16 lg:pl-56 print:pl-0">
      <div className={RAIL}>
        <div className={BRAND}>
          <Logo />
          <span className="hidden lg:inline">{t.common.app}</span>
        </div>
        <span className={COMMANDS}>
          <Search className="size-4 shrink-0" />
          <span className={LABEL}>{t.common.commands}</span>
        </span>
        {PAGES.map(({ to, name, Icon, isSecond }) => (
          <span
            key={to}
            data-status={to === `/${page}` ? "active" : undefined}
            className={`${isSecond ? "hidden sm:flex" : "flex"} ${PAGE}`}
          >
            <Icon className={ICON} />
            <span className={LABEL}>{t.common.nav[name]}</span>
          </span>
        ))}
        <div className="flex sm:mt-auto">
          <span className={ACCOUNT}>
            <CircleUserRound className={ICON} />
            <span className={LABEL}>{t.common.nav.account}</span>
          </span>
        </div>
      </div>
      <main className="pb-24 sm:pb-8">
        <div className="sticky top-0 z-20 hidden lost:block">
          <LostNote>{t.common.errors.lost}</LostNote>
        </div>
        {children}
      </main>
    </div>
  );
}
