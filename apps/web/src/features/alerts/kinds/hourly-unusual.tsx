import { defineRuleKind } from "./define.tsx";
import { unusual } from "./unusual.tsx";

/** Its terms are those of unusual spend in a day. */
export const hourlyUnusual = defineRuleKind({ ...unusual, kind: "hourly_unusual" });
