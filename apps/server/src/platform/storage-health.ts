export type StorageHealth = ReturnType<typeof createStorageHealth>;

/** The result of a probe is cached for this long, because anyone can request health checks. */
const PROBE_MS = 1000;

/**
 * Health of the open database file: whether it still exists, can be read and is intact.
 * @param probe reads the file and returns what is wrong with it, or `null`
 */
export function createStorageHealth(probe: () => string | null) {
  let damage: string | null = null;
  let onDamage = () => {};
  let checkedAt: Date | null = null;
  let probed = { at: Number.NEGATIVE_INFINITY, problem: null as string | null };
  return {
    /** Why the database is unusable; `null` if no problem is known. */
    problem(): string | null {
      if (damage !== null) return damage;
      const now = performance.now();
      if (now - probed.at > PROBE_MS) probed = { at: now, problem: probe() };
      return probed.problem;
    },
    /** Damage found by a check or a read; `null` if none. */
    damage: (): string | null => damage,
    /** When the last check was completed; `null` before the first one. */
    checkedAt: (): Date | null => checkedAt,
    /** Reports damage found by a read. It is kept until a check finds none. */
    reportDamage(what: string): void {
      if (damage !== null) return;
      damage = what;
      onDamage();
    },
    /** Calls `work` whenever a read is the first to find damage. */
    whenReported(work: () => void): void {
      onDamage = work;
    },
    reportCheck(found: string | null, at: Date): void {
      damage = found;
      checkedAt = at;
    },
  };
}
