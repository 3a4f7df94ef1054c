import type { ReactNode } from "react";
import { Logo } from "../../components/ui/logo.tsx";
import { text } from "../../lib/text.ts";

/** The pages before the log-in. */
export function AccountFrame({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[400px] flex-col justify-center gap-6 px-4 py-10">
      <title>{`${title} · ${text.app.name}`}</title>
      <div className="flex items-center gap-2.5 text-base font-semibold tracking-tight">
        <Logo className="size-8" />
        {text.app.name}
      </div>
      <div>
        <h1 className="text-title font-semibold tracking-tight">{title}</h1>
        <p className="mt-1 text-muted">{lead}</p>
      </div>
      {children}
    </main>
  );
}

export const textLink = "font-medium text-accent underline";
