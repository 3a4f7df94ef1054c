import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const SOURCE = fileURLToPath(new URL("../src/app/first-paint.tsx", import.meta.url));
const ROOT = /(<div id="root">).*(<\/div>\s*<noscript>)/s;

/** What is seen of each page until its scripts have run, in every language, with the rule that shows the one of the page. */
export async function drawFirstPages() {
  const { module } = await runnerImport<typeof import("../src/app/first-paint.tsx")>(SOURCE, {
    configFile: false,
    logLevel: "error",
  });
  const drawn = module.PICTURES;
  const rules = drawn.map(({ language }) => `:root[lang="${language}"] #root>[lang="${language}"]{display:block}`);
  const style = `    <style nonce="{{nonce}}">${rules.join("")}</style>\n`;
  return (html: string, page: string): string => {
    const pictures = drawn.map(({ pages }) => pages[page]).filter((picture) => picture !== undefined);
    if (pictures.length === 0) return html;
    return html
      .replace("  </head>", () => `${style}  </head>`)
      .replace(ROOT, (_, start, end) => start + pictures.join("") + end);
  };
}
