import { type Message, type MessageCode, message } from "@orwatch/messages/message";
import { z } from "zod";
import type { App } from "../../app.ts";
import { withoutInvisible } from "../../platform/invisible-characters.ts";
import type { Mail } from "../mail/page.ts";
import type { Notification } from "./notification.ts";

/** A setting of a channel in the API. */
export interface Field<I extends z.ZodType = z.ZodType, V = unknown> {
  input: I;
  isRequired: boolean;
  /** Default if it is left out. */
  fallback: V;
  /** Never returned. An empty text does not change it. */
  isSecret: boolean;
}

type Options = { isSecret?: boolean };

export const required = <I extends z.ZodType>(input: I, { isSecret = false }: Options = {}): Field<I, never> => ({
  input,
  isRequired: true,
  fallback: undefined as never,
  isSecret,
});

/** `null` if it is left out. */
export const optional = <I extends z.ZodType>(input: I, { isSecret = false }: Options = {}): Field<I, null> => ({
  input,
  isRequired: false,
  fallback: null,
  isSecret,
});

export const withDefault = <I extends z.ZodType>(
  input: I,
  fallback: z.output<I>,
  { isSecret = false }: Options = {},
): Field<I, z.output<I>> => ({ input, isRequired: false, fallback, isSecret });

type Fields = Record<string, Field>;
type Values<F extends Fields> = { [N in keyof F]: z.output<F[N]["input"]> | F[N]["fallback"] };

/** Outcome of one delivery attempt, safe to show to the channel's owner. */
export interface DeliveryAttempt<S = unknown> {
  ok: boolean;
  /** Status of HTTP or SMTP; `null` when there was no response. */
  status: number | null;
  /** First bytes of the response. */
  answer: string;
  error: Message | null;
  retryAfterS: number | null;
  /** Retries cannot succeed until a user acts; `error` says how. */
  isLasting: boolean;
  /** New settings to store and retry with immediately, if the receiver has moved. */
  moved: S | null;
}

interface SendInput<S> {
  settings: S;
  notification: Notification;
  /** Email only: sent instead of the notification. */
  digest: { mail: Mail; unsubscribeLink: string | null } | null;
  sentAt: Date;
  signal: AbortSignal;
  http: App["outgoing"]["send"];
  mail: App["mailer"]["send"];
}

/** A kind of channel. A new one is a file in this folder, a line in index.ts, its form and its messages. */
export interface ProviderDefinition<K extends string, F extends Fields, S extends object> {
  kind: K;
  fields: F;
  toSettings(fields: Values<F>): S;
  toFields(settings: S): Values<F>;
  /** Keeps settings that are not fields after a change. */
  keep?(after: NoInfer<S>, before: NoInfer<S>): S;
  /** What is wrong with a valid `url`. */
  findUrlFlaw?(url: URL): Message | null;
  /** Field that is sent to the server at `url`: it must be entered again for another server. */
  credential?: keyof F & string;
  /** Target without secrets. */
  target(settings: NoInfer<S>): string;
  /** Secrets in addition to `url` that must be redacted in responses before they are logged. */
  secrets(settings: NoInfer<S>): string[];
  /** Sends one message once. Never throws. */
  send(input: SendInput<NoInfer<S>>): Promise<DeliveryAttempt<S>>;
}

export const defineProvider = <const K extends string, F extends Fields, S extends object>(
  definition: ProviderDefinition<K, F, S>,
): ProviderDefinition<K, F, S> => definition;

/** Codes of lasting rejections: they have no parameters. */
type ReasonCode = Extract<
  MessageCode,
  `${"telegram" | "slack" | "discord" | "ntfy"}_${string}` | "channel_receiver_gone"
>;

/** Meaning of a rejection; empty if a retry may succeed. */
export interface Rejection<S> {
  reason?: ReasonCode | undefined;
  moved?: S;
}

/** Texts by which a service explains a rejection. The status alone is not enough, because a proxy or firewall may also send it. */
export type KnownAnswers = readonly (readonly [answer: RegExp, reason: ReasonCode])[];

export const findReason = (known: KnownAnswers, answer: string): ReasonCode | undefined =>
  known.find(([pattern]) => pattern.test(answer))?.[1];

/** Posts JSON and explains what a response of the service means. */
export async function post<S>(
  { http, signal }: Pick<SendInput<S>, "http" | "signal">,
  request: { url: string; headers?: Record<string, string>; body: string },
  explain: {
    rejection?: (answer: string, status: number) => Rejection<S>;
    retryAfterS?: (answer: string) => number | null;
  } = {},
): Promise<DeliveryAttempt<S>> {
  const { url, body } = request;
  const sent = await http({ url, headers: { "content-type": "application/json", ...request.headers }, body, signal });
  const { ok, status, answer } = sent;
  if (sent.ok) return { ok, status, answer, error: null, retryAfterS: null, isLasting: false, moved: null };
  const isRejection = status !== null && status >= 400 && status < 500 && status !== 429;
  const { reason, moved } = isRejection ? explainRejection(answer.trim(), status, explain.rejection) : {};
  return {
    ok,
    status,
    answer,
    error: reason === undefined ? sent.error : message(reason, {}),
    retryAfterS: sent.retryAfterS ?? explain.retryAfterS?.(answer) ?? null,
    isLasting: reason !== undefined,
    moved: moved ?? null,
  };
}

function explainRejection<S>(
  answer: string,
  status: number,
  explain: ((answer: string, status: number) => Rejection<S>) | undefined,
): Rejection<S> {
  const rejection = explain?.(answer, status) ?? {};
  const isGone = status === 410 && rejection.reason === undefined && rejection.moved === undefined;
  return isGone ? { reason: "channel_receiver_gone" } : rejection;
}

/** Pasted text: removes surrounding white space and invisible characters. */
export const pasted = z.string().overwrite(withoutInvisible).trim();

export const url = pasted.min(1).max(2000);

export const webhookUrl = url.describe("URL to send to, `http://` or `https://`.");

/** Without the path, which is often a secret. */
export function describeUrl(text: string): string {
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}/${pathname === "/" ? "" : "…"}`;
}

/** A provider whose only setting is the URL of an incoming webhook. */
export const defineIncomingWebhook = <const K extends string>(input: {
  kind: K;
  toBody: (notification: Notification) => string;
  answers: KnownAnswers;
}) =>
  defineProvider({
    kind: input.kind,
    fields: { url: required(webhookUrl) },
    toSettings: ({ url }) => ({ url }),
    toFields: ({ url }) => ({ url }),
    target: ({ url }) => describeUrl(url),
    secrets: () => [],
    send: (message) =>
      post(
        message,
        { url: message.settings.url, body: input.toBody(message.notification) },
        { rejection: (answer) => ({ reason: findReason(input.answers, answer) }) },
      ),
  });
