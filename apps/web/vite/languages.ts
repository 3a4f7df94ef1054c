import type { Plugin } from "vite";
import { LANGUAGES } from "../../../packages/messages/src/languages.ts";

/** Writes the list of languages into the page for public/theme.js, which runs first. */
export const languages = (): Plugin => ({
  name: "languages",
  transformIndexHtml: (html) => html.replace("{{languages}}", LANGUAGES.map(({ tag }) => tag).join(" ")),
});
