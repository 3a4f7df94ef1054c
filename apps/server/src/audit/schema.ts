import type { MessageCode } from "@orwatch/messages/message";
import { audit } from "@orwatch/messages/schema/audit";
import { z } from "zod";
import { codedMessage, count, id, instant, limitTo, skip, total } from "../rpc/wire.ts";

/** Message codes of the activity log. */
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

const deviceOutput = z
  .object({
    app: z.string().nullable().describe("Browser or client."),
    system: z.string().nullable().describe("Operating system."),
  })
  .describe("Derived from the `User-Agent` header. Unrecognized values are `null`.");

export const activityInput = z.strictObject({
  skip,
  limit: limitTo(100, 20),
});

const eventOutput = z
  .object({
    id: id.describe("ID of the event."),
    kind: eventKind.describe("What happened. New kinds may be added in any version."),
    at: instant.describe("When the first of the grouped events happened."),
    last_at: instant.describe("When the most recent of the grouped events happened."),
    count: count.describe("Number of events: similar events close together are grouped."),
    actor: actor.describe(
      "Who caused the event. `stranger`: someone who is not signed in. `operator`: the server's command line.",
    ),
    address: z.string().nullable().describe("IP address. IPv6 addresses are given as their /64 network."),
    device: deviceOutput,
    detail: z.record(z.string(), z.union([z.string(), z.number()])).describe("Names and IDs that the event is about."),
    message: codedMessage.describe("The event as a code and parameters."),
  })
  .meta({ id: "ActivityEvent" });

const userOutput = z.object({
  user_id: id.describe("ID of the user."),
  email: z.string().describe("Their email address."),
});

const teamEventOutput = z
  .object({
    id: id.describe("ID of the event."),
    kind: eventKind.describe("What happened. New kinds may be added in any version."),
    at: instant.describe("When it happened."),
    user: userOutput.nullable().describe("Who did it. `null` if the user was deleted."),
    detail: eventOutput.shape.detail,
    message: eventOutput.shape.message,
  })
  .meta({ id: "TeamEvent" });

export const teamEventsOutput = z.object({
  items: z.array(teamEventOutput).describe("Events, newest first."),
  total,
});

export const activityOutput = z.object({ items: z.array(eventOutput).describe("Events, newest first."), total });
