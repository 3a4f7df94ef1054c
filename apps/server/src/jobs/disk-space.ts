import type { App } from "../app.ts";

const PAGES_PER_TURN = 256;
const PAUSE_MS = 5;

/**
 * Releases unused pages of the database to the disk, a few at a time. The file shrinks at SQLite's next checkpoint.
 * @returns the number of pages
 */
export async function releaseFreePages(app: App): Promise<number> {
  let released = 0;
  while (!app.stopping.aborted) {
    const { before, after } = await app.db.write((connection) => {
      const free = () => Number(connection.pragma("freelist_count", { simple: true }));
      const before = free();
      // The vacuum runs while its rows are read.
      if (before > 0) connection.pragma(`incremental_vacuum(${PAGES_PER_TURN})`);
      return { before, after: free() };
    });
    released += before - after;
    if (after === 0 || after >= before) break;
    await app.clock.sleep(PAUSE_MS, app.stopping);
  }
  return released;
}
