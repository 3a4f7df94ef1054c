/** The vendor of a model in SQL: the part before the slash, or the whole name without one. */
export const vendorOf = (model: string): string =>
  `iif(instr(${model}, '/') > 1, substr(${model}, 1, instr(${model}, '/') - 1), ${model})`;
