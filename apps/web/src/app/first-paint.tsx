import { LANGUAGES, type Language } from "@orwatch/messages/languages";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { i18n, loadTexts } from "../lib/i18n/catalogs.ts";
import { FIRST } from "./first-pages.tsx";

/** Only in the build: what is seen of each page until its scripts have run, in every language, as HTML by the page's name. */
export const PICTURES = await drawPages();

async function drawPages(): Promise<{ language: Language; pages: Record<string, string> }[]> {
  await loadTexts("account");
  const drawn: Awaited<ReturnType<typeof drawPages>> = [];
  for (const { tag: language } of LANGUAGES) {
    await i18n.setLanguage(language);
    const pages = Object.entries(FIRST).map(([page, element]) => [page, toHtml(language, element)]);
    drawn.push({ language, pages: Object.fromEntries(pages) });
  }
  return drawn;
}

/** `inert`: it cannot be reached or read out, and no click is lost in a form that is about to be replaced. */
function toHtml(language: Language, drawn: ReactNode): string {
  return renderToStaticMarkup(
    <div lang={language} aria-hidden inert>
      {drawn}
    </div>,
  ).replace(/<title>.*?<\/title>/, "");
}
