import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { ROLES, type Role } from "@orwatch/domain/permissions";
import { createSession } from "@orwatch/server/auth/sessions/session";
import { createContext } from "@orwatch/server/http/context";
import { addOwner } from "@orwatch/server/memberships/test-support";
import { appRouter } from "@orwatch/server/router";
import { AppError } from "@orwatch/server/rpc/app-error";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Harness, startHarness } from "../support/server/harness.ts";

/** `npm run prove:teams` tries 10,000. */
const SEQUENCES = Number(process.env.SEQUENCES ?? 500);
const USERS = 4;

/** One step: who does what, to whom, with which role. */
const step = fc.record({
  by: fc.nat(USERS - 1),
  kind: fc.constantFrom(
    "join",
    "setRole",
    "remove",
    "leave",
    "handOver",
    "edit",
    "manageKeys",
    "manageMembers",
    "view",
  ),
  to: fc.nat(USERS - 1),
  role: fc.constantFrom(...ROLES),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
/** Members in addition to the first user, who is an owner. */
const start = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: USERS - 1 }), fc.constantFrom(...ROLES)), {
  selector: ([user]) => user,
});
type Members = ReadonlyMap<number, Role>;
type Outcome = "ok" | "NOT_FOUND" | "FORBIDDEN_ROLE" | "CONFLICT";

const LEAST: Record<string, Role> = { view: "viewer", edit: "editor", manageKeys: "admin", manageMembers: "admin" };
const RANK: Record<Role, number> = { owner: 3, admin: 2, editor: 1, viewer: 0 };

/** What the rules say, written without the code of the server: the outcome of a step and the members after it. */
function expected(members: Members, { by, kind, to, role }: Step): { outcome: Outcome; after: Members } {
  const same = (outcome: Outcome) => ({ outcome, after: members });
  const change = (edit: (after: Map<number, Role>) => void) => {
    const after = new Map(members);
    edit(after);
    return { outcome: "ok" as const, after };
  };
  const own = members.get(by);
  const other = members.get(to);
  const owners = [...members.values()].filter((held) => held === "owner").length;
  const isLast = (held: Role | undefined) => held === "owner" && owners === 1;
  // A user who is not in the team joins by an invitation that the first owner creates.
  if (kind === "join") return own === undefined ? change((after) => after.set(by, role)) : same("CONFLICT");
  if (own === undefined) return same("NOT_FOUND");
  if (kind === "leave" || (kind === "remove" && by === to))
    return isLast(own) ? same("CONFLICT") : change((after) => after.delete(by));
  if (kind === "handOver") {
    if (own !== "owner") return same("FORBIDDEN_ROLE");
    if (by === to) return same("CONFLICT");
    if (other === undefined) return same("NOT_FOUND");
    return change((after) => after.set(to, "owner").set(by, "admin"));
  }
  if (kind === "setRole" || kind === "remove") {
    if (RANK[own] < RANK.admin) return same("FORBIDDEN_ROLE");
    if (other === undefined) return same("NOT_FOUND");
    if (own !== "owner" && (other === "owner" || (kind === "setRole" && role === "owner")))
      return same("FORBIDDEN_ROLE");
    if (isLast(other) && (kind === "remove" || role !== "owner")) return same("CONFLICT");
    return change((after) => (kind === "remove" ? after.delete(to) : after.set(to, role)));
  }
  return same(RANK[own] >= RANK[LEAST[kind] as Role] ? "ok" : "FORBIDDEN_ROLE");
}

let harness: Harness;
let teamId: number;
const users: { id: number; sessionId: string }[] = [];
const outcomes = new Map<string, number>();
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  const app = harness.server.app;
  for (let n = 0; n < USERS; n += 1) {
    const { userId: id } = await addOwner(app.db, `user${n}@example.com`);
    const { sessionId } = await createSession(app, { userId: id, origin: ORIGIN });
    users.push({ id, sessionId });
  }
  teamId = (await app.db.prisma.team.create({ data: { name: "Research", createdAt: app.clock.now() } })).id;
});
afterAll(async () => {
  const counts = [...outcomes].map(([name, count]) => `${name} ${count}`).join(", ");
  process.stdout.write(`memberships: ${SEQUENCES} sequences; ${counts}\n`);
  await harness.close();
});

