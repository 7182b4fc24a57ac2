/** @type {import('jest').Config} */
export default {
  rootDir: '..',
  testMatch: ['<rootDir>/grader/**/*.test.ts'],
  testEnvironment: 'node',
  testTimeout: 60_000,
  // Tests start servers of their own; more workers would only make them wait for each other.
  maxWorkers: 2,
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript' },
          transform: { verbatimModuleSyntax: true },
        },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/node_modules/.cache/', '<rootDir>/.wiregrade/'],
};
