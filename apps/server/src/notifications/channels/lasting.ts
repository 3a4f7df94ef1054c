import type { ChannelKind } from "./settings.ts";

/** What an answer of a chat service means: why another try makes no sense and what to do, or where a chat has moved to. */
export interface Verdict {
  /** In words, with the remedy; `null` while another try may succeed. */
  lasting: string | null;
  /** Telegram: the id of the supergroup that the group became. */
  movedTo: string | null;
}

const PASSING: Verdict = { lasting: null, movedTo: null };

/** Known by what is in the body: a proxy or a firewall in between answers with the same statuses. */
type Known = readonly (readonly [answer: RegExp, words: string])[];

const NEW_WEBHOOK = "Create a new webhook there and enter its address.";

const TELEGRAM: Known = [
  [/bot was blocked by the user/i, "The bot was blocked in this chat. Unblock it in Telegram."],
  [/user is deactivated/i, "This Telegram account no longer exists. Enter another chat."],
  [/can't initiate conversation/i, "The bot may not write first. Send it /start in Telegram."],
  [/kicked|not a member/i, "The bot is no longer a member of this chat. Add it again."],
  [
    /chat not found|PEER_ID_INVALID/i,
    "Telegram finds no such chat for this bot. Check the chat, and add the bot to it.",
  ],
  [
    /thread not found|TOPIC_(CLOSED|DELETED|ID_INVALID)/i,
    "This topic was closed or deleted. Enter another topic, or none.",
  ],
  [
    /not enough rights|have no rights|CHAT_WRITE_FORBIDDEN|need administrator rights|"error_code":\s*403/i,
    "The bot may not write to this chat. Let it post there.",
  ],
  [/"error_code":\s*(401|404)/, "Telegram does not know this bot token. Get a new one from BotFather and enter it."],
];

const SLACK: Known = [
  [/^channel_is_archived/, "The Slack channel is archived. Unarchive it."],
  [/^(channel_not_found|user_not_found)/, `The Slack channel no longer exists. ${NEW_WEBHOOK}`],
  [
    /^(no_service|no_service_id|no_team|no_active_hooks|invalid_token|token_revoked|team_disabled)/,
    `Slack no longer knows this webhook. ${NEW_WEBHOOK}`,
  ],
  [
    /^(action_prohibited|posting_to_general_channel_denied)/,
    "Slack does not let this webhook post. Ask an administrator of the workspace.",
  ],
];

const DISCORD: Known = [
  [/"code":\s*(10015|50027)\b/, `Discord no longer knows this webhook. ${NEW_WEBHOOK}`],
  [/"code":\s*10003\b/, `The Discord channel no longer exists. ${NEW_WEBHOOK}`],
];

const NTFY: Record<number, string> = {
  401: "ntfy does not accept the access token. Enter a valid one.",
  403: "ntfy does not allow publishing to this topic. Enter an access token that may, or another topic.",
};

const GONE = "The receiver says that it is gone for good.";

/** Judges an answer that was no success. Pure. */
export function judgeAnswer(kind: ChannelKind, { status, answer }: { status: number | null; answer: string }): Verdict {
  if (status === null || status < 400 || status >= 500 || status === 429 || kind === "email") return PASSING;
  const movedTo = kind === "telegram" ? (/"migrate_to_chat_id":\s*(-?\d{1,20})/.exec(answer)?.[1] ?? null) : null;
  if (movedTo !== null) return { lasting: null, movedTo };
  const lasting = wordsOf(kind, status, answer.trim()) ?? (status === 410 ? GONE : null);
  return { lasting, movedTo: null };
}

function wordsOf(kind: ChannelKind, status: number, answer: string): string | null {
  if (kind === "ntfy") return NTFY[status] ?? null;
  const known = kind === "telegram" ? TELEGRAM : kind === "slack" ? SLACK : kind === "discord" ? DISCORD : [];
  if (kind === "telegram" && !/"ok":\s*false/.test(answer)) return null;
  return known.find(([pattern]) => pattern.test(answer))?.[1] ?? null;
}

/** Every sentence that `judgeAnswer` may say. */
export const LASTING_SENTENCES: string[] = [
  ...[TELEGRAM, SLACK, DISCORD].flatMap((known) => known.map(([, words]) => words)),
  ...Object.values(NTFY),
  GONE,
];