const ORIGIN = { address: "127.0.0.1", userAgent: null };
const idOf = (user: number): number => (users[user] as { id: number }).id;

/** A request over /trpc, from its headers on, without a connection. */
async function callerOf(user: number) {
  const headers = { cookie: `orwatch_session=${users[user]?.sessionId}`, "x-team-id": String(teamId) };
  const context = await createContext(harness.server.app, {
    req: { method: "POST", headers } as unknown as IncomingMessage,
    res: { appendHeader: () => {}, setHeader: () => {} } as unknown as ServerResponse,
    transport: "trpc",
    arrival: { requestId: "r", ...ORIGIN } as Parameters<typeof createContext>[1]["arrival"],
  });
  return appRouter.createCaller(context);
}

let invitations = 0;
/** Creates an invitation by an owner and returns its token. */
async function inviteAs(role: Role, members: Members): Promise<string> {
  invitations += 1;
  const token = `invitation ${invitations}`;
  const owner = [...members].find(([, held]) => held === "owner")?.[0] as number;
  const hash = createHash("sha256").update(token).digest("hex");
  await harness.server.app.db.write((connection) =>
    connection
      .prepare(
        "INSERT INTO invitations (team_id, role, token_hash, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, '2026-03-10T12:00:00.000+00:00', '2099-01-01T00:00:00.000+00:00')",
      )
      .run(teamId, role, hash, idOf(owner)),
  );
  return token;
}

const UNKNOWN = 999_999;

/** Carries out a step with real requests. */
async function run({ by, kind, to, role }: Step, members: Members): Promise<Outcome> {
  const input = { id: teamId, user_id: idOf(to) };
  const caller = await callerOf(by);
  const calls: Record<Step["kind"], () => Promise<unknown>> = {
    join: async () => caller.invitations.accept({ token: await inviteAs(role, members) }),
    setRole: () => caller.teams.setRole({ ...input, role }),
    remove: () => caller.teams.removeMember(input),
    leave: () => caller.teams.removeMember({ ...input, user_id: "me" }),
    handOver: () => caller.teams.handOver(input),
    view: () => caller.keys.names({}),
    // Permitted calls go on to look for something that does not exist.
    edit: () => caller.alerts.deleteRule({ id: UNKNOWN }),
    manageKeys: () => caller.tokens.revoke({ id: UNKNOWN }),
    manageMembers: () => caller.teams.invitations({ id: teamId }),
  };
  // Accepting invitations is limited per address and minute.
  harness.sim.clock.advance(2_100);
  try {
    await calls[kind]();
    return "ok";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code } = error.reason;
    if (["rule_not_found", "api_token_not_found"].includes(code)) return "ok";
    return error.errorCode as Outcome;
  }
}

/** Gives the team these members and no others. */
const setMembers = (members: Members): Promise<void> =>
  harness.server.app.db.write((connection) => {
    connection.prepare("DELETE FROM memberships WHERE team_id = ?").run(teamId);
    const insert = connection.prepare(
      "INSERT INTO memberships (team_id, user_id, role, created_at) VALUES (?, ?, ?, '2026-03-10T12:00:00.000+00:00')",
    );
    for (const [user, role] of members) insert.run(teamId, idOf(user), role);
  });

const stored = (): [number, Role][] =>
  harness.server.app.db.reader
    .prepare<[number], { userId: number; role: Role }>(
      "SELECT user_id AS userId, role FROM memberships WHERE team_id = ?",
    )
    .all(teamId)
    .map(({ userId, role }) => [users.findIndex(({ id }) => id === userId), role]);
const sorted = (members: Iterable<[number, Role]>) => [...members].sort(([a], [b]) => a - b);

test("any sequence of joins, changes of role, removals and requests follows the rules", {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(start, fc.array(step, { minLength: 1, maxLength: 4, size: "max" }), async (others, sequence) => {
      let members: Members = new Map([[0, "owner"], ...others]);
      await setMembers(members);
      for (const one of sequence) {
        const { outcome, after } = expected(members, one);
        const actual = await run(one, members);
        outcomes.set(actual, (outcomes.get(actual) ?? 0) + 1);
        expect(actual, JSON.stringify({ one, members: [...members] })).toBe(outcome);
        expect(sorted(stored())).toEqual(sorted(after));
        members = after;
      }
    }),
    { numRuns: SEQUENCES, seed: 15 },
  );
});
