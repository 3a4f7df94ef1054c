import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { NONCE_PLACE, sendPage } from "../responses/security-headers.ts";
import { shareWhileSent } from "../sockets/slow-readers.ts";
import { isNamed } from "./etag.ts";

interface File {
  type: string;
  read(): Promise<Buffer>;
}

const folderOf = (name: string) => path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

const text = (type: string, content: string): File => ({ type, read: async () => Buffer.from(content) });
const file = (type: string, name: string, inside: string): File => ({
  type,
  read: () => readFile(path.join(folderOf(name), inside)),
});

/** Redoc loads the logo and icons of its vendor, which the CSP forbids, and contains an unused icon font as a data: URL. */
const withoutForeignFiles = (page: File): File => ({
  ...page,
  read: async () =>
    Buffer.from(
      (await page.read())
        .toString()
        .replaceAll(/https:\/\/cdn\.redoc(?:ly\.com|\.ly)\/[^"'`\s)]*/g, "data:,")
        .replaceAll(/url\((["']?)data:application\/font-woff[^)]*\)/g, "local('')"),
    ),
});

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

// The CSP forbids inline scripts, so each page has a start script.
const PAGES: Record<string, string> = {
  "/docs": html(
    "orwatch API",
    '<link rel="stylesheet" href="/docs/swagger-ui.css">',
    '<div id="api"></div>\n<script src="/docs/swagger-ui-bundle.js"></script>\n<script src="/docs/start.js"></script>',
  ),
  "/redoc": html(
    "orwatch API reference",
    '<link rel="modulepreload" href="/redoc/redoc.standalone.js">',
    `<div id="api"></div>\n<script type="module" src="/redoc/start.js" id="start" nonce="${NONCE_PLACE}"></script>`,
  ),
};

/** Hash of the empty style element that Redoc adds before it sets the nonce. */
const REDOC_STYLES = ["sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="];

const FILES: Record<string, File> = {
  "/docs/swagger-ui.css": file(STYLE, "swagger-ui-dist", "swagger-ui.css"),
  "/docs/swagger-ui-bundle.js": file(SCRIPT, "swagger-ui-dist", "swagger-ui-bundle.js"),
  "/docs/start.js": text(
    SCRIPT,
    'SwaggerUIBundle({ url: "/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null, persistAuthorization: false });\n',
  ),
  "/redoc/redoc.standalone.js": withoutForeignFiles(file(SCRIPT, "redoc", "bundles/redoc.standalone.js")),
  // Its script adds styles, which need the nonce. For a search index in a worker it would evaluate text, which the CSP forbids, even though
  // the search is hidden: without workers, it does not.
  "/redoc/start.js": text(
    SCRIPT,
    'import { init } from "/redoc/redoc.standalone.js";\nglobalThis.Worker = undefined;\ninit("/openapi.json", { disableTelemetry: true, hideSearch: true, nonce: document.getElementById("start").nonce }, document.getElementById("api"));\n',
  ),
};

const etags = new Map<string, string>();
const bodies = new Map(Object.entries(FILES).map(([name, { read }]) => [name, shareWhileSent(read)]));

/** Serves Swagger UI and ReDoc from their packages, without external files. Returns `false` for any other path. */
export async function serveDocs(pathname: string, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const page = Object.hasOwn(PAGES, pathname) ? PAGES[pathname] : undefined;
  if (page) {
    sendPage(req, res, page, pathname === "/redoc" ? REDOC_STYLES : []);
    return true;
  }
  const found = Object.hasOwn(FILES, pathname) ? FILES[pathname] : undefined;
  const read = bodies.get(pathname);
  if (!found || !read) return false;
  const body = await read(res);
  const etag = etags.get(pathname) ?? `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  etags.set(pathname, etag);
  res.setHeader("ETag", etag);
  res.setHeader("Cache-Control", "no-cache");
  if (isNamed(req.headers["if-none-match"], etag)) {
    res.writeHead(304).end();
    return true;
  }
  res.setHeader("Content-Type", found.type);
  res.end(body);
  return true;
}

export const isDocs = (pathname: string): boolean => Object.hasOwn(PAGES, pathname) || Object.hasOwn(FILES, pathname);
