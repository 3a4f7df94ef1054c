import type { TextsOf } from "../../lib/i18n/i18n.ts";

/** "Firefox on Linux", or as much of it as is known. */
export function describeDevice(
  { app, system }: { app: string | null; system: string | null },
  t: TextsOf<"profile">,
): string {
  if (app && system) return t.profile.sessions.device({ app, system });
  return app ?? system ?? t.profile.sessions.unknownApp;
}
