import { addDays, type Day } from "@orwatch/domain/day";
import { parseMoney } from "@orwatch/domain/money";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type AssignmentSpan,
  changesOf,
  findOverlap,
  moveSpan,
  projectOn,
  spansOf,
} from "../../projects/assignments.ts";
import { readChanges, writeChanges } from "../../projects/stored-assignments.ts";
import { removeUsageOfKey } from "../../usage/removal.ts";
import { getDashboard } from "../dashboard/dashboard.ts";
import { DAYS, filters, KEYS, life, live } from "../test-support/random-usage.ts";
import { openScratch, type Scratch } from "../test-support/scratch.ts";
import { reportProjects } from "./report.ts";

const RUNS = Number(process.env.STATS_RUNS ?? 20);

let scratch: Scratch;
let compared = 0;
beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(async () => {
  process.stdout.write(`projects: ${compared} reports compared with the rows\n`);
  await scratch.remove();
});

const PROJECTS = 3;
const project = fc.nat({ max: PROJECTS - 1 });
const day = fc.integer({ min: -2, max: DAYS.length }).map((index) => addDays(DAYS[0] as Day, index));
const key = fc.nat({ max: KEYS - 1 });
const step = fc.oneof(
  fc.record({
    kind: fc.constant("correct" as const),
    key,
    spans: fc.array(fc.record({ project, from: day, days: fc.option(fc.integer({ min: 1, max: 8 })) }), {
      maxLength: 4,
    }),
  }),
  fc.record({ kind: fc.constant("move" as const), key, from: day, to: fc.option(project) }),
  fc.record({ kind: fc.constant("delete project" as const), project }),
  fc.record({ kind: fc.constant("delete key" as const), key }),
);
const history = fc.record({ events: life, steps: fc.array(step, { minLength: 1, maxLength: 10 }), filter: filters });

test("projects and usage without one sum to the total of the team on every day", async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ events, steps, filter }) => {
      const { teamId, keyIds } = await live(scratch, events);
      const { db } = scratch;
      const projectIds: number[] = [];
      for (let n = 0; n < PROJECTS; n += 1)
        projectIds.push(
          (await db.prisma.project.create({ data: { teamId, name: `p${n}`, createdAt: new Date(0) } })).id,
        );
      await db.write((connection) => {
        for (const step of steps) {
          if (step.kind === "delete project") {
            connection.prepare("DELETE FROM projects WHERE id = ?").run(projectIds[step.project]);
            continue;
          }
          const id = keyIds[step.key] as number;
          if (step.kind === "delete key") {
            removeUsageOfKey(connection, { teamId, id });
            connection.prepare("DELETE FROM api_keys WHERE id = ?").run(id);
            continue;
          }
          if (!connection.prepare("SELECT 1 FROM api_keys WHERE id = ?").get(id)) continue;
          const exists = (n: number) => connection.prepare("SELECT 1 FROM projects WHERE id = ?").get(projectIds[n]);
          const changes = readChanges(connection, { teamId }).find((one) => one.id === id)?.changes ?? [];
          let spans: AssignmentSpan[] = [];
          if (step.kind === "move") {
            const projectId = projectOn(changes, step.from);
            if (projectId === null || (step.to !== null && !exists(step.to))) continue;
            const toProjectId = step.to === null ? null : (projectIds[step.to] as number);
            spans = moveSpan(spansOf(changes), { projectId, fromDate: step.from, toProjectId }) ?? [];
          } else
            for (const { project, from, days } of step.spans) {
              const span = {
                projectId: projectIds[project] as number,
                from,
                to: days === null ? null : addDays(from, days),
              };
              if (exists(project) && findOverlap([...spans, span]) === null) spans.push(span);
            }
          writeChanges(connection, id, changesOf(spans));
        }
      });
      const changes = new Map(readChanges(db.reader, { teamId }).map((one) => [one.id, one.changes]));
      const rows = await db.prisma.usageStat.findMany({ where: { apiKey: { teamId } } });
      const [from, through] = filter.range.toSorted((a, b) => a - b) as [number, number];
      const asked = {
        api_key_id: filter.keys?.map((index) => keyIds[index] as number),
        model: filter.models ?? undefined,
      };
      const { summary } = getDashboard(scratch, {
        teamId,
        start_date: DAYS[from] as Day,
        end_date: DAYS[through] as Day,
        ...asked,
      });
      const ranges: [Day, Day][] = [
        [DAYS[from] as Day, DAYS[through] as Day],
        ...DAYS.map((one): [Day, Day] => [one, one]),
      ];
      for (const [index, [start_date, end_date]] of ranges.entries()) {
        const input = { teamId, start_date, end_date, ...asked };
        const { items, total } = reportProjects(scratch, input);
        const expected = new Map<number | null, bigint>();
        for (const row of rows) {
          const isSelected =
            row.date >= start_date &&
            row.date <= end_date &&
            (asked.api_key_id?.includes(row.apiKeyId) ?? true) &&
            (asked.model?.includes(row.model) ?? true);
          if (!isSelected) continue;
          const id = projectOn(changes.get(row.apiKeyId) ?? [], row.date);
          expected.set(id, (expected.get(id) ?? 0n) + row.cost);
        }
        for (const { id, cost } of items) expect(parseMoney(cost)).toBe(expected.get(id) ?? 0n);
        expect([...expected.keys()].every((id) => items.some((item) => item.id === id))).toBe(true);
        if (index === 0)
          expect([total.cost, total.requests, total.tokens_input]).toEqual([
            summary.total_cost,
            summary.total_requests,
            summary.total_tokens_input,
          ]);
        compared += 1;
      }
    }),
    { numRuns: RUNS },
  );
}, 600_000);
