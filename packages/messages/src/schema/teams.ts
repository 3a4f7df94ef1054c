import { choice, entry, name } from "./params.ts";

/** Email with an invitation to a team. */
export const teams = [
  entry("invitation_email_title", { team: name }),
  /** `inviter` is an email address. */
  entry("invitation_email", { inviter: name, team: name, role: choice(["owner", "admin", "editor", "viewer"]) }),
] as const;
