import type { en as shared } from "../text.ts";
import type { en as alerts } from "./alerts.ts";
import type { en as channels } from "./channels.ts";
import type { en as forecast } from "./forecast.ts";
import type { en as jobs } from "./jobs.ts";
import type { en as keys } from "./keys.ts";
import type { en as palette } from "./palette.ts";
import type { en as profile } from "./profile.ts";
import type { en as security } from "./security.ts";
import type { en as stats } from "./stats.ts";
import type { en as tokens } from "./tokens.ts";
import type { en as unsubscribe } from "./unsubscribe.ts";
import type { en as usage } from "./usage.ts";

/** The shape of `T` with any other words: a text that is missing, or one too many, is an error of types. */
export type Translated<T> = T extends (...args: infer A) => string
  ? (...args: A) => string
  : T extends string
    ? string
    : { [K in keyof T]: Translated<T[K]> };

/** Everything the web app says; one such object is a language. A new file of texts is a line here. */
export interface Texts {
  shared: Translated<typeof shared>;
  usage: Translated<typeof usage>;
  keys: Translated<typeof keys>;
  stats: Translated<typeof stats>;
  tokens: Translated<typeof tokens>;
  profile: Translated<typeof profile>;
  jobs: Translated<typeof jobs>;
  palette: Translated<typeof palette>;
  /** Sentences of the server, as patterns, and what to say instead. */
  fromServer: readonly (readonly [english: RegExp, words: string])[];
  security: Translated<typeof security>;
  alerts: Translated<typeof alerts>;
  channels: Translated<typeof channels>;
  forecast: Translated<typeof forecast>;
  unsubscribe: Translated<typeof unsubscribe>;
}
