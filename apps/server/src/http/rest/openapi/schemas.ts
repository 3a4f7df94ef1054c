interface Property {
  description?: string;
  pattern?: string;
  anyOf?: Property[];
}

/** The pattern of amounts. */
const MONEY = "^-?\\d+\\.\\d{2,9}$";

/**
 * Completes the descriptions of the properties of all schemas in a value, which it changes. In the generated schemas, a property that may be
 * `null` has its description inside of `anyOf`, where generated clients and documentation do not show it. Amounts get their unit.
 */
export function completeDescriptions(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const { properties = {} } = value as { properties?: Record<string, Property> };
  for (const property of Object.values(properties)) {
    const inner = property.anyOf?.find(({ description }) => description);
    if (inner) {
      property.description ??= inner.description as string;
      delete inner.description;
    }
    const isMoney = [property, ...(property.anyOf ?? [])].some(({ pattern }) => pattern === MONEY);
    if (isMoney && property.description && !property.description.includes("USD"))
      property.description += " In USD, as a decimal string.";
  }
  for (const inner of Object.values(value)) completeDescriptions(inner);
}
