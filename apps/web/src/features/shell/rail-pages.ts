import { ChartColumn, KeyRound, KeySquare, type LucideIcon } from "lucide-react";
import { text } from "../../lib/text.ts";

export interface RailPage {
  to: "/dashboard" | "/keys" | "/tokens";
  label: string;
  Icon: LucideIcon;
  /** On a phone it stands in the account panel: the bar has room for four. */
  isSecond?: boolean;
}

export const PAGES: RailPage[] = [
  { to: "/dashboard", label: text.nav.dashboard, Icon: ChartColumn },
  { to: "/keys", label: text.nav.keys, Icon: KeyRound },
  { to: "/tokens", label: text.nav.tokens, Icon: KeySquare, isSecond: true },
];
