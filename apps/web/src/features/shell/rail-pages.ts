import { Bell, ChartColumn, History, KeyRound, KeySquare, type LucideIcon, Table2 } from "lucide-react";
import { text } from "../../lib/text.ts";

export interface RailPage {
  to: "/dashboard" | "/stats" | "/keys" | "/alerts" | "/tokens" | "/jobs";
  label: string;
  Icon: LucideIcon;
  /** Takes range and filters along from the other page of usage. */
  isUsage?: boolean;
  /** On a phone it stands in the account panel: the bar has room for five. */
  isSecond?: boolean;
}

export const PAGES: RailPage[] = [
  { to: "/dashboard", label: text.nav.dashboard, Icon: ChartColumn, isUsage: true },
  { to: "/stats", label: text.nav.stats, Icon: Table2, isUsage: true },
  { to: "/keys", label: text.nav.keys, Icon: KeyRound },
  { to: "/alerts", label: text.nav.alerts, Icon: Bell },
  { to: "/tokens", label: text.nav.tokens, Icon: KeySquare, isSecond: true },
  { to: "/jobs", label: text.nav.jobs, Icon: History, isSecond: true },
];
