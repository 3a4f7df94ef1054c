/** Model name of spend that is known from counters but not included in analytics. */
export const UNATTRIBUTED = "(unattributed)";

/** The stored name of a model. A response must not use the reserved name. */
export const toModelName = (model: string): string => (model === "" || model === UNATTRIBUTED ? "(unknown)" : model);
