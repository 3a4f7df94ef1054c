import {
  Bell,
  Building2,
  ChartColumn,
  ChartSpline,
  History,
  KeyRound,
  KeySquare,
  type LucideIcon,
  UsersRound,
} from "lucide-react";

type RailName = "dashboard" | "explore" | "keys" | "accounts" | "alerts" | "tokens" | "team" | "jobs";

interface RailPage {
  to: `/${RailName}`;
  /** Key of the label in `common.nav`. */
  name: RailName;
  Icon: LucideIcon;
  /** Keeps the range and filters of the other usage page. */
  isUsage?: boolean;
  /** On phones, it is in the account panel, because the bar has space for five. */
  isSecond?: boolean;
}

export const PAGES: RailPage[] = [
  { to: "/dashboard", name: "dashboard", Icon: ChartColumn, isUsage: true },
  { to: "/explore", name: "explore", Icon: ChartSpline, isUsage: true },
  { to: "/keys", name: "keys", Icon: KeyRound },
  { to: "/accounts", name: "accounts", Icon: Building2, isSecond: true },
  { to: "/alerts", name: "alerts", Icon: Bell },
  { to: "/tokens", name: "tokens", Icon: KeySquare, isSecond: true },
  { to: "/team", name: "team", Icon: UsersRound, isSecond: true },
  { to: "/jobs", name: "jobs", Icon: History, isSecond: true },
];

/** Classes of an entry of the rail. */
export const ICON = "size-5 shrink-0 lg:size-4";
export const LABEL = "sm:sr-only lg:not-sr-only";
