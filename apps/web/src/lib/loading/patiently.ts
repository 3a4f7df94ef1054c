import { isServerLost, probe, serverBack } from "../api/server-there.ts";

const RELOADED = "orwatch.reloaded";
const LEAST_MS = 10_000;

/**
 * What `load`, an `import()`, brings. While no server is there it waits for one, and what is shown stays. With a server there the file is
 * gone: it was updated, and the page is loaded anew. @throws when that was done a moment ago
 */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      await probe();
      if (!isServerLost()) return loadAnew(error);
    }
    await serverBack();
  }
}

/** A file of the app could not be loaded. Browsers remember a module that failed, so only a reload of the page can help. */
export class MissingFileError extends Error {
  override name = "MissingFileError";
}

let isReloading = false;

/** Never in a loop, and once for several files that are missing. */
function loadAnew(error: unknown): Promise<never> {
  if (isReloading) return new Promise(() => {});
  // Its message differs from the browser's: the router would reload the page once more for that one.
  if (Date.now() - lastReload() < LEAST_MS) throw new MissingFileError("A file could not be loaded.", { cause: error });
  isReloading = true;
  noteReload();
  window.location.reload();
  return new Promise(() => {});
}

function lastReload(): number {
  try {
    return Number(sessionStorage.getItem(RELOADED) ?? 0);
  } catch {
    // Storage is blocked: a page that was loaded anew, by whomever, was so when it began.
    const [load] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    return load?.type === "reload" ? performance.timeOrigin : 0;
  }
}

function noteReload() {
  try {
    sessionStorage.setItem(RELOADED, String(Date.now()));
  } catch {
    // The browser itself remembers how a page was loaded.
  }
}
