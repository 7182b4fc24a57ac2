import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Each list below is named for the rule of the house that it keeps. ESLint replaces a rule's
// options and never merges them, so a place that is let off one list names those it keeps.

const theProcess = ['argv', 'env', 'exitCode'].map((property) => ({
  object: 'process',
  property,
  message: 'Only cli.ts reads arguments and environment, or sets the exit code. Pass values in.',
}));

const clocksAndRandomness = [
  { object: 'Date', property: 'now', message: 'Clocks are arguments.' },
  { object: 'Math', property: 'random', message: 'Randomness comes from the seed.' },
];

const moduleMocks = ['mock', 'doMock', 'setMock', 'unstable_mockModule'].map((property) => ({
  object: 'jest',
  property,
  message: 'Pass collaborators in. Tests run real processes, sockets and files.',
}));

const newDate = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'Clocks are arguments.',
};

const defaultExports = [
  'ExportDefaultDeclaration',
  "ExportNamedDeclaration > ExportSpecifier[exported.name='default']",
].map((selector) => ({ selector, message: "Only a lab's own files export default." }));

const barrels = ['ExportAllDeclaration', 'ExportNamedDeclaration[source]'].map((selector) => ({
  selector,
  message: 'The one barrel is grader/lab/index.ts. Import from the file that declares it.',
}));

const processByName = {
  paths: ['process', 'node:process'].map((name) => ({
    name,
    importNames: ['argv', 'env', 'exitCode'],
    message: 'Only cli.ts reads arguments and environment, or sets the exit code.',
  })),
};

const studentPrograms = ['labs/*/*/*.ts', 'solutions/**/*.ts'];
const labFiles = ['labs/*/lab.ts', 'labs/*/*/checks.ts'];
const proofFiles = ['solutions/*/proofs/*.ts'];
const scripts = ['**/*.mjs', '**/*.cjs'];

export default defineConfig(
  globalIgnores([
    'coverage/',
    '.wiregrade/',
    'labs/**/web/',
    'solutions/**/web/',
    'solutions/*/proofs/programs/',
    'grader/testing/misbehaving/programs/',
  ]),
  // A suppression comment has no effect, and is reported.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: `${import.meta.dirname}/..` },
    },
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/max-params': ['error', { max: 3 }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: false },
      ],
      // Facts are declared as type aliases, so that unions and records read alike.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/*.ts', '**/*.mjs', '**/*.cjs'],
    rules: {
      eqeqeq: 'error',
      // What comes off the wire is searched for control characters.
      'no-control-regex': 'off',
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      'no-console': 'error',
      'no-restricted-imports': ['error', processByName],
      'no-restricted-properties': ['error', ...theProcess, ...clocksAndRandomness, ...moduleMocks],
      'no-restricted-syntax': ['error', newDate, ...defaultExports, ...barrels],
    },
  },
  {
    // A parser is where a type is claimed for data from outside.
    files: ['**/parse.ts', '**/parse-*.ts', '**/parser.ts', '**/*-parser.ts'],
    rules: { '@typescript-eslint/consistent-type-assertions': 'off' },
  },
  {
    // Jest types its own matchers, `expect.any(Number)` and the like, as `any`.
    files: ['**/*.test.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    files: ['grader/lab/index.ts'],
    rules: { 'no-restricted-syntax': ['error', newDate, ...defaultExports] },
  },
  {
    files: ['grader/commands/**', 'grader/cli.ts'],
    rules: {
      'no-console': 'off',
      'no-restricted-properties': ['error', ...theProcess, ...moduleMocks],
      'no-restricted-syntax': ['error', ...defaultExports, ...barrels],
    },
  },
  {
    files: ['grader/cli.ts'],
    rules: {
      'no-restricted-imports': 'off',
      'no-restricted-properties': ['error', ...moduleMocks],
    },
  },
  {
    files: ['grader/bench/**', 'grader/testing/**', ...studentPrograms],
    rules: {
      'no-console': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-properties': ['error', ...moduleMocks],
      'no-restricted-syntax': ['error', ...defaultExports, ...barrels],
    },
  },
  {
    // A starter has parameters that nobody uses yet, and functions that only throw.
    files: ['labs/*/*/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: labFiles,
    rules: {
      'no-console': 'error',
      'no-restricted-imports': ['error', processByName],
      'no-restricted-properties': ['error', ...theProcess, ...clocksAndRandomness, ...moduleMocks],
      'no-restricted-syntax': ['error', newDate, ...barrels],
      '@typescript-eslint/no-unused-vars': 'error',
    },
  },
  {
    files: proofFiles,
    rules: { 'no-restricted-syntax': ['error', newDate, ...barrels] },
  },
  {
    files: scripts,
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        URL: 'readonly',
        console: 'readonly',
        module: 'readonly',
        performance: 'readonly',
        process: 'readonly',
      },
    },
    rules: {
      'no-console': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-syntax': 'off',
    },
  },
);
