/** After so long a question has no answer. */
export const ASK_MS = 30_000;

let first: { address: unknown; response: Promise<Response> } | null = null;

/** Starts a request that the app will make, before the app is there to make it. */
export function startFirst(address: string): void {
  const response = fetch(address, { signal: AbortSignal.timeout(ASK_MS) });
  // Whoever takes it hears of a failure; if nobody does, nobody need.
  response.catch(() => {});
  first = { address, response };
}

/** What was started for this very address, once, and only for the first request there is: a later one wants a new answer. */
export function takeFirst(address: unknown): Promise<Response> | null {
  const started = first;
  first = null;
  if (started?.address === address) return started?.response ?? null;
  // Unread it would keep its connection.
  void started?.response.then(({ body }) => body?.cancel()).catch(() => {});
  return null;
}
