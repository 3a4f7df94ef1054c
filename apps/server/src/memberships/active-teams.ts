/** SQL condition: the team has a member who is not deactivated. Jobs leave other teams out. `team`: SQL of its ID. */
export const isActiveTeam = (team: string): string =>
  `EXISTS (SELECT 1 FROM memberships tm JOIN users tu ON tu.id = tm.user_id WHERE tm.team_id = ${team} AND tu.is_active)`;
