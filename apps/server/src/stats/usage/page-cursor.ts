import { type Day, isDay } from "@orwatch/domain/day";
import { message } from "@orwatch/messages/message";
import { invalidRequest } from "../../rpc/app-error.ts";

/** The last row of a page of /api/v1/usage, after which the next page begins: the columns that rows are sorted by. */
export interface PagePosition {
  date: Day;
  keyName: string;
  model: string;
  keyId: number;
}

/** A position as text, opaque to clients. */
export const toCursor = ({ date, keyName, model, keyId }: PagePosition): string =>
  Buffer.from(JSON.stringify([date, keyName, model, keyId])).toString("base64url");

/** @throws BAD_REQUEST for text that is not a cursor */
export function readCursor(cursor: string): PagePosition {
  const position = parse(cursor);
  if (position) return position;
  throw invalidRequest([{ path: "cursor", reason: message("field_not_cursor", {}) }]);
}

function parse(cursor: string): PagePosition | null {
  try {
    const [date, keyName, model, keyId, ...rest] = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const isPosition =
      typeof date === "string" && isDay(date) && typeof keyName === "string" && typeof model === "string";
    return isPosition && Number.isSafeInteger(keyId) && rest.length === 0 ? { date, keyName, model, keyId } : null;
  } catch {
    return null;
  }
}
