import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { LANGUAGES } from "../src/lib/language.ts";

const SOURCE = fileURLToPath(new URL("../src/first-paint.tsx", import.meta.url));
const ROOT = /(<div id="root">).*(<\/div>\s*<noscript>)/s;

/** What is seen of each page until its scripts have run, in every language: the styles show the one that is spoken here. */
export async function drawFirstPages() {
  const drawn: Record<string, string>[] = [];
  // Texts are taken once, when they are imported: each language is a run of its own.
  for (const { tag } of LANGUAGES) {
    const { module } = await runnerImport<typeof import("../src/first-paint.tsx")>(SOURCE, {
      configFile: false,
      logLevel: "error",
      define: { "import.meta.env.LANGUAGE": JSON.stringify(tag) },
    });
    drawn.push(module.PICTURES);
  }
  return (html: string, page: string): string => {
    const pictures = drawn.map((pages) => pages[page]).filter((picture) => picture !== undefined);
    return pictures.length === 0 ? html : html.replace(ROOT, (_, start, end) => start + pictures.join("") + end);
  };
}
