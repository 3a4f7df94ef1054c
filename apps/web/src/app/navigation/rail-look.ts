/** How the rail looks: here for the one that works, and for the one that is sent before it. */
export const RAIL =
  "fixed inset-x-0 bottom-0 z-30 flex h-16 items-stretch justify-around border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:inset-y-0 sm:right-auto sm:h-auto sm:w-16 sm:flex-col sm:justify-start sm:gap-1 sm:border-t-0 sm:border-r sm:p-3 lg:w-56 print:hidden";

export const BRAND = "mb-4 hidden h-9 items-center gap-2.5 px-1.5 text-base font-semibold tracking-tight sm:flex";

export const COMMANDS =
  "mb-2 hidden h-9 shrink-0 items-center justify-center gap-2 rounded-control border border-line text-muted hover:bg-sunken hover:text-ink sm:flex lg:justify-start lg:px-3";

export const PAGE =
  "min-w-14 flex-col items-center justify-center gap-0.5 rounded-control text-caption font-medium text-muted hover:bg-sunken hover:text-ink data-[status=active]:text-accent sm:h-10 sm:min-w-0 sm:flex-row sm:data-[status=active]:bg-accent-soft lg:justify-start lg:gap-3 lg:px-3 lg:text-body";

export const ACCOUNT =
  "flex min-w-20 flex-col items-center justify-center gap-0.5 rounded-control text-caption font-medium text-muted hover:bg-sunken hover:text-ink sm:h-10 sm:w-full sm:min-w-0 sm:flex-row lg:justify-start lg:gap-3 lg:px-3 lg:text-body";

export const ICON = "size-5 shrink-0 lg:size-4";
export const LABEL = "sm:sr-only lg:not-sr-only";
