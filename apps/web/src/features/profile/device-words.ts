import { text } from "../../lib/text/security.ts";

/** "Firefox on Linux", or as much of it as is known. */
export function deviceWords({ app, system }: { app: string | null; system: string | null }): string {
  if (app && system) return text.sessions.device(app, system);
  return app ?? system ?? text.sessions.unknownApp;
}
