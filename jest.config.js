/** ES modules, which Node can `require` by itself but Jest has to translate. */
const modules = 'node_modules/hyparquet(?:-writer)?/';

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  transform: { '^.+\\.ts$': '@swc/jest', [`/${modules}.+\\.js$`]: '@swc/jest' },
  transformIgnorePatterns: [`^(?!.*/${modules}).*/node_modules/`],
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testTimeout: 60_000,
  maxWorkers: 2,
};
