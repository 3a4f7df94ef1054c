import type { TextsOf } from "../i18n/i18n.ts";
import type { Team } from "./trpc.ts";

/** The name of the team; the user's own is not named after them in their own list. */
export const teamName = (team: Pick<Team, "name" | "is_personal">, t: TextsOf<"common">): string =>
  team.is_personal ? t.common.team.personal : team.name;
