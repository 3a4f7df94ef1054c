import { makeAdministrator } from "../admin/service.ts";
import { runUserCommand } from "./user-command.ts";

/** `npm run make-administrator -- EMAIL`: for a server without an administrator. */
await runUserCommand("make-administrator", [], async ({ app, email }) =>
  (await makeAdministrator(app, { email })) ? `${email} is now an administrator.\n` : null,
);
