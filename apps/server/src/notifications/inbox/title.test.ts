import { message } from "@orwatch/messages/message";
import { createRenderer } from "@orwatch/messages/renderer";
import { describe, expect, test } from "vitest";
import { ABOUT_NO_KEY, type NotificationItem } from "./notifications.ts";
import { titleOf } from "./title.ts";

const item = (
  event: "alert" | "recovery" | "rule",
  key: string | null,
  text = `${event} of ${key}`,
): NotificationItem => ({
  ...ABOUT_NO_KEY,
  event,
  key_name: key,
  rule_name: "my rule",
  message: message("legacy_text", { text }),
});
const alerts = (...keys: string[]) => keys.map((key) => item("alert", key));
const alertCount = (count: number) => message("alert_count", { count });

describe("titles of notifications", () => {
  test("the title of one item is its message", () => {
    expect(titleOf(alerts("shop"))).toEqual(message("legacy_text", { text: "alert of shop" }));
  });

  test("the title of two items with the same message is that message", () => {
    const same = [item("alert", "shop", "same"), item("alert", "shop", "same")];
    expect(titleOf(same)).toEqual(message("legacy_text", { text: "same" }));
  });

  test("the title of several items has their number and the names of their keys", () => {
    expect(titleOf(alerts("shop", "lab"))).toEqual(
      message("items_title", { counts: [alertCount(2)], names: ["shop", "lab"], more: "no" }),
    );
    expect(titleOf(alerts("a", "b", "c", "d"))).toEqual(
      message("items_title", { counts: [alertCount(4)], names: ["a", "b", "c"], more: "yes" }),
    );
  });

  test("the title of items without a key names their rules", () => {
    expect(titleOf([item("alert", null, "x"), item("alert", null, "y")]).params).toMatchObject({ names: ["my rule"] });
  });

  test("the title of different events has the number of each, alerts first, without names", () => {
    expect(titleOf([item("rule", "a"), item("recovery", "b"), ...alerts("c", "d")])).toEqual(
      message("items_title", {
        counts: [
          alertCount(2),
          message("resolved_count", { count: 1 }),
          message("rule_key_deleted_count", { count: 1 }),
        ],
        names: null,
        more: "no",
      }),
    );
  });
});

test("names in titles are the same in every language", () => {
  const title = titleOf(alerts("Credits: low", "2 alerts"));
  const now = new Date("2026-03-10T12:00:00Z");
  expect(createRenderer({ language: "en", now })(title)).toBe("2 alerts: “Credits: low”, “2 alerts”");
  expect(createRenderer({ language: "it", now })(title)).toBe("2 avvisi: “Credits: low”, “2 alerts”");
});
