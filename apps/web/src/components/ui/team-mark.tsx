import { UserRound } from "lucide-react";
import type { Team } from "../../lib/api/trpc.ts";

/** A square with the first letter of a team. */
export function TeamMark({ team }: { team: Team }) {
  return (
    <span
      aria-hidden
      className="flex size-7 shrink-0 items-center justify-center rounded-control bg-accent-soft text-table font-semibold text-accent"
    >
      {team.is_personal ? <UserRound className="size-4" /> : Array.from(team.name.trim())[0]?.toUpperCase()}
    </span>
  );
}
