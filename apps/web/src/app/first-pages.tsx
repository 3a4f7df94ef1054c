import type { ReactNode } from "react";
import { FirstLogin } from "../features/auth/first-login.tsx";
import { FirstRegister } from "../features/auth/first-register.tsx";
import { DashboardSkeleton } from "../features/dashboard/dashboard-skeleton.tsx";
import {
  AlertsSkeleton,
  JobsSkeleton,
  KeysSkeleton,
  ProfileSkeleton,
  StatsSkeleton,
  TokensSkeleton,
  UsersSkeleton,
} from "./page-skeletons.tsx";
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
