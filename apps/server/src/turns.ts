/** Long enough to get on, short enough that nobody notices. */
const SLICE_MS = 4;

const waiting: (() => void)[] = [];
let isPumping = false;

function pump(): void {
  const next = waiting.shift();
  if (!next) {
    isPumping = false;
    return;
  }
  next();
  setImmediate(pump);
}

/**
 * Resolves when it is this work's turn. However much long work there is in the process, one slice of it runs in each turn of the
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
