import type { ReactNode } from "react";
import { UsersSkeleton } from "../features/admin/users-skeleton.tsx";
import { AlertsSkeleton } from "../features/alerts/alerts-skeleton.tsx";
import { FirstLogin } from "../features/auth/first-login.tsx";
import { FirstRegister } from "../features/auth/first-register.tsx";
import { DashboardSkeleton } from "../features/dashboard/dashboard-skeleton.tsx";
import { JobsSkeleton } from "../features/jobs/jobs-skeleton.tsx";
import { KeysSkeleton } from "../features/keys/keys-skeleton.tsx";
import { ProfileSkeleton } from "../features/profile/profile-skeleton.tsx";
import { StatsSkeleton } from "../features/stats/stats-skeleton.tsx";
import { TokensSkeleton } from "../features/tokens/tokens-skeleton.tsx";
import { FirstFrame } from "./shell/first-frame.tsx";

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
