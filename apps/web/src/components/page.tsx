import type { ReactNode } from "react";
import { useTexts } from "../lib/i18n/i18n.ts";

/** Header of a page: its title and controls. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  const t = useTexts("common");
  return (
    <header className="flex min-h-17 flex-wrap items-center gap-x-4 gap-y-3 py-4 sm:min-h-19 sm:py-5">
      <title>{`${title} · ${t.common.app}`}</title>
      <h1 className="mr-auto text-title font-semibold tracking-tight">{title}</h1>
      {children}
    </header>
  );
}

/** The content column: 1280 px at most. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className="mx-auto w-full max-w-332 px-4 sm:px-6 print:px-0">{children}</div>;
}
