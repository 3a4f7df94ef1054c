// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
declare const catalog: {
  title: string;
  field: string;
  none: string;
  found: (args: { count: number }) => string;
  pages: string;
  actions: string;
  teams: string;
  switchTo: (args: { team: string }) => string;
  range: string;
  display: string;
  goTo: (args: { page: string }) => string;
  addKey: string;
  createToken: string;
  share: string;
  sync: string;
  shortcuts: string;
  days: (args: { count: number }) => string;
  theme: (args: { theme: string }) => string;
  language: (args: { name: string }) => string;
  list: {
    palette: string;
    help: string;
    range: (args: { count: number }) => string;
    chart: string;
    click: string;
    legend: string;
    close: string;
    note: string;
    off: string;
  };
};
export default catalog;
