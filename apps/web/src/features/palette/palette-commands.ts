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
import { messageOf } from "../../lib/errors.ts";
import { currentLanguage, LANGUAGES, setLanguage } from "../../lib/language.ts";
import { RANGE_KEYS } from "../../lib/shortcuts.ts";
import { text } from "../../lib/text/palette.ts";
import { text as usageText } from "../../lib/text/usage.ts";
import { setTheme, THEMES } from "../../lib/theme.ts";
import { trpc } from "../../lib/trpc.ts";
import { PAGES } from "../shell/rail-pages.ts";
import { describeSync } from "../usage/sync-button.tsx";
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

/** Outlives the palette: the outcome is announced wherever one is by then. */
function useSync() {
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  return trpc.sync.all.useMutation({
    onMutate: () => announce(usageText.sync.runningLive),
    onSuccess: (result) => announce(describeSync(result), result.status === "ok" ? "good" : "bad"),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: () => Promise.all([utils.stats.invalidate(), utils.keys.invalidate()]),
  });
}

/** Everything the palette can do, in the order it is shown. */
export function useCommandList(showShortcuts: () => void): Command[] {
  const router = useRouter();
  const sync = useSync();
  const { location } = router.state;
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
      run: () => void router.navigate({ to: "/keys", search: { add: true } }),
    },
    {
      group: words.deeds,
      label: words.issueToken,
      Icon: KeySquare,
      run: () => void router.navigate({ to: "/tokens", search: { issue: true } }),
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
      run: () => setLanguage(tag),
    })),
  ];
}
