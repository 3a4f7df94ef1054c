/** Either controlled (only changes when it is set), or the machine's clock plus an offset. */
export class SimClock {
  readonly controlled: boolean;
  #frozenMs: number;
  #offsetMs = 0;

  constructor(start?: Date) {
    this.controlled = start !== undefined;
    this.#frozenMs = start?.getTime() ?? 0;
  }

  nowMs(): number {
    return this.controlled ? this.#frozenMs : Date.now() + this.#offsetMs;
  }

  now(): Date {
    return new Date(this.nowMs());
  }

  /** A running clock keeps running from the new instant. */
  set(date: Date | string): void {
    const ms = new Date(date).getTime();
    if (Number.isNaN(ms)) throw new Error(`Not an instant: ${String(date)}`);
    if (this.controlled) this.#frozenMs = ms;
    else this.#offsetMs = ms - Date.now();
  }

  advance(ms: number): void {
    if (this.controlled) this.#frozenMs += ms;
    else this.#offsetMs += ms;
  }
}
