import { randomUUID } from "node:crypto";
import type { App } from "../../app.ts";
import type { Mail } from "./page.ts";

/** Wait before each attempt. */
const WAITS_MS = [0, 30_000, 300_000, 1_800_000];

/**
 * Sends an email that is no notification, in a few attempts. Never throws, and does not wait for the mail server.
 * @param input.about names the email in the log
 */
export function sendInBackground(app: App, input: { to: string; mail: Mail; userId: number; about: string }): void {
  const work: Promise<void> = send(app, input)
    .catch((error) => app.log.error(`${input.about}.mail`, { user_id: input.userId, error }))
    .finally(() => app.background.delete(work));
  app.background.add(work);
}

async function send(app: App, { to, mail, about }: { to: string; mail: Mail; about: string }): Promise<void> {
  const messageId = randomUUID();
  for (const waitMs of WAITS_MS) {
    if (waitMs > 0) await app.clock.sleep(waitMs, app.stopping);
    if (waitMs > 0 && app.stopping.aborted) return;
    const sent = await app.mailer.send({ to, messageId, mail });
    if (sent.ok) return;
    app.log.warn(`${about}.mail`, { message: sent.error.code });
  }
}
