// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { number, plural } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
export default {
  title: "Commands",
  field: "Type a command",
  none: "No matching commands.",
  found: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " command", other: number("en", d.count, 0) + " commands" }),
  pages: "Go to",
  actions: "Actions",
  teams: "Teams",
  switchTo: (d) => "Switch to " + d.team,
  range: "Date range",
  display: "Display",
  goTo: (d) => "Go to " + d.page,
  addKey: "Add key",
  createToken: "Create API token",
  share: "Share dashboard",
  sync: "Sync now",
  shortcuts: "Keyboard shortcuts",
  days: (d) => "Last " + plural(d.count, 0, en, { one: number("en", d.count, 0) + " day", other: number("en", d.count, 0) + " days" }),
  theme: (d) => "Theme: " + d.theme,
  language: (d) => "Language: " + d.name,
  list: {
    palette: "Open commands",
    help: "Show keyboard shortcuts",
    range: (d) => "Show the last " + plural(d.count, 0, en, { one: number("en", d.count, 0) + " day", other: number("en", d.count, 0) + " days" }) + " (Dashboard and Statistics)",
    chart: "Move between days (in a chart)",
    click: "click",
    legend: "Hide a series (in a chart legend)",
    close: "Close the open dialog or menu",
    note: "Single-key shortcuts are ignored while you type in a field. Turn them off in your profile.",
    off: "Single-key shortcuts are turned off. Turn them on in your profile."
  }
}
