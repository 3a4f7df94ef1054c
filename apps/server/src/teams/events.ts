import type { App } from "../app.ts";
import { listTeamEvents } from "../audit/service.ts";
import { requireRole } from "./access.ts";

/** The activity log of a team. @throws NOT_FOUND, FORBIDDEN_ROLE */
export function listEvents(app: App, input: { userId: number; id: number; skip: number; limit: number }) {
  const { userId, id: teamId, skip, limit } = input;
  requireRole(app.db.reader, { userId, teamId, permission: "manageMembers" });
  return listTeamEvents(app, { teamId, skip, limit });
}
