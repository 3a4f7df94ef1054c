import type { ApiKey } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordLater } from "../audit/service.ts";
import type { Priority } from "../openrouter/requests/pace.ts";

/** Records that a key was sent to OpenRouter, once per UTC day, because this happens every hour. */
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

/** Parameters of a key in events of the activity log. */
export const paramsOf = (key: Pick<ApiKey, "id" | "name" | "label">) => ({
  api_key_id: key.id,
  name: key.name,
  label: key.label,
});
