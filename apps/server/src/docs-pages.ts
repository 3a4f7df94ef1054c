import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";

interface Page {
  type: string;
  read(): Promise<Buffer>;
}

const folderOf = (name: string) => path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

const text = (type: string, content: string): Page => ({ type, read: async () => Buffer.from(content) });
const file = (type: string, name: string, inside: string): Page => ({
  type,
  read: () => readFile(path.join(folderOf(name), inside)),
});

/** ReDoc's foot fetches its maker's logo; a picture that cannot be shown it leaves out. */
function withoutStrangers(page: Page): Page {
  return {
    ...page,
    read: async () =>
      Buffer.from((await page.read()).toString().replaceAll(/https:\/\/cdn\.redoc\.ly\/[^"']*/g, "data:,")),
  };
}

const HTML = "text/html; charset=utf-8";
const SCRIPT = "text/javascript; charset=utf-8";
const STYLE = "text/css; charset=utf-8";

const html = (title: string, head: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/favicon.svg">
${head}
</head>
<body>
${body}
</body>
</html>
`;

// The policy allows scripts of this server only and none in the page, so each page's start is a file too.
const PAGES: Record<string, Page> = {
  "/docs": text(
    HTML,
    html(
      "orwatch API",
      '<link rel="stylesheet" href="/docs/swagger-ui.css">',
      '<div id="api"></div>\n<script src="/docs/swagger-ui-bundle.js"></script>\n<script src="/docs/start.js"></script>',
    ),
  ),
  "/docs/swagger-ui.css": file(STYLE, "swagger-ui-dist", "swagger-ui.css"),
  "/docs/swagger-ui-bundle.js": file(SCRIPT, "swagger-ui-dist", "swagger-ui-bundle.js"),
  "/docs/start.js": text(
    SCRIPT,
    'SwaggerUIBundle({ url: "/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null, persistAuthorization: false });\n',
  ),
  "/redoc": text(
    HTML,
    html(
      "orwatch API reference",
      "",
      '<div id="api"></div>\n<script src="/redoc/redoc.standalone.js"></script>\n<script src="/redoc/start.js"></script>',
    ),
  ),
  "/redoc/redoc.standalone.js": withoutStrangers(file(SCRIPT, "redoc", "bundles/redoc.standalone.js")),
  // Its search runs in a worker made from a blob, which the policy forbids.
  "/redoc/start.js": text(
    SCRIPT,
    'Redoc.init("/openapi.json", { disableSearch: true, hideDownloadButton: false }, document.getElementById("api"));\n',
  ),
};

const etags = new Map<string, string>();

/** Swagger UI and ReDoc from their packages: nothing comes from elsewhere. Answers `false` for any other address. */
export async function serveDocs(pathname: string, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const page = Object.hasOwn(PAGES, pathname) ? PAGES[pathname] : undefined;
  if (!page) return false;
  const body = await page.read();
  const etag = etags.get(pathname) ?? `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  etags.set(pathname, etag);
  res.setHeader("ETag", etag);
  res.setHeader("Cache-Control", "no-cache");
  if (req.headers["if-none-match"] === etag) {
    res.writeHead(304).end();
    return true;
  }
  res.setHeader("Content-Type", page.type);
  res.end(body);
  return true;
}

export const isDocs = (pathname: string): boolean => Object.hasOwn(PAGES, pathname);
