import type { Db } from "@orwatch/db";
import { storedInstant } from "../../platform/clock.ts";

export { storedInstant };

export type Connection = Parameters<Parameters<Db["write"]>[0]>[0];

export type NoticeKind = "alert" | "recovery" | "summary" | "rule" | "channel" | "account" | "server";

/** One thing that happened, as it stands in a notice and goes out in a message. Names are the wire's. */
export interface NoticeItem {
  event: NoticeKind;
  rule_id: number | null;
  rule_name: string | null;
  rule_kind: string | null;
  api_key_id: number | null;
  /** Name of the key when it happened. */
  key_name: string | null;
  /** What was set and what was found, both in `unit`: dollars as a decimal string, else a number as text. */
  threshold: string | null;
  value: string | null;
  unit: "usd" | "percent" | "times" | "days" | "hours" | null;
  /** The span it is about, in words a person reads: "2026-03-10", "week of 2026-03-09", "2026-03". */
  window: string | null;
  /** A whole English sentence. */
  text: string;
}

/** The parts of an item that is about no rule and no key. */
export const OF_NO_KEY: Omit<NoticeItem, "event" | "text"> = {
  rule_id: null,
  rule_name: null,
  rule_kind: null,
  api_key_id: null,
  key_name: null,
  threshold: null,
  value: null,
  unit: null,
  window: null,
};

export interface Notice {
  id: number;
  userId: number;
  kind: NoticeKind;
  title: string;
  items: NoticeItem[];
  createdAt: Date;
  /** From when channels may tell it; `null`: in the inbox only. */
  deliverAt: Date | null;
}

/** Puts a notice into the inbox, inside the caller's transaction. It goes to channels by `queueDeliveries` alone. */
export function insertNotice(connection: Connection, notice: Omit<Notice, "id">): Notice {
  const { lastInsertRowid } = connection
    .prepare("INSERT INTO notices (user_id, kind, title, items, created_at, deliver_at) VALUES (?, ?, ?, ?, ?, ?)")
    .run(
      notice.userId,
      notice.kind,
      notice.title,
      JSON.stringify(notice.items),
      storedInstant(notice.createdAt),
      notice.deliverAt && storedInstant(notice.deliverAt),
    );
  return { ...notice, id: Number(lastInsertRowid) };
}
