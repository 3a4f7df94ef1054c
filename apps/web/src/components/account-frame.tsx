import type { ReactNode } from "react";
import { chooseLanguage, LANGUAGES, useLanguage, useTexts } from "../lib/i18n/i18n.ts";
import { Logo } from "./ui/logo.tsx";

/** Layout of the pages before login. index.html shows its head before the app has loaded, in the same place. */
export function AccountFrame({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  const t = useTexts("common");
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-100 flex-col gap-6 px-4 pt-[16svh] pb-10">
      <title>{`${title} · ${t.common.app}`}</title>
      <div className="flex items-center gap-2.5 text-base font-semibold tracking-tight">
        <Logo className="size-8" />
        {t.common.app}
      </div>
      <div>
        <h1 className="text-title font-semibold tracking-tight">{title}</h1>
        <p className="mt-1 text-muted">{lead}</p>
      </div>
      {children}
      <LanguageSwitch />
    </main>
  );
}

/** Each language in its own name. */
export function LanguageSwitch() {
  const t = useTexts("common");
  const language = useLanguage();
  return (
    <fieldset className="flex gap-4 text-table text-muted">
      <legend className="sr-only">{t.common.language}</legend>
      {LANGUAGES.map(({ tag, name }) => (
        <button
          key={tag}
          type="button"
          lang={tag}
          aria-pressed={tag === language}
          onClick={() => void chooseLanguage(tag)}
          className="min-h-6 rounded-control hover:text-ink aria-pressed:font-medium aria-pressed:text-ink"
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}

export const textLink = "row-link -my-1 inline-block font-medium text-accent underline pointer-coarse:-my-3";
