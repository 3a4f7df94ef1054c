/** Model of what counters know and analytics does not show. */
export const UNATTRIBUTED = "(unattributed)";

/** A model's name as stored: no response may take the name of what only counters know. */
export const toModelName = (model: string): string => (model === "" || model === UNATTRIBUTED ? "(unknown)" : model);
