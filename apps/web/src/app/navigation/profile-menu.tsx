import { CircleUserRound } from "lucide-react";
import { type ComponentProps, useEffect, useState } from "react";
import { Disclosure } from "../../components/ui/disclosure.tsx";
import type { User } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { ProfilePanel } from "./profile-panel.tsx";
import { ACCOUNT, ICON, LABEL } from "./rail-look.ts";

// Loaded when asked for: most visits never open it.
const loadPanel = () => import("./profile-panel.tsx");

export function ProfileMenu({ user }: { user: User }) {
  const t = useTexts("common");
  return (
    <Disclosure
      className="flex sm:mt-auto"
      place="right-1 bottom-full mb-2 w-64 sm:right-auto sm:left-0"
      button={(props) => (
        <button type="button" {...props} onPointerEnter={() => void loadPanel()} title={user.email} className={ACCOUNT}>
          <CircleUserRound aria-hidden className={ICON} />
          <span className={LABEL}>{t.common.nav.account}</span>
        </button>
      )}
    >
      {(close) => <LatePanel user={user} onLeave={close} />}
    </Disclosure>
  );
}

/** Not `lazy`: a Suspense boundary would hold an empty panel for a third of a second. */
function LatePanel(props: ComponentProps<typeof ProfilePanel>) {
  const [Panel, setPanel] = useState<typeof ProfilePanel | null>(null);
  useEffect(() => {
    void loadPanel().then((loaded) => setPanel(() => loaded.ProfilePanel));
  }, []);
  return Panel ? <Panel {...props} /> : <div className="h-44" />;
}
