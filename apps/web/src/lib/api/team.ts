let team: number | null = null;
let isLinked = false;

/** Every request names the team of the page. Until it is known, the server takes the default team of the user. */
export const teamHeader = (): Record<string, string> => (team === null ? {} : { "x-team-id": String(team) });

/** The team that links carry; `undefined` for users with one team, whose addresses need none. */
export const linkedTeam = (): number | undefined => (isLinked && team !== null ? team : undefined);

/** Forgets the team before another user logs in. */
export function forgetTeam(): void {
  team = null;
  isLinked = false;
}

/**
 * Takes the team of an address. A page has the same team from its first request until it is left, so that its cache never has data of
 * two teams: for another team, the browser loads the page again, and the promise never resolves.
 */
export function takeTeam(asked: number | undefined, href: string): Promise<never> | undefined {
  if (asked === undefined || asked === team) return undefined;
  if (team !== null) {
    window.location.assign(href);
    return new Promise(() => {});
  }
  team = asked;
  isLinked = true;
  return undefined;
}

/** Stays with the team that the server has taken, even if the default team is changed meanwhile in another tab. */
export function stayInTeam(user: { team: { id: number }; teams: readonly unknown[] }): void {
  team = user.team.id;
  isLinked ||= user.teams.length > 1;
}
