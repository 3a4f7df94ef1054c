import { useRouter } from "@tanstack/react-router";
import {
  CalendarDays,
  CircleUserRound,
  Keyboard,
  KeyRound,
  KeySquare,
  Languages,
  type LucideIcon,
  RefreshCw,
  SunMoon,
} from "lucide-react";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { sharedSearch } from "../../lib/dashboard-search.ts";
import { currentLanguage, LANGUAGES, setLanguage } from "../../lib/language.ts";
import { OPENED_HERE } from "../../lib/opened-here.ts";
import { RANGE_KEYS } from "../../lib/shortcuts.ts";
import { text } from "../../lib/text/palette.ts";
import { setTheme, THEMES } from "../../lib/theme.ts";
import { PAGES } from "../shell/rail-pages.ts";
import { useSyncAll } from "../usage/use-sync-all.ts";
import { rangeTarget } from "./range-target.ts";

const words = text.palette;

export interface Command {
  group: string;
  label: string;
  Icon: LucideIcon;
  /** The key that does the same. */
  hint?: string;
  run: () => void;
}

/** Everything the palette can do, in the order it is shown. */
export function useCommandList(showShortcuts: () => void): Command[] {
  const router = useRouter();
  const sync = useSyncAll();
  const announce = useAnnounce();
  const { location } = router.state;
  const over = (page: string) => (location.pathname === page ? { state: OPENED_HERE } : {});
  return [
    ...PAGES.map(({ to, label, Icon, isUsage }) => ({
      group: words.pages,
      label: words.goTo(label),
      Icon,
      run: () => void router.navigate({ to, search: isUsage ? sharedSearch(location.search) : {} }),
    })),
    {
      group: words.pages,
      label: words.goTo(text.nav.profile),
      Icon: CircleUserRound,
      run: () => void router.navigate({ to: "/profile" }),
    },
    { group: words.deeds, label: words.sync, Icon: RefreshCw, run: () => sync.mutate() },
    {
      group: words.deeds,
      label: words.addKey,
      Icon: KeyRound,
      run: () => void router.navigate({ to: "/keys", search: { add: true }, ...over("/keys") }),
    },
    {
      group: words.deeds,
      label: words.issueToken,
      Icon: KeySquare,
      run: () => void router.navigate({ to: "/tokens", search: { issue: true }, ...over("/tokens") }),
    },
    { group: words.deeds, label: words.shortcuts, Icon: Keyboard, hint: "?", run: showShortcuts },
    ...Object.entries(RANGE_KEYS).map(([hint, days]) => ({
      group: words.range,
      label: words.days(days),
      Icon: CalendarDays,
      hint,
      run: () => void router.navigate(rangeTarget({ location, days }).to),
    })),
    ...THEMES.map((theme) => ({
      group: words.display,
      label: words.theme(text.theme[theme]),
      Icon: SunMoon,
      run: () => setTheme(theme),
    })),
    ...LANGUAGES.filter(({ tag }) => tag !== currentLanguage()).map(({ tag, name }) => ({
      group: words.display,
      label: words.language(name),
      Icon: Languages,
      run: () => setLanguage(tag) || announce(text.languageNotKept, "bad"),
    })),
  ];
}
