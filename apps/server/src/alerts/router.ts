import { z } from "zod";
import { apiTokenProcedure, memberOf, router, sessionProcedure } from "../rpc/procedures.ts";
import { requirePermission } from "../rpc/require-permission.ts";
import { listAlerts } from "./current-alerts.ts";
import { previewRule } from "./preview.ts";
import {
  createRuleInput,
  currentAlertsOutput,
  previewRuleInput,
  previewRuleOutput,
  ruleIdInput,
  ruleListOutput,
  ruleOutput,
  settingsOutput,
  snoozeInput,
  snoozeRuleInput,
  thresholdsInput,
  thresholdsOutput,
  updateRuleInput,
  updateSettingsInput,
} from "./schema.ts";
import { createRule, deleteRule, getRule, listRules, snoozeRule, updateRule } from "./service.ts";
import { getSettings, snooze, updateSettings } from "./settings.ts";
import { listThresholds } from "./thresholds.ts";

const tags = ["Alerts"];

export const alertsRouter = router({
  listRules: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/alerts/rules",
        summary: "List alert rules",
        description: "In the order of their creation.",
        tags,
        protect: true,
      },
    })
    .input(z.strictObject({}))
    .output(ruleListOutput)
    .query(({ ctx }) => listRules(ctx.app, { teamId: ctx.principal.teamId })),

  /** With POST over REST, because lists of thresholds do not fit into a query. */
  preview: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/alerts/rules/preview",
        summary: "Preview an alert rule",
        description:
          "How often a rule with these terms would have fired in the last 30 days, evaluated on the stored usage. Nothing is saved. For rules on hours of many keys, fewer days are evaluated.",
        tags,
        protect: true,
      },
    })
    .input(previewRuleInput)
    .output(previewRuleOutput)
    .query(({ ctx, input }) => previewRule(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  /** Amounts of rules that charts draw. */
  thresholds: sessionProcedure
    .input(thresholdsInput)
    .output(thresholdsOutput)
    .query(({ ctx, input }) =>
      listThresholds(ctx.app, { teamId: ctx.principal.teamId, keyId: input.api_key_id ?? null }),
    ),

  getRule: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/alerts/rules/{id}",
        summary: "Get an alert rule",
        description: "A rule with its terms, and whether it is firing.",
        tags,
        protect: true,
      },
    })
    .input(ruleIdInput)
    .output(ruleOutput)
    .query(({ ctx, input }) => getRule(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  createRule: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/alerts/rules",
        summary: "Create an alert rule",
        description: "Each kind has its own parameters. All of them have defaults, except `amount` and `span`.",
        tags,
        protect: true,
      },
      status: 201,
    })
    .input(createRuleInput)
    .output(ruleOutput)
    .mutation(({ ctx, input }) => createRule(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  updateRule: sessionProcedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/alerts/rules/{id}",
        summary: "Update an alert rule",
        description: "Changes the fields that are given. The kind of a rule cannot be changed.",
        tags,
        protect: true,
      },
    })
    .input(updateRuleInput)
    .output(ruleOutput)
    .mutation(({ ctx, input }) => updateRule(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  deleteRule: sessionProcedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/alerts/rules/{id}",
        summary: "Delete an alert rule",
        description: "Its notifications stay in the inbox.",
        tags,
        protect: true,
      },
      status: 204,
    })
    .input(ruleIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteRule(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  snoozeRule: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/alerts/rules/{id}/snooze",
        summary: "Snooze an alert rule",
        description:
          "The rule sends no notifications during the snooze. If it is still firing at the end, you are notified then.",
        tags,
        protect: true,
      },
    })
    .input(snoozeRuleInput)
    .output(ruleOutput)
    .mutation(({ ctx, input }) => snoozeRule(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  settings: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/alerts/settings",
        summary: "Get notification settings",
        description: "Quiet hours, the daily limit of messages, and until when notifications are snoozed.",
        tags,
        protect: true,
      },
    })
    .input(z.strictObject({}))
    .output(settingsOutput)
    .query(({ ctx }) => getSettings(ctx.app, { ...memberOf(ctx) })),

  updateSettings: sessionProcedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/alerts/settings",
        summary: "Update notification settings",
        description:
          "Changes the fields that are given. Quiet hours and the time zone are yours. The daily limit is of the team, and changing it needs the role editor.",
        tags,
        protect: true,
      },
    })
    .input(updateSettingsInput)
    .output(settingsOutput)
    .mutation(({ ctx, input }) => {
      if (input.max_per_day !== undefined) requirePermission(ctx.principal, "edit");
      return updateSettings(ctx.app, { ...input, ...memberOf(ctx) });
    }),

  snooze: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/alerts/snooze",
        summary: "Pause all channels",
        description: "The inbox is not affected. At the end of the pause, channels receive one message.",
        tags,
        protect: true,
      },
    })
    .input(snoozeInput)
    .output(settingsOutput)
    .mutation(({ ctx, input }) => snooze(ctx.app, { ...input, ...memberOf(ctx) })),
});

export const alertsV1Router = router({
  alerts: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/alerts",
        summary: "List alerts that are firing",
        description: "Alerts that are not resolved. The list is empty if no rule is firing.",
        tags: ["Public API"],
        protect: true,
      },
    })
    .input(z.strictObject({}))
    .output(currentAlertsOutput)
    .query(({ ctx }) => listAlerts(ctx.app, { teamId: ctx.principal.teamId })),
});
