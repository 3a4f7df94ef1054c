import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { type Clock, usageNow } from "../../platform/clock.ts";
import { isNamed } from "../rest/etag.ts";
import { shareWhileSent } from "../sockets/slow-readers.ts";
import { chooseEncoding, type Encoding } from "./compression.ts";
import { sendPage } from "./security-headers.ts";

const TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/** Compressed variants that the build writes beside each text file. */
const PACKED: Record<Encoding, string> = { br: ".br", gzip: ".gz" };
const IS_PACKED = /\.(br|gz)$/;

/** Placeholder of the server's time in a page: the browser's clock may be wrong. */
const NOW_PLACE = "{{now}}";
/** Placeholder of the seconds by which the server's clock is behind OpenRouter's; 0 if it is correct. */
const OFFSET_PLACE = "{{clock-offset}}";

interface WebFile {
  read: Record<Encoding | "plain", (res: ServerResponse) => Promise<Buffer>>;
  type: string;
  etag: string;
  isPacked: boolean;
}

/** A path that ends with a file extension: 404 if missing, instead of the page of the web app. */
/** A share link with its token in the path, which proxies log, continues with it in the fragment, which browsers do not send. */
const SHARE_WITH_TOKEN = /^\/share\/([\w-]{1,100})$/;
const FILE_LIKE = /\/[^/]*\.\w+$/;

/**
 * Serves the built web app: only the files that were in its folder at the start, so that no path can leave the folder. A later build
 * has no effect until the next start: it keeps the assets of earlier versions, and files without a version in their name are read now. Every
 * path that is not a file gets the page of the app. `otherwise` runs if there is nothing to serve.
 */
export function createWebFiles(folder: string, { clock }: { clock: Clock }) {
  if (!existsSync(path.join(folder, "index.html")))
    return async (_req: IncomingMessage, _res: ServerResponse, otherwise: () => void) => otherwise();
  const names = new Set(listFiles(folder));
  const page = readFileSync(path.join(folder, "index.html"), "utf8");
  const files = new Map(
    [...names]
      .filter((name) => !name.endsWith(".html") && !IS_PACKED.test(name))
      .map((name) => [`/${name}`, describe(folder, name, names)]),
  );

  return async (req: IncomingMessage, res: ServerResponse, otherwise: () => void): Promise<void> => {
    const pathname = (req.url ?? "/").replace(/\?.*$/s, "");
    const found = files.get(pathname);
    if (found) return sendFile(req, res, { found, isHashed: pathname.startsWith("/assets/"), otherwise });
    const [, token] = SHARE_WITH_TOKEN.exec(pathname) ?? [];
    if (token) {
      res.setHeader("Cache-Control", "no-store");
      return void res.writeHead(303, { Location: `/share#${token}` }).end();
    }
    if (FILE_LIKE.test(pathname) && pathname !== "/index.html") return otherwise();
    sendPage(
      req,
      res,
      page
        .replace(NOW_PLACE, usageNow(clock).toISOString())
        .replace(OFFSET_PLACE, String(Math.round((clock.offsetMs?.() ?? 0) / 1000))),
    );
  };
}

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"));

function describe(folder: string, name: string, names: Set<string>): WebFile {
  const file = path.join(folder, name);
  const { size, mtimeMs } = statSync(file);
  const type = TYPES[path.extname(name)] ?? "application/octet-stream";
  const isPacked = Object.values(PACKED).every((extension) => names.has(name + extension));
  // Files whose name has no version are small and kept in memory, in the version of the start.
  const reader = (name: string) => {
    if (name.startsWith("assets/")) return shareWhileSent(() => readFile(path.join(folder, name)));
    const bytes = names.has(name) ? readFileSync(path.join(folder, name)) : Buffer.alloc(0);
    return async () => bytes;
  };
  const read = { plain: reader(name), br: reader(name + PACKED.br), gzip: reader(name + PACKED.gzip) };
  return { read, type, etag: `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`, isPacked };
}

async function sendFile(
  req: IncomingMessage,
  res: ServerResponse,
  { found, isHashed, otherwise }: { found: WebFile; isHashed: boolean; otherwise: () => void },
): Promise<void> {
  res.setHeader("Cache-Control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
  // Weak, because it identifies the content regardless of its encoding.
  res.setHeader("ETag", `W/${found.etag}`);
  if (found.isPacked) res.setHeader("Vary", "Accept-Encoding");
  if (isNamed(req.headers["if-none-match"], found.etag)) return void res.writeHead(304).end();
  const encoding = found.isPacked ? chooseEncoding(req.headers["accept-encoding"]) : null;
  try {
    const body = await found.read[encoding ?? "plain"](res);
    res.setHeader("Content-Type", found.type);
    if (encoding) res.setHeader("Content-Encoding", encoding);
    res.setHeader("Content-Length", body.length);
    res.end(body);
  } catch {
    // A newer build has replaced it since the start.
    res.removeHeader("ETag");
    otherwise();
  }
}
