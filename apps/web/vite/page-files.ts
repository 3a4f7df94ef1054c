import type { Plugin } from "vite";
import { chunksOf } from "./chunks.ts";
import { drawFirstPages } from "./first-paint.ts";

const PAGE = /\/src\/routes\/(_authed\.)?([a-z][\w-]*)\.tsx\?tsr-split=.*\bcomponent/;
const FRAME = /\/src\/routes\/_authed\.tsx\?tsr-split=.*\bcomponent/;
const DATA = /\/src\/lib\/loading\/(page-data|ask-first)\.ts$/;
const APP = /\/src\/app\/app\.tsx$/;

/** What is seen first needs the styles alone: they and the question to the server go before the scripts. */
const priorityOf = (name: string) => (/\/asks-/.test(name) ? "" : ' fetchpriority="low"');

/**
 * Beside index.html, which serves every address, a page for each address that names all it will load: `pages/login.html`, and for those
 * behind the log-in `pages/inside/keys.html`. The browser fetches these files at once, not one after another as they ask for each other.
 * What is seen until they are there is drawn by the app's own parts.
 */
export const pageFiles = (): Plugin => ({
  name: "page-files",
  apply: "build",
  enforce: "post",
  async generateBundle(_options, bundle) {
    const page = bundle["index.html"];
    if (page?.type !== "asset") return;
    const html = String(page.source);
    const { neededFor, sizeOf, modules } = chunksOf(bundle);
    const preload = (html: string, wanted: (module: string) => boolean) => {
      const links = [...neededFor(wanted)]
        .filter((name) => !html.includes(name))
        .sort((a, b) => sizeOf(b) - sizeOf(a))
        .map((name) => `    <link rel="modulepreload" crossorigin${priorityOf(name)} href="/${name}">\n`);
      return html.replace("  </head>", () => `${links.join("")}  </head>`);
    };
    const drawFirst = await drawFirstPages();
    for (const module of modules) {
      const [, inside, name] = PAGE.exec(module) ?? [];
      if (!name) continue;
      const wanted = (it: string) => it === module || APP.test(it) || (inside && (FRAME.test(it) || DATA.test(it)));
      const source = await drawFirst(
        preload(html, (it) => Boolean(wanted(it))),
        name,
      );
      this.emitFile({ type: "asset", fileName: `pages/${inside ? "inside/" : ""}${name}.html`, source });
    }
    page.source = preload(html, (it) => APP.test(it));
  },
});
