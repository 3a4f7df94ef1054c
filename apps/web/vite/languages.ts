import type { Plugin } from "vite";
import { LANGUAGES } from "../../../packages/messages/src/languages.ts";

/** Tells public/theme.js, which runs before everything else, which languages there are. */
export const languages = (): Plugin => ({
  name: "languages",
  transformIndexHtml: (html) => html.replace("{{languages}}", LANGUAGES.map(({ tag }) => tag).join(" ")),
});
