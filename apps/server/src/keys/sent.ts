import type { ApiKey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordLater } from "../audit/service.ts";
import type { Priority } from "../openrouter/pace.ts";

/** Writes down that a key leaves for OpenRouter: once in a UTC day, for it is asked about every hour. */
export function noteSent(app: App, key: ApiKey, priority: Priority): void {
  const { sentOn } = app.memory.keys;
  const today = app.clock.now().toISOString().slice(0, 10);
  if (sentOn.get(key.id) === today) return;
  sentOn.set(key.id, today);
  recordLater(app, {
    userId: key.userId,
    message: message("event_key_sent", paramsOf(key)),
    actor: priority === "person" ? "owner" : "server",
    fold: String(key.id),
    foldBy: "day",
  });
}

/** What an event of the activity log says of a key. */
export const paramsOf = (key: Pick<ApiKey, "id" | "name" | "label">) => ({
  api_key_id: key.id,
  name: key.name,
  label: key.label,
});
