import { translated } from "../language.ts";
import { text as shared } from "../text.ts";

/** The palette of commands and the list of shortcuts. */
export const en = {
  palette: {
    title: "Commands",
    field: "Type a command",
    none: "No command matches.",
    found: (count: number) => (count === 1 ? "1 command" : `${count} commands`),
    pages: "Go to",
    deeds: "Do",
    range: "Range",
    display: "Display",
    goTo: (page: string) => `Go to ${page}`,
    addKey: "Add key",
    issueToken: "Issue API token",
    sync: "Sync now",
    shortcuts: "Keyboard shortcuts",
    days: (count: number) => `Last ${count} days`,
    theme: (theme: string) => `Theme: ${theme}`,
    language: (name: string) => `Language: ${name}`,
  },
  shortcuts: {
    title: "Keyboard shortcuts",
    palette: "Open the commands",
    help: "Show this list",
    range: (count: number) => `Show the last ${count} days, on Dashboard and Statistics`,
    chart: "Move from day to day, in a chart",
    click: "click",
    legend: "Leave one series out, in the legend of a chart",
    close: "Close what is open",
    note: "Single keys do nothing while you type in a field. They can be switched off in Profile.",
    off: "Single keys are switched off; Profile switches them on.",
  },
};

export const text = { ...shared, ...translated("palette", en) };
