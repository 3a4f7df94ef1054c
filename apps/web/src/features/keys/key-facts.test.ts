import { createFormat } from "@orwatch/messages/format";
import { beforeAll, describe, expect, it } from "vitest";
import type { Key } from "../../lib/api/trpc.ts";
import { currentTexts, loadTexts } from "../../lib/i18n/i18n.ts";
import { describeKind, describeLimit, describeState } from "./key-facts.ts";

const now = new Date("2026-11-25T14:05:00Z");

beforeAll(() => loadTexts("keys"));

const format = createFormat({ language: "en", now });
const wording = () => ({ t: currentTexts(), format, now, say: ({ code }: { code: string }) => `text of ${code}` });

const key = (over: Partial<Key> = {}): Key => ({
  id: 1,
  name: "prod",
  description: null,
  label: "sk-or-v1-abc…9f2",
  kind: "inference",
  is_active: true,
  status: "valid",
  status_message: null,
  status_reason: null,
  managed_by: null,
  source: "pasted",
  has_secret: true,
  account_id: null,
  workspace: null,
  has_limit: true,
  limit: "50.00",
  limit_remaining: "13.42",
  include_byok_in_limit: null,
  limit_reset: "monthly",
  usage: "1.00",
  usage_daily: "0.00",
  usage_weekly: "0.00",
  usage_monthly: "0.00",
  byok_usage: "0.00",
  byok_usage_daily: "0.00",
  byok_usage_weekly: "0.00",
  byok_usage_monthly: "0.00",
  counters_at: null,
  expires_at: null,
  credits: null,
  created_at: "2026-11-01T00:00:00Z",
  last_used_at: null,
  last_validated_at: null,
  last_synced_at: null,
  last_sync_error: null,
  last_sync_error_message: null,
  ...over,
});

describe("the rest of a limit", () => {
  it.each([
    [{}, "$13.42 left, resets 1 Dec"],
    [{ limit_reset: "weekly" }, "$13.42 left, resets 30 Nov"],
    [{ limit_reset: "daily" }, "$13.42 left, resets 26 Nov"],
    [{ limit_reset: null }, "$13.42 of $50.00 left, never resets"],
    [{ limit_remaining: "-0.50" }, "$0.50 over the limit, resets 1 Dec"],
    [{ has_limit: false, limit: null, limit_remaining: null }, "No limit"],
    [{ limit: "0.00", limit_remaining: "0.00", limit_reset: null }, "$0.00 of $0.00 left, never resets"],
    [{ limit_remaining: null }, "Limit $50.00, remaining unknown"],
    [{ credits: { total: "0.00", used: "0.31", remaining: null } }, "Credits unknown: none purchased"],
    [{ credits: { total: "100.00", used: "25.00", remaining: "75.00" } }, "$75.00 of $100.00 credits left"],
    [{ credits: { total: "100.00", used: "100.25", remaining: "-0.25" } }, "Credits overdrawn by $0.25"],
  ])("describes the remaining limit of %o", (over, label) => {
    expect(describeLimit(key(over), wording())?.label).toBe(label);
  });

  it("the remaining limit is unknown for a key that was never checked", () => {
    const unknown = { has_limit: null, limit: null, limit_remaining: null };
    expect(describeLimit(key({ ...unknown, kind: null, usage: null }), wording())).toBeNull();
    expect(describeLimit(key(unknown), wording())).toBeNull();
  });
});

describe("the state of a key", () => {
  it("shows a deactivated key as off, whatever OpenRouter reports", () => {
    expect(describeState(key({ is_active: false, status: "invalid" }), wording()).label).toBe("Turned off");
  });

  it("shows the reason of a rejection and warns of an expiry", () => {
    const status_reason = { code: "key_rejected_once", params: {} };
    expect(describeState(key({ status: "invalid", status_reason }), wording()).detail).toBe(
      "text of key_rejected_once",
    );
    expect(describeState(key({ expires_at: "2026-12-01T10:00:00Z" }), wording()).detail).toBe(
      "Expires 1 Dec 10:00 UTC",
    );
    expect(describeState(key({ expires_at: "2027-12-01T10:00:00Z" }), wording())).toEqual({
      tone: "good",
      label: "Valid",
      detail: null,
    });
  });
});

describe("the kind of a key", () => {
  const managers = [key({ id: 7, name: "Account", kind: "management" })];
  it.each([
    [{ kind: "management" as const }, "Management key"],
    [{ kind: null }, "Kind unknown"],
    [{}, "Cost only"],
    [{ managed_by: 7 }, "Full history via “Account”"],
    [{ managed_by: 8 }, "Full history via “#8”"],
  ])("describes how the usage of %o is read", (over, kind) => {
    expect(describeKind(key(over), managers, wording())).toBe(kind);
  });
});
