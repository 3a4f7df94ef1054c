import type { App } from "../app.ts";

const PAGES_A_TURN = 256;
const REST_MS = 5;

/**
 * Gives the pages that nothing stands on any more back to the disk, a few at a time. The file itself gets shorter when SQLite next
 * folds its log in.
 * @returns how many pages
 */
export async function releaseFreePages(app: App): Promise<number> {
  let given = 0;
  while (!app.stopping.aborted) {
    const { before, after } = await app.db.write((connection) => {
      const free = () => Number(connection.pragma("freelist_count", { simple: true }));
      const before = free();
      // It goes on for as long as its rows are asked for.
      if (before > 0) connection.pragma(`incremental_vacuum(${PAGES_A_TURN})`);
      return { before, after: free() };
    });
    given += before - after;
    if (after === 0 || after >= before) break;
    await app.clock.sleep(REST_MS, app.stopping);
  }
  return given;
}
