import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { isNamed } from "./etag.ts";
import { sendPage } from "./security-headers.ts";
import { shareWhileSent } from "./slow-readers.ts";

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

interface WebFile {
  file: string;
  /** As it lies there, for who does not take it compressed. */
  read(res: ServerResponse): Promise<Buffer>;
  type: string;
  etag: string;
  /** Made when it is first asked for, and kept: all of them weigh less than a picture. */
  compressed: Promise<Buffer> | null;
}

const compress = promisify(gzip);

/** A name at the end that has an extension: what is not there under such an address is missing, not a page. */
const FILE_LIKE = /\/[^/]*\.\w+$/;

/**
 * Serves the built web app: the files that lay in its folder at the start and nothing else, so no path leads out of it. Every address
 * that is no file gets the app's page. `otherwise` runs where there is nothing.
 */
export function createWebFiles(folder: string) {
  const pageFile = path.join(folder, "index.html");
  if (!existsSync(pageFile))
    return async (_req: IncomingMessage, _res: ServerResponse, otherwise: () => void) => otherwise();
  const page = readFileSync(pageFile, "utf8");
  const files = new Map(listFiles(folder).map((name) => [`/${name}`, describe(folder, name)]));

  return async (req: IncomingMessage, res: ServerResponse, otherwise: () => void): Promise<void> => {
    const pathname = (req.url ?? "/").replace(/\?.*$/s, "");
    const found = files.get(pathname);
    if (found) return sendFile(req, res, { found, isHashed: pathname.startsWith("/assets/"), otherwise });
    if (FILE_LIKE.test(pathname) && pathname !== "/index.html") return otherwise();
    sendPage(res, page);
  };
}

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .filter((name) => name !== "index.html");

function describe(folder: string, name: string): WebFile {
  const file = path.join(folder, name);
  const { size, mtimeMs } = statSync(file);
  const type = TYPES[path.extname(name)] ?? "application/octet-stream";
  const etag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
  return { file, read: shareWhileSent(() => readFile(file)), type, etag, compressed: null };
}

async function sendFile(
  req: IncomingMessage,
  res: ServerResponse,
  { found, isHashed, otherwise }: { found: WebFile; isHashed: boolean; otherwise: () => void },
): Promise<void> {
  res.setHeader("Cache-Control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
  res.setHeader("ETag", `W/${found.etag}`);
  const isText = /^text|json|svg/.test(found.type);
  if (isText) res.setHeader("Vary", "Accept-Encoding");
  if (isNamed(req.headers["if-none-match"], found.etag)) return void res.writeHead(304).end();
  const isCompressed = isText && /\bgzip\b/.test(String(req.headers["accept-encoding"] ?? ""));
  try {
    const body = await (isCompressed ? readCompressed(found) : found.read(res));
    res.setHeader("Content-Type", found.type);
    if (isCompressed) res.setHeader("Content-Encoding", "gzip");
    res.setHeader("Content-Length", body.length);
    res.end(body);
  } catch {
    // A newer build has taken its place since the start.
    res.removeHeader("ETag");
    otherwise();
  }
}

function readCompressed(found: WebFile): Promise<Buffer> {
  found.compressed ??= readFile(found.file).then((body) => compress(body));
  found.compressed.catch(() => {
    found.compressed = null;
  });
  return found.compressed;
}
