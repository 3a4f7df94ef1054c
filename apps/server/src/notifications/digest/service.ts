import { addDays, type Day, mondayOf, startOf, toDay } from "@orwatch/domain/day";
import type { Language } from "@orwatch/messages/languages";
import { createRenderer, textsIn } from "@orwatch/messages/renderer";
import type { App } from "../../app.ts";
import { type Mail, toPage, withFoot } from "../mail/page.ts";
import { escapeHtml, toLine } from "../mail/text.ts";
import { listDigestChannels, queueDigest } from "../outbox/outbox.ts";
import { readFacts } from "./read.ts";
import { writeDigest } from "./write.ts";

const HOUR_MS = 3_600_000;
/** A digest that could not be sent in time is sent until Wednesday morning. */
const LATE_MS = 48 * HOUR_MS;

const dueAt = (monday: Day) => new Date(startOf(monday).getTime() + 7 * HOUR_MS);

/** The Monday whose digest is due; `null` if it is too early or too late in the week. */
function dueMonday(now: Date): Day | null {
  const monday = mondayOf(toDay(now));
  const lateMs = now.getTime() - dueAt(monday).getTime();
  return lateMs >= 0 && lateMs <= LATE_MS ? monday : null;
}

/** Without the footer, which depends on the recipient. */
function mailOf(app: App, input: { teamId: number; monday: Day; language: Language }): Mail | null {
  const facts = readFacts(app, input);
  if (!facts) return null;
  const say = createRenderer({ language: input.language, now: app.clock.now() });
  const digest = writeDigest(facts);
  const title = say(digest.title);
  const sections = digest.sections.map((section) => ({
    title: say(section.title),
    lines: section.lines.map((line) => say(line)),
  }));
  const site = app.config.publicUrl;
  const text = sections.map(
    ({ title: head, lines }) => `${head}\n${lines.map((line) => `- ${toLine(line)}\n`).join("")}`,
  );
  const html = sections.map(({ title: head, lines }) => {
    const items = lines.map((line) => `<li>${escapeHtml(toLine(line))}</li>`);
    return `<h2 style="font-size:15px">${escapeHtml(head)}</h2>\n<ul>${items.join("")}</ul>`;
  });
  return {
    subject: `[orwatch] ${title}`,
    text: [title, "", ...text, ...(site ? [`${site}/dashboard`, ""] : [])].join("\n"),
    html: toPage(
      [
        `<h1 style="font-size:18px">${escapeHtml(title)}</h1>`,
        ...html,
        site ? `<p><a href="${escapeHtml(`${site}/dashboard`)}">${textsIn(input.language).open_orwatch()}</a></p>` : "",
      ],
      input.language,
    ),
  };
}

/** Queues this week's digest for every subscribed channel that does not have it yet. Idempotent. */
export async function sendDigests(app: App): Promise<{ digests: number }> {
  const now = app.clock.now();
  const monday = dueMonday(now);
  const mails = new Map<string, Mail | null>();
  let digests = 0;
  for (const { channelId, teamId, language } of monday === null ? [] : listDigestChannels(app.db.reader, monday)) {
    if (app.stopping.aborted || monday === null) break;
    const name = `${teamId} ${language}`;
    const mail = mails.has(name) ? mails.get(name) : mailOf(app, { teamId, monday, language });
    mails.set(name, mail ?? null);
    if (!mail) continue;
    digests += await app.db.write((connection) => queueDigest(connection, { channelId, week: monday, mail, now }));
    // Yields, because requests run on this thread too.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { digests };
}

/** Preview of the digest for the last seven complete days, and when the next one is due. */
export function previewDigest(app: App, input: { teamId: number; language: Language }) {
  const now = app.clock.now();
  const monday = mondayOf(toDay(now));
  const written = mailOf(app, { ...input, monday: toDay(now) });
  const mail =
    written && withFoot(written, { site: app.config.publicUrl, language: input.language, unsubscribeLink: null });
  return {
    next_at: (dueAt(monday) > now ? dueAt(monday) : dueAt(addDays(monday, 7))).toISOString(),
    subject: mail?.subject ?? null,
    text: mail?.text ?? null,
    html: mail?.html ?? null,
  };
}
