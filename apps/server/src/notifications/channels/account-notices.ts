import type { App } from "../../app.ts";
import { deliverDue } from "../outbox/dispatch.ts";

/** A receiver that takes longer does not hold up the owner. */
const WAIT_MS = 5000;

const WAITING = `
  SELECT 1 FROM deliveries d JOIN notices n ON n.id = d.notice_id
  WHERE d.channel_id = ? AND d.state IN ('waiting', 'sending') AND n.kind = 'account' AND d.attempts < 2 LIMIT 1`;

/**
 * Sends what a channel has yet to say about the security of the account, before it is switched off or deleted: whoever broke in could
 * keep it back otherwise.
 */
export async function deliverAccountNotices(app: App, channelId: number): Promise<void> {
  if (app.db.reader.prepare(WAITING).get(channelId) === undefined) return;
  await Promise.race([deliverDue(app), new Promise((resolve) => setTimeout(resolve, WAIT_MS).unref())]);
}
