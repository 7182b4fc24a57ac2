// As the project's own tests are run, but for the one suite that the bench measures.
import base from '../../../.config/jest.config.mjs';

/** @type {import('jest').Config} */
export default {
  ...base,
  rootDir: '../../..',
  testMatch: ['<rootDir>/grader/bench/jest/*.suite.ts'],
};
