import type { Day } from "@orwatch/domain/day";
import { partsOf } from "../../projects/assignments.ts";
import { readChanges } from "../../projects/stored-assignments.ts";
import { type Reading, type SelectedKey, type Selection, type Sums, sumAll, sumByKey } from "../selection.ts";

export const NO_USAGE: Sums = {
  cost: 0n,
  byokCost: 0n,
  requests: 0n,
  tokensInput: 0n,
  tokensOutput: 0n,
  countedCost: 0n,
  countedRows: 0n,
};

function addSums(sum: Sums, more: Sums): void {
  for (const name of Object.keys(NO_USAGE) as (keyof Sums)[]) sum[name] += more[name];
}

interface Part {
  keyId: number;
  projectId: number | null;
  from: Day;
  through: Day;
}

/**
 * Sums of the selected usage by project; `null` is usage without one. Keys that had one project in the whole period are summed together,
 * the others by the days of each project.
 */
export function sumByProject(
  app: Reading,
  { selection, keys }: { selection: Selection; keys: SelectedKey[] },
): Map<number | null, Sums> {
  const changes = new Map(readChanges(app.db.reader, selection).map((key) => [key.id, key.changes]));
  const parts: Part[] = keys.flatMap(({ id }) =>
    partsOf(changes.get(id) ?? [], selection.period).map((part) => ({ keyId: id, ...part })),
  );
  const moved = new Set<number>();
  const projectOf = new Map<number, number | null>();
  for (const { keyId, projectId } of parts) {
    if (projectOf.has(keyId)) moved.add(keyId);
    projectOf.set(keyId, projectId);
  }
  const byProject = new Map<number | null, Sums>();
  const add = (projectId: number | null, sums: Sums) => {
    const sum = byProject.get(projectId) ?? { ...NO_USAGE };
    byProject.set(projectId, sum);
    addSums(sum, sums);
  };
  for (const { id, ...sums } of sumByKey(app, selection))
    if (!moved.has(Number(id))) add(projectOf.get(Number(id)) ?? null, sums);
  for (const part of parts)
    if (moved.has(part.keyId)) {
      const days = { ...selection.period, from: part.from, through: part.through };
      const sums = sumAll(app, { ...selection, period: days, keyIds: [part.keyId] });
      if (sums) add(part.projectId, sums);
    }
  return byProject;
}
