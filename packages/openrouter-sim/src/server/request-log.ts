const KEPT = 10_000;

export interface SeenRequest {
  readonly method: string;
  /** Below /api/v1, without the query: "/keys". */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** sha256 hex of the bearer, known or not; null without one. */
  readonly keyHash: string | null;
  readonly accountId: string | null;
  readonly userAgent: string | null;
  readonly at: Date;
  /** null while running, and without a response. */
  status: number | null;
}

/** The newest requests, counts of all of them, and how many ran at once. */
export class RequestLog {
  #ring: SeenRequest[] = [];
  #next = 0;
  readonly #counts = new Map<string, number>();
  readonly #inFlight = new Map<string, number>();
  readonly #peak = new Map<string, number>();

  add(seen: SeenRequest): void {
    if (this.#ring.length < KEPT) this.#ring.push(seen);
    else this.#ring[this.#next] = seen;
    this.#next = (this.#next + 1) % KEPT;
    this.#counts.set(seen.path, (this.#counts.get(seen.path) ?? 0) + 1);
  }

  list(): SeenRequest[] {
    if (this.#ring.length < KEPT) return [...this.#ring];
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)];
  }

  count(path?: string): number {
    if (path !== undefined) return this.#counts.get(path) ?? 0;
    let sum = 0;
    for (const count of this.#counts.values()) sum += count;
    return sum;
  }

  /** Returns a function that marks the request as finished. Idempotent. */
  takeOff(owners: readonly string[]): () => void {
    for (const owner of owners) {
      const flying = (this.#inFlight.get(owner) ?? 0) + 1;
      this.#inFlight.set(owner, flying);
      this.#peak.set(owner, Math.max(flying, this.#peak.get(owner) ?? 0));
    }
    let landed = false;
    return () => {
      if (landed) return;
      landed = true;
      for (const owner of owners) this.#inFlight.set(owner, (this.#inFlight.get(owner) ?? 1) - 1);
    };
  }

  maxInFlight(owner: string): number {
    return this.#peak.get(owner) ?? 0;
  }

  clear(): void {
    this.#ring = [];
    this.#next = 0;
    this.#counts.clear();
    this.#peak.clear();
    for (const [owner, flying] of this.#inFlight) if (flying > 0) this.#peak.set(owner, flying);
  }
}
