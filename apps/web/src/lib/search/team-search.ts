import type { SearchMiddleware } from "@tanstack/react-router";
import { linkedTeam } from "../api/team.ts";
import { whole } from "./readers.ts";

/** The team of an address. Without it, the default team of the user. */
export interface TeamSearch {
  team?: number;
}

/** Stands for anything that is no ID. No team has it. */
const NO_TEAM = 0;

const id = whole({ min: 1 });

/** An invalid team is reported, unlike other invalid parameters: the page must not show the numbers of another team. */
export const teamSearch = ({ team }: Record<string, unknown>): TeamSearch =>
  team === undefined ? {} : { team: id(team) ?? NO_TEAM };

/** Adds the team of the page to all links, so that an address can be sent to a colleague. */
export const keepTeam: SearchMiddleware<TeamSearch> = ({ search, next }) => {
  const result = next(search);
  const team = result.team ?? linkedTeam();
  return team === undefined ? result : { ...result, team };
};

/** The address that shows a page in another team: the list of keys instead of a key that only this team has, and without filters. */
export const pageInTeam = (pathname: string, team: number): string =>
  `/${pathname.split("/")[1] || "dashboard"}?team=${team}`;
