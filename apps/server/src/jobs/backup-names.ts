export type BackupKind = "daily" | "manual" | "migration" | "rotation";

/** `2026-03-10T12:00:00Z` from `20260310` and `120000`; `null` if invalid. */
function parseStamp(day: string, time: string): Date | null {
  const pairs = (text: string, separator: string) => (text.match(/\d\d/g) ?? []).join(separator);
  const text = `${day.slice(0, 4)}-${pairs(day.slice(4), "-")}T${pairs(time, ":")}.000Z`;
  const date = new Date(text);
  // Date parses 30 February as 2 March.
  return Number.isNaN(date.getTime()) || date.toISOString() !== text ? null : date;
}

const byPattern = (pattern: RegExp, read: (parts: string[]) => Date | null) => ({
  /** When the backup with this name was made; `null` if it is not of this kind. */
  madeAt(name: string): Date | null {
    const [, ...parts] = pattern.exec(name) ?? [];
    return parts.length === 0 ? null : read(parts);
  },
});

const byStamp = (pattern: RegExp) => byPattern(pattern, ([day = "", time = ""]) => parseStamp(day, time));

/** Kinds of backups. Each kind is counted separately, so that one kind does not displace another. */
export const BACKUP_KINDS: Record<BackupKind, { madeAt(name: string): Date | null }> = {
  /** Made by the schedule. */
  daily: byStamp(/^orwatch-(\d{8})T(\d{6})Z\.db$/),
  /** Made by the command or by an administrator. */
  manual: byStamp(/^orwatch-manual-(\d{8})T(\d{6})Z\.db$/),
  /** Made before the migration in its name, by packages/db/src/migrations/migrate.ts. */
  migration: byPattern(/^before-\d.*-(\d{1,15})\.db$/, ([ms]) => new Date(Number(ms))),
  /** Made before the encryption key was changed, by rotate-keys.ts. */
  rotation: byStamp(/^before-rotation-(\d{8})(\d{6})\.db$/),
};

export const backupName = (kind: "daily" | "manual", now: Date): string =>
  `orwatch-${kind === "manual" ? "manual-" : ""}${now.toISOString().replace(/[-:]|\.\d+/g, "")}.db`;

/**
 * Names of the backups to remove: all but the newest `keep` of each kind. A backup dated in the future (the clock was wrong) is neither
 * counted nor removed until that time. The backup just made is always kept.
 */
export function chooseSurplus(names: string[], options: { keep: number; now: Date; made: string }): string[] {
  const { keep, now, made } = options;
  return Object.values(BACKUP_KINDS).flatMap(({ madeAt }) =>
    names
      .map((name) => ({ name, at: madeAt(name)?.getTime() ?? Number.POSITIVE_INFINITY }))
      .filter(({ name, at }) => at <= now.getTime() || (name === made && at < Number.POSITIVE_INFINITY))
      .sort((a, b) => Number(b.name === made) - Number(a.name === made) || b.at - a.at || (a.name < b.name ? 1 : -1))
      .slice(keep)
      .map(({ name }) => name),
  );
}
