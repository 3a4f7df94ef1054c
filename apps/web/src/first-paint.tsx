import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { type Language, loadLanguage } from "./lib/language.ts";

/** Only in the build, which says in which language: what is seen of each page until its scripts have run, HTML by the page's name. */
export const PICTURES = await drawPages(import.meta.env.LANGUAGE);

async function drawPages(language: Language): Promise<Record<string, string>> {
  // A browser that asks for this language, as far as the choice of texts looks at one.
  const browser = {
    document: { documentElement: {}, querySelector: () => null },
    navigator: { languages: [language] },
  };
  for (const [name, value] of Object.entries(browser))
    Object.defineProperty(globalThis, name, { value, configurable: true });
  await loadLanguage();
  const { loadTexts } = await import("./lib/catalogs.ts");
  await loadTexts("account");
  const { FIRST } = await import("./features/first-pages.tsx");
  for (const name of Object.keys(browser)) Reflect.deleteProperty(globalThis, name);
  return Object.fromEntries(Object.entries(FIRST).map(([page, drawn]) => [page, toHtml(language, drawn)]));
}

/** `inert`: it cannot be reached or read out, and no click is lost in a form that is about to be replaced. */
function toHtml(language: Language, drawn: ReactNode): string {
  return renderToStaticMarkup(
    <div lang={language} aria-hidden inert>
      {drawn}
    </div>,
  ).replace(/<title>.*?<\/title>/, "");
}
