import type { Texts } from "../all.ts";
import { alerts } from "./alerts.ts";
import { channels } from "./channels.ts";
import { forecast } from "./forecast.ts";
import { jobs } from "./jobs.ts";
import { keys } from "./keys.ts";
import { palette } from "./palette.ts";
import { profile } from "./profile.ts";
import { security } from "./security.ts";
import { fromServer } from "./server.ts";
import { shared } from "./shared.ts";
import { stats } from "./stats.ts";
import { tokens } from "./tokens.ts";
import { unsubscribe } from "./unsubscribe.ts";
import { usage } from "./usage.ts";

export const texts: Texts = {
  shared,
  usage,
  keys,
  stats,
  tokens,
  profile,
  jobs,
  palette,
  security,
  alerts,
  channels,
  forecast,
  unsubscribe,
  fromServer,
};
