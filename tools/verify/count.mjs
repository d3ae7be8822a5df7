// Counts what Jest's JSON report says, test by test.

import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * @typedef {{status: string, fullName: string}} Assertion
 * @typedef {{name: string, status: string, message: string, assertionResults: Assertion[]}} Suite
 */

/**
 * @param {string} file Jest's `--outputFile`
 * @param {string} root paths are named relative to it
 * @returns {{passed: number, failed: string[], skipped: string[]}} a suite that could not run is one failure
 */
export function countTests(file, root) {
  if (!existsSync(file)) return { passed: 0, failed: ['jest left no report'], skipped: [] };
  /** @type {{testResults: Suite[]}} */
  const report = JSON.parse(readFileSync(file, 'utf8'));
  /** @type {{passed: number, failed: string[], skipped: string[]}} */
  const counts = { passed: 0, failed: [], skipped: [] };
  for (const suite of report.testResults) countSuite(suite, relative(root, suite.name), counts);
  if (report.testResults.length === 0) counts.failed.push('jest found no tests');
  return counts;
}

/**
 * @param {Suite} suite
 * @param {string} path
 * @param {{passed: number, failed: string[], skipped: string[]}} counts
 */
function countSuite(suite, path, counts) {
  const failedBefore = counts.failed.length;
  for (const { status, fullName } of suite.assertionResults) {
    const title = `${path}: ${fullName}`;
    if (status === 'passed') counts.passed += 1;
    else if (status === 'failed') counts.failed.push(title);
    else counts.skipped.push(/\[skipped: /.test(fullName) ? title : `${title} (${status}, no reason given)`);
  }
  if (suite.status === 'failed' && counts.failed.length === failedBefore) {
    counts.failed.push(`${path}: ${suite.message.trim().split('\n')[0] || 'could not run'}`);
  }
}
