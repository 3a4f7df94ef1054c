import { type Message, type MessageCode, message } from "@orwatch/messages/message";
import type { ChannelKind } from "./settings.ts";

/** What an answer of a chat service means: why another try makes no sense and what to do, or where a chat has moved to. */
export interface Verdict {
  /** `null` while another try may succeed. */
  lasting: Message | null;
  /** Telegram: the id of the supergroup that the group became. */
  movedTo: string | null;
}

const PASSING: Verdict = { lasting: null, movedTo: null };

/** Known by what is in the body: a proxy or a firewall in between answers with the same statuses. */
type Known = readonly (readonly [answer: RegExp, code: ReasonCode])[];

/** Codes without parameters. */
type ReasonCode = Extract<
  MessageCode,
  `${"telegram" | "slack" | "discord" | "ntfy"}_${string}` | "channel_receiver_gone"
>;

const TELEGRAM: Known = [
  [/bot was blocked by the user/i, "telegram_bot_blocked"],
  [/user is deactivated/i, "telegram_user_deleted"],
  [/can't initiate conversation/i, "telegram_not_started"],
  [/kicked|not a member/i, "telegram_bot_removed"],
  [/chat not found|PEER_ID_INVALID/i, "telegram_chat_not_found"],
  [/thread not found|TOPIC_(CLOSED|DELETED|ID_INVALID)/i, "telegram_topic_closed"],
  [
    /not enough rights|have no rights|CHAT_WRITE_FORBIDDEN|need administrator rights|"error_code":\s*403/i,
    "telegram_no_rights",
  ],
  [/"error_code":\s*(401|404)/, "telegram_token_unknown"],
];

const SLACK: Known = [
  [/^channel_is_archived/, "slack_channel_archived"],
  [/^(channel_not_found|user_not_found)/, "slack_channel_deleted"],
  [
    /^(no_service|no_service_id|no_team|no_active_hooks|invalid_token|token_revoked|team_disabled)/,
    "slack_webhook_deleted",
  ],
  [/^(action_prohibited|posting_to_general_channel_denied)/, "slack_not_allowed"],
];

const DISCORD: Known = [
  [/"code":\s*(10015|50027)\b/, "discord_webhook_deleted"],
  [/"code":\s*10003\b/, "discord_channel_deleted"],
];

const NTFY: Record<number, ReasonCode> = { 401: "ntfy_token_rejected", 403: "ntfy_topic_forbidden" };

/** Judges an answer that was no success. Pure. */
export function judgeAnswer(kind: ChannelKind, { status, answer }: { status: number | null; answer: string }): Verdict {
  if (status === null || status < 400 || status >= 500 || status === 429 || kind === "email") return PASSING;
  const movedTo = kind === "telegram" ? (/"migrate_to_chat_id":\s*(-?\d{1,20})/.exec(answer)?.[1] ?? null) : null;
  if (movedTo !== null) return { lasting: null, movedTo };
  const code = codeOf(kind, status, answer.trim()) ?? (status === 410 ? "channel_receiver_gone" : null);
  return { lasting: code && message(code, {}), movedTo: null };
}

function codeOf(kind: ChannelKind, status: number, answer: string): ReasonCode | null {
  if (kind === "ntfy") return NTFY[status] ?? null;
  const known = kind === "telegram" ? TELEGRAM : kind === "slack" ? SLACK : kind === "discord" ? DISCORD : [];
  if (kind === "telegram" && !/"ok":\s*false/.test(answer)) return null;
  return known.find(([pattern]) => pattern.test(answer))?.[1] ?? null;
}
