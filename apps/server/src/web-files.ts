import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import sirv from "sirv";

/** Serves the built web app; every address that is no file gets its page. `otherwise` runs where there is nothing. */
export function createWebFiles(folder: string) {
  if (!existsSync(path.join(folder, "index.html")))
    return (_req: IncomingMessage, _res: ServerResponse, otherwise: () => void) => otherwise();
  const serve = sirv(folder, {
    single: true,
    gzip: true,
    etag: true,
    setHeaders(res, pathname) {
      const isHashed = pathname.startsWith("/assets/");
      res.setHeader("Cache-Control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  return (req: IncomingMessage, res: ServerResponse, otherwise: () => void) => serve(req, res, otherwise);
}
