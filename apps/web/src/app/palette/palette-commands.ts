import { useRouter } from "@tanstack/react-router";
import {
  CalendarDays,
  CircleUserRound,
  Keyboard,
  KeyRound,
  KeySquare,
  Languages,
  type LucideIcon,
  Plus,
  RefreshCw,
  Share2,
  SunMoon,
  UsersRound,
} from "lucide-react";
import { useSyncAll } from "../../components/sync-button.tsx";
import { useCurrentUser, usePermission } from "../../lib/api/permission.ts";
import { teamName } from "../../lib/api/team-name.ts";
import { RANGE_KEYS } from "../../lib/browser/shortcuts.ts";
import { setTheme, THEMES } from "../../lib/browser/theme.ts";
import { chooseLanguage, LANGUAGES, useLanguage, useTexts } from "../../lib/i18n/i18n.ts";
import { sharedSearch } from "../../lib/search/dashboard-search.ts";
import { OPENED_HERE } from "../../lib/search/opened-here.ts";
import { pageInTeam } from "../../lib/search/team-search.ts";
import { PAGES } from "../navigation/rail-pages.ts";
import { rangeTarget } from "./lookup.ts";

export type PanelName = "palette" | "shortcuts";

export interface PanelProps {
  onClose: () => void;
  onOpen: (panel: PanelName) => void;
}

export interface PaletteCommand {
  group: string;
  label: string;
  /** If the label may not be unique. */
  id?: string;
  Icon: LucideIcon;
  /** The equivalent shortcut. */
  hint?: string;
  run: () => void;
}

/** All commands of the palette, in order. */
export function useCommandList(showShortcuts: () => void): PaletteCommand[] {
  const t = useTexts("palette");
  const router = useRouter();
  const sync = useSyncAll();
  const language = useLanguage();
  const account = useCurrentUser();
  const mayEdit = usePermission("edit");
  const mayManageKeys = usePermission("manageKeys");
  const mayShare = usePermission("manageMembers");
  const { location } = router.state;
  const over = (page: string) => (location.pathname === page ? { state: OPENED_HERE } : {});
  return [
    ...PAGES.map(({ to, name, Icon, isUsage }) => ({
      group: t.palette.pages,
      label: t.palette.goTo({ page: t.common.nav[name] }),
      Icon,
      run: () => void router.navigate({ to, search: isUsage ? sharedSearch(location.search) : {} }),
    })),
    {
      group: t.palette.pages,
      label: t.palette.goTo({ page: t.common.nav.profile }),
      Icon: CircleUserRound,
      run: () => void router.navigate({ to: "/profile" }),
    },
    ...(mayEdit
      ? [{ group: t.palette.actions, label: t.palette.sync, Icon: RefreshCw, run: () => sync.mutate() }]
      : []),
    ...(mayManageKeys
      ? [
          {
            group: t.palette.actions,
            label: t.palette.addKey,
            Icon: KeyRound,
            run: () => void router.navigate({ to: "/keys", search: { add: true }, ...over("/keys") }),
          },
          {
            group: t.palette.actions,
            label: t.palette.createToken,
            Icon: KeySquare,
            run: () => void router.navigate({ to: "/tokens", search: { issue: true }, ...over("/tokens") }),
          },
        ]
      : []),
    ...(mayShare
      ? [
          {
            group: t.palette.actions,
            label: t.palette.share,
            Icon: Share2,
            run: () => void router.navigate({ to: "/team", search: { part: "shares", share: true }, ...over("/team") }),
          },
        ]
      : []),
    { group: t.palette.actions, label: t.palette.shortcuts, Icon: Keyboard, hint: "?", run: showShortcuts },
    ...(account?.teams ?? [])
      .filter(({ id }) => id !== account?.team.id)
      .map((team) => ({
        group: t.palette.teams,
        label: t.palette.switchTo({ team: teamName(team, t) }),
        // Two teams may have the same name.
        id: `team ${team.id}`,
        Icon: UsersRound,
        run: () => window.location.assign(pageInTeam(location.pathname, team.id)),
      })),
    {
      group: t.palette.teams,
      label: t.common.team.new,
      Icon: Plus,
      run: () => void router.navigate({ to: "/team", search: { new: true }, ...over("/team") }),
    },
    ...Object.entries(RANGE_KEYS).map(([hint, days]) => ({
      group: t.palette.range,
      label: t.palette.days({ count: days }),
      Icon: CalendarDays,
      hint,
      run: () => void router.navigate(rangeTarget({ location, days }).to),
    })),
    ...THEMES.map((theme) => ({
      group: t.palette.display,
      label: t.palette.theme({ theme: t.common.theme[theme] }),
      Icon: SunMoon,
      run: () => setTheme(theme),
    })),
    ...LANGUAGES.filter(({ tag }) => tag !== language).map(({ tag, name }) => ({
      group: t.palette.display,
      label: t.palette.language({ name }),
      Icon: Languages,
      run: () => void chooseLanguage(tag),
    })),
  ];
}
