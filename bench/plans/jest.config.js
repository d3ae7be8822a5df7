/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  roots: ['<rootDir>/bench/plans'],
  testMatch: ['**/*.bench.ts'],
  testTimeout: 3_600_000,
};
