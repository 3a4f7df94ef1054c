export type StorageHealth = ReturnType<typeof createStorageHealth>;

/** A probe of the file is worth this long: health checks may come from anyone. */
const PROBE_MS = 1000;

/**
 * What is known of the database file that this process has open: whether it is still there, can be read, and is sound.
 * @param probe reads the file for real and says what is wrong with it; `null` when nothing is
 */
export function createStorageHealth(probe: () => string | null) {
  let damage: string | null = null;
  let onDamage = () => {};
  let checkedAt: Date | null = null;
  let probed = { at: Number.NEGATIVE_INFINITY, problem: null as string | null };
  return {
    /** Why this database cannot be relied on; `null` when it can, as far as is known. */
    problem(): string | null {
      if (damage !== null) return damage;
      const now = performance.now();
      if (now - probed.at > PROBE_MS) probed = { at: now, problem: probe() };
      return probed.problem;
    },
    /** What a check, or a read, has found wrong; `null` when nothing. */
    damage: (): string | null => damage,
    /** When a check last came to its end; `null` before the first one. */
    checkedAt: (): Date | null => checkedAt,
    /** A read met damage: that stays so until a check finds none. */
    reportDamage(what: string): void {
      if (damage !== null) return;
      damage = what;
      onDamage();
    },
    /** Has `work` done each time a read is the first to meet damage. */
    whenReported(work: () => void): void {
      onDamage = work;
    },
    reportCheck(found: string | null, at: Date): void {
      damage = found;
      checkedAt = at;
    },
  };
}
