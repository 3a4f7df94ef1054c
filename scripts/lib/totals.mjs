/** Tests passed and failed by vitest's JSON report. A file that could not even be loaded is one failed test. */
export function countVitest(report) {
  if (!report) return { passed: 0, failed: 1 };
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/** As `countVitest`, by Playwright's JSON report. A test that passed at a second try has passed. */
export function countPlaywright(report) {
  if (!report) return { passed: 0, failed: 1 };
  const { expected, flaky, unexpected } = report.stats;
  return { passed: expected + flaky, failed: unexpected };
}

/** Titles of the tests that passed at their second try. */
export function listFlaky(report) {
  const inSuite = ({ file, title, specs = [], suites = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === "flaky"))
      .map((spec) => `${file ?? title} › ${spec.title}`),
    ...suites.flatMap(inSuite),
  ];
  return (report?.suites ?? []).flatMap(inSuite);
}

/** Coverage of lines and of branches, each one test. */
export function countCoverage(summary, wanted) {
  const percents = ["lines", "branches"].map((name) => summary?.total[name].pct ?? 0);
  const passed = percents.filter((percent) => percent >= wanted).length;
  return { passed, failed: percents.length - passed };
}

export const add = (...counts) => ({
  passed: counts.reduce((sum, { passed }) => sum + passed, 0),
  failed: counts.reduce((sum, { failed }) => sum + failed, 0),
});

/** One failure where a runner failed without a test that did. */
export const orItself = (counts, code) => (code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);
