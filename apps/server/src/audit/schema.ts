import type { MessageCode } from "@orwatch/messages/message";
import { audit } from "@orwatch/messages/schema/audit";
import { z } from "zod";
import { codedMessage, count, id, instant } from "../rpc/wire.ts";

/** Codes of the messages that the activity log consists of. */
export type EventCode = Extract<MessageCode, `event_${string}`>;
/** The code of an event without its prefix. */
export type EventKind = EventCode extends `event_${infer Kind}` ? Kind : never;

export const kindOf = (code: EventCode) => code.slice("event_".length) as EventKind;

const eventKind = z.enum(audit.map((entry) => kindOf(entry.shape.code.value)) as [EventKind, ...EventKind[]]);

export type Actor = "owner" | "anonymous" | "administrator" | "operator" | "server";
/** `stranger` is the documented value of the API for anonymous callers. */
const actor = z.enum(["owner", "stranger", "administrator", "operator", "server"]);
export const toWireActor = (name: string): z.infer<typeof actor> =>
  name === "anonymous" ? "stranger" : (name as Exclude<Actor, "anonymous">);

export const deviceOutput = z
  .object({
    app: z.string().nullable().describe("Browser or client"),
    system: z.string().nullable().describe("Operating system"),
  })
  .describe("As the User-Agent header has it; null where it names nothing known");

export const activityInput = z.strictObject({
  skip: z.coerce.number<number>().int().min(0).max(1_000_000).default(0).describe("Events to pass over"),
  limit: z.coerce.number<number>().int().min(1).max(100).default(20).describe("Events to answer with, 1 to 100"),
});

export const eventOutput = z
  .object({
    id,
    kind: eventKind,
    at: instant,
    last_at: instant.describe("The last of them, where count is above 1"),
    count: count.describe("Like events close together are one"),
    actor: actor.describe("stranger: not signed in; operator: the command line of the server"),
    address: z.string().nullable().describe("Network address; an IPv6 address stands for its /64"),
    device: deviceOutput,
    detail: z.record(z.string(), z.union([z.string(), z.number()])).describe("Names and ids of what it was about"),
    message: codedMessage.describe("The event as code and parameters"),
  })
  .meta({ id: "Event" });

export const activityOutput = z.object({ items: z.array(eventOutput), total: count });
