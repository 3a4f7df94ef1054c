/** Long enough to get on, short enough that nobody notices. */
const SLICE_MS = 8;
/** Slices in one turn of the event loop: a short work is not to wait for all the long ones. */
const SLICES_A_TURN = 3;

const waiting: (() => void)[] = [];
let isPumping = false;

function pump(): void {
  const chosen = waiting.splice(0, SLICES_A_TURN);
  isPumping = chosen.length > 0;
  for (const wake of chosen) wake();
  if (isPumping) setImmediate(pump);
}

/**
 * Resolves when it is this work's turn. However much long work there is in the process, a few slices of it run in each turn of the
 * event loop, and everything else is served in between.
 */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    if (isPumping) return;
    isPumping = true;
    setImmediate(pump);
  });

/** For work that runs on the event loop in small steps: call it after each step, and it waits whenever a slice is used up. */
export function createBreaks(): () => Promise<void> {
  let sliceBegan = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - sliceBegan < SLICE_MS) return;
    await nextTurn();
    sliceBegan = performance.now();
  };
}
