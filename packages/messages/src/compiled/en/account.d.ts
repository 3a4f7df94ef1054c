// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  account_changed_title: (args: { change: string }) => string;
  account_changed: (args: { change: string; origin: string; origin_address: string | number; has_origin_device: string; origin_device: string | number }) => string;
};
export default catalog;
