import type { ReactNode } from "react";
import { FirstLogin } from "./account/first-login.tsx";
import { FirstRegister } from "./account/first-register.tsx";
import { AlertsSkeleton } from "./alerts/alerts-skeleton.tsx";
import { JobsSkeleton } from "./jobs/jobs-skeleton.tsx";
import { KeysSkeleton } from "./keys/keys-skeleton.tsx";
import { ProfileSkeleton } from "./profile/profile-skeleton.tsx";
import { FirstFrame } from "./shell/first-frame.tsx";
import { StatsSkeleton } from "./stats/stats-skeleton.tsx";
import { TokensSkeleton } from "./tokens/tokens-skeleton.tsx";
import { DashboardSkeleton } from "./usage/dashboard-skeleton.tsx";
import { UsersSkeleton } from "./users/users-skeleton.tsx";

const inside = (page: string, body: ReactNode) => ({ [page]: <FirstFrame page={page}>{body}</FirstFrame> });

/** What is sent of each page, for the time until its scripts have run. */
export const FIRST: Record<string, ReactNode> = {
  login: <FirstLogin />,
  register: <FirstRegister />,
  ...inside("dashboard", <DashboardSkeleton />),
  ...inside("keys", <KeysSkeleton />),
  ...inside("stats", <StatsSkeleton />),
  ...inside("alerts", <AlertsSkeleton />),
  ...inside("tokens", <TokensSkeleton />),
  ...inside("jobs", <JobsSkeleton />),
  ...inside("profile", <ProfileSkeleton />),
  ...inside("users", <UsersSkeleton />),
};
