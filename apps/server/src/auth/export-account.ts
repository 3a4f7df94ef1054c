import { message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import type { App } from "../app.ts";
import { toWireActor } from "../audit/schema.ts";
import { detailOf, loginFold, recordEvent } from "../audit/service.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";

/** The data stored about a user and the team of the request, without usage rows, which have their own export. Contains no key, hash or session ID. */
export async function exportAccount(app: App, input: { userId: number; teamId: number; origin: Origin }) {
  const { userId, teamId, origin } = input;
  await recordEvent(app, {
    userId,
    teamId,
    origin,
    message: message("event_data_exported", {}),
    fold: loginFold(origin),
  });
  const user = await app.db.prisma.user.findUnique({
    where: { id: userId },
    include: {
      sessions: { orderBy: { createdAt: "asc" } },
      passkeys: { orderBy: { id: "asc" } },
      auditEvents: { orderBy: { id: "asc" } },
      identities: { orderBy: { id: "asc" } },
    },
  });
  const team = await app.db.prisma.team.findUnique({
    where: { id: teamId },
    include: {
      apiKeys: { where: { OR: [{ kind: null }, { kind: { not: "residual" } }] }, orderBy: { id: "asc" } },
      alertRules: { orderBy: { id: "asc" } },
      savedViews: { orderBy: { id: "asc" } },
      annotations: { orderBy: { id: "asc" } },
      projects: {
        orderBy: { id: "asc" },
        include: { assignments: { orderBy: [{ apiKeyId: "asc" }, { fromDate: "asc" }] } },
      },
      channels: { orderBy: { id: "asc" } },
      apiTokens: { orderBy: { id: "asc" } },
    },
  });
  if (!user || !team) throw new AppError("NOT_FOUND", message("user_deleted", {}));
  const days = await app.db.prisma.usageDay.aggregate({
    where: { apiKey: { teamId } },
    _min: { date: true },
    _max: { date: true },
  });
  return {
    account: { id: user.id, email: user.email, created_at: user.createdAt.toISOString(), is_active: user.isActive },
    keys: team.apiKeys.map((key) => ({
      id: key.id,
      name: key.name,
      description: key.description,
      label: key.label,
      kind: key.kind,
      is_active: key.isActive,
      status: key.status,
      created_at: key.createdAt.toISOString(),
      last_used_at: key.lastUsedAt?.toISOString() ?? null,
    })),
    alert_rules: team.alertRules.map((rule) => ({
      id: rule.id,
      name: rule.name,
      kind: rule.kind,
      terms: JSON.parse(rule.terms) as Record<string, unknown>,
      api_key_ids: rule.keys === null ? null : (JSON.parse(rule.keys) as { id: number }[]).map(({ id }) => id),
      is_active: rule.isActive,
      created_at: rule.createdAt.toISOString(),
    })),
    views: team.savedViews.map((view) => ({
      id: view.id,
      name: view.name,
      query: view.query,
      pinned: view.isPinned,
      created_at: view.createdAt.toISOString(),
    })),
    annotations: team.annotations.map(({ id, date, text, createdAt }) => ({
      id,
      date,
      text,
      created_at: createdAt.toISOString(),
    })),
    projects: team.projects.map((project) => ({
      id: project.id,
      name: project.name,
      description: project.description,
      reference: project.reference,
      markup_percent: project.markup === null ? null : project.markup / 100,
      keys: project.assignments.map(({ apiKeyId, fromDate }) => ({ api_key_id: apiKeyId, from: fromDate })),
      created_at: project.createdAt.toISOString(),
    })),
    channels: team.channels.map((channel) => ({
      id: channel.id,
      kind: channel.kind,
      name: channel.name,
      target: channel.target,
      is_active: channel.isActive,
      created_at: channel.createdAt.toISOString(),
    })),
    api_tokens: team.apiTokens.map((token) => ({
      id: token.id,
      name: token.name,
      scopes: token.scopes,
      is_active: token.isActive,
      expires_at: token.expiresAt?.toISOString() ?? null,
      created_at: token.createdAt.toISOString(),
      last_used_at: token.lastUsedAt?.toISOString() ?? null,
    })),
    sessions: user.sessions.map((session) => ({
      created_at: session.createdAt.toISOString(),
      last_used_at: session.lastUsedAt.toISOString(),
      expires_at: session.expiresAt.toISOString(),
      address: session.address,
      user_agent: session.userAgent,
    })),
    second_factor: user.totpSecret === null ? null : { enabled_at: user.totpEnabledAt?.toISOString() ?? null },
    passkeys: user.passkeys.map((passkey) => ({
      name: passkey.name,
      host: passkey.host,
      created_at: passkey.createdAt.toISOString(),
      last_used_at: passkey.lastUsedAt?.toISOString() ?? null,
    })),
    identities: user.identities.map((identity) => ({
      issuer: identity.issuer,
      subject: identity.subject,
      email: identity.email,
      created_at: identity.createdAt.toISOString(),
      last_used_at: identity.lastUsedAt?.toISOString() ?? null,
    })),
    activity: user.auditEvents.map((event) => ({
      at: event.at.toISOString(),
      last_at: event.lastAt.toISOString(),
      count: event.count,
      kind: event.kind,
      actor: toWireActor(event.actor),
      address: event.address,
      user_agent: event.userAgent,
      detail: detailOf(parseStoredMessage(event.message)),
    })),
    usage_days: { first: days._min.date, last: days._max.date },
  };
}
