import { expect, test } from "vitest";
import { toItalian } from "./italian.ts";
import { type NoticeItem, OF_NO_KEY } from "./notices.ts";
import { titleOf, titleOfStored } from "./title.ts";

const item = (event: "alert" | "recovery" | "rule", key: string | null, text = `${event} of ${key}`): NoticeItem => ({
  ...OF_NO_KEY,
  event,
  key_name: key,
  rule_name: "my rule",
  text,
});
const alerts = (...keys: string[]) => keys.map((key) => item("alert", key));

test("one item is its own title, and several are counted with the keys they are about", () => {
  expect(titleOf([])).toBe("");
  expect(titleOf(alerts("shop"))).toBe("alert of shop");
  expect(titleOf(alerts("shop", "lab"))).toBe("2 alerts: “shop”, “lab”");
  expect(titleOf(alerts("a", "b", "c", "d"))).toBe("4 alerts: “a”, “b”, “c”, …");
  expect(titleOf([item("alert", null, "x"), item("alert", null, "y")])).toBe("2 alerts: “my rule”");
  expect(titleOf([item("recovery", "a"), item("recovery", "b")])).toBe("2 alerts resolved: “a”, “b”");
  expect(titleOf([item("rule", "a"), item("rule", "b")])).toBe("2 rules lost a key: “a”, “b”");
});

test("different events are counted apart, alerts first", () => {
  expect(titleOf([item("rule", "a"), item("recovery", "b"), ...alerts("c", "d")])).toBe(
    "2 alerts, 1 alert resolved, 1 rule lost a key",
  );
});

test("two rules that say the same of a key are one thing", () => {
  expect(titleOf([item("alert", "shop", "same"), item("alert", "shop", "same")])).toBe("same");
});

test("titles of earlier versions, which repeat the first item, are replaced", () => {
  const items = alerts("shop", "lab", "app");
  expect(titleOfStored("alert of shop And 2 more.", items)).toBe("3 alerts: “shop”, “lab”, “app”");
  expect(titleOfStored("3 messages were held back.", items)).toBe("3 messages were held back.");
  expect(titleOfStored("alert of shop", alerts("shop"))).toBe("alert of shop");
});

test("titles have their Italian, with names as they are", () => {
  expect(toItalian("2 alerts: “Credits: low”, “lab”")).toBe("2 avvisi: “Credits: low”, “lab”");
  expect(toItalian("1 alert, 1 alert resolved, 1 rule lost a key")).toBe(
    "1 avviso, 1 avviso rientrato, 1 regola ha perso una chiave",
  );
  expect(toItalian("2 alerts, 3 alerts resolved, 2 rules lost a key")).toBe(
    "2 avvisi, 3 avvisi rientrati, 2 regole hanno perso una chiave",
  );
});
