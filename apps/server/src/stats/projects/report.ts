import { formatNanos } from "@orwatch/domain/money";
import type { App } from "../../app.ts";
import { toCount } from "../../rpc/wire.ts";
import { readSyncState } from "../../usage/sync-state.ts";
import { selectFrom } from "../filters.ts";
import { type Reading, type Sums, select, sumAll } from "../selection.ts";
import type { ProjectsInput, ProjectsOutput } from "./schema.ts";
import { NO_USAGE, sumByProject } from "./sums.ts";

interface ProjectRow {
  id: bigint;
  name: string;
  color: string | null;
  reference: string | null;
  archived: bigint;
}

type Item = ProjectsOutput["items"][number];

const NO_PROJECT = { id: null, name: "No project", color: null, reference: null, archived: false };

function toOutput(sums: Sums) {
  const counted = (count: bigint) => (sums.countedRows > 0n ? toCount(count) : null);
  return {
    cost: formatNanos(sums.cost),
    byok_cost: formatNanos(sums.byokCost),
    requests: counted(sums.requests),
    tokens_input: counted(sums.tokensInput),
    tokens_output: counted(sums.tokensOutput),
  };
}

const listProjects = (app: Reading, teamId: number) =>
  select<ProjectRow>(
    app,
    `SELECT id, name, color, reference, archived_at IS NOT NULL AS archived FROM projects
     WHERE team_id = :teamId ORDER BY name COLLATE NOCASE, id`,
    { teamId },
  ).map(({ id, archived, ...project }) => ({ id: Number(id), ...project, archived: archived === 1n }));

/**
 * Cost of every project, and of usage without one. Usage of a day belongs to the project of its key on that day.
 * @throws BAD_REQUEST for a range that is reversed or too long
 */
export function reportProjects(
  app: Pick<App, "db" | "clock">,
  input: ProjectsInput & { teamId: number },
): ProjectsOutput {
  const { selection, keys, source } = selectFrom(app, input);
  const byProject = sumByProject(app, { selection, keys });
  const items = listProjects(app, input.teamId)
    .filter(({ id, archived }) => !archived || byProject.has(id))
    .map((project) => ({ project, sums: byProject.get(project.id) ?? NO_USAGE }))
    .sort((a, b) => (a.sums.cost === b.sums.cost ? 0 : a.sums.cost > b.sums.cost ? -1 : 1))
    .map(({ project, sums }): Item => ({ ...project, ...toOutput(sums) }));
  return {
    items: [...items, { ...NO_PROJECT, ...toOutput(byProject.get(null) ?? NO_USAGE) }],
    total: toOutput(sumAll(app, selection, source) ?? NO_USAGE),
    period: { start_date: selection.period.from, end_date: selection.period.through },
    ...readSyncState(app, selection),
  };
}
