import { type ReactNode, useState } from "react";
import { Logo } from "../../components/ui/logo.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { currentLanguage, LANGUAGES, setLanguage } from "../../lib/language.ts";
import { text } from "../../lib/text.ts";

/** The pages before the log-in. */
export function AccountFrame({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-100 flex-col justify-center gap-6 px-4 py-10">
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
      <LanguageSwitch />
    </main>
  );
}

/** Each language in its own words: whoever looks for it cannot read the others. */
function LanguageSwitch() {
  const [isNotKept, setNotKept] = useState(false);
  return (
    <>
      {isNotKept && (
        <Notice tone="warn" role="alert">
          {text.languageNotKept}
        </Notice>
      )}
      <fieldset className="flex gap-4 text-table text-muted">
        <legend className="sr-only">{text.language}</legend>
        {LANGUAGES.map(({ tag, name }) => (
          <button
            key={tag}
            type="button"
            lang={tag}
            aria-pressed={tag === currentLanguage()}
            onClick={() => setNotKept(!setLanguage(tag))}
            className="min-h-6 rounded-control hover:text-ink aria-pressed:font-medium aria-pressed:text-ink"
          >
            {name}
          </button>
        ))}
      </fieldset>
    </>
  );
}

export const textLink = "row-link -my-1 inline-block font-medium text-accent underline pointer-coarse:-my-3";
