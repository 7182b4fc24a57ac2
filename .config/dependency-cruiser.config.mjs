// The layers of the grader, from the left. A layer imports from those to its left; those that
// stand in one place are blind to each other. Type-only imports count like any other.
const layers = [
  ['model'],
  ['wire', 'run', 'report'],
  ['cell', 'lab'],
  ['course'],
  ['grade'],
  ['live'],
  ['batch', 'release'],
  ['pull', 'kits'],
  ['commands'],
];

const test = String.raw`\.test\.ts$`;
const labApi = String.raw`^grader/lab/index\.ts$`;
const proofs = '^solutions/[^/]+/proofs/';
const studentProgram = String.raw`^labs/[^/]+/([^/]+)/(\1|server)\.[cm]?[jt]s$`;

const layerRules = layers.flatMap((names, place) => {
  const left = layers.slice(0, place).flat();
  return names.map((name) => ({
    name: `layer-${name}`,
    comment: `${name} may import only from: ${left.join(', ') || 'nothing else of the grader'}`,
    severity: 'error',
    from: { path: `^grader/${name}/`, pathNot: test },
    to: { path: '^grader/', pathNot: [name, ...left].map((allowed) => `^grader/${allowed}/`) },
  }));
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layerRules,
    {
      name: 'layer-cli',
      comment: 'cli.ts stands on the right of all layers, and imports neither tests nor the bench',
      severity: 'error',
      from: { path: String.raw`^grader/(cli\.ts|launch\.mjs)$` },
      to: { path: '^grader/(testing|bench)/' },
    },
    {
      name: 'known-layers',
      comment: 'every file of the grader belongs to a layer: name a new one here and in design',
      severity: 'error',
      from: {
        path: '^grader/',
        pathNot: [
          test,
          String.raw`^grader/(cli\.ts|launch\.mjs)$`,
          `^grader/(${[...layers.flat(), 'testing', 'bench'].join('|')})/`,
        ],
      },
      to: {},
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'a test is imported by nothing',
      severity: 'error',
      from: {},
      to: { path: test },
    },
    {
      name: 'no-labs-in-the-grader',
      comment: 'labs and solutions are loaded from disk, so that a new lab touches no grader file',
      severity: 'error',
      from: { path: '^grader/', pathNot: [test, '^grader/(testing|bench)/'] },
      to: { path: '^(labs|solutions)/' },
    },
    {
      name: 'no-dev-dependencies-in-the-product',
      comment: 'what the grader needs at run time belongs in dependencies',
      severity: 'error',
      from: { path: '^grader/', pathNot: [test, '^grader/(testing|bench)/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'labs-speak-the-vocabulary',
      comment: 'a lab imports grader/lab/index.ts and its own files, nothing else',
      severity: 'error',
      from: { path: '^labs/([^/]+)/', pathNot: studentProgram },
      to: { pathNot: ['^labs/$1/', labApi] },
    },
    {
      name: 'labs-never-import-a-program',
      comment: "a student's program runs in a process of its own",
      severity: 'error',
      from: { path: '^labs/', pathNot: studentProgram },
      to: { path: studentProgram },
    },
    {
      name: 'starters-stand-alone',
      comment: 'a starter imports Node itself and files of its own folder',
      severity: 'error',
      from: { path: studentProgram },
      to: { dependencyTypesNot: ['core'], pathNot: '^labs/[^/]+/$1/' },
    },
    {
      name: 'solutions-stand-alone',
      comment: 'a worked solution imports Node itself and nothing else',
      severity: 'error',
      from: { path: '^solutions/', pathNot: proofs },
      to: { dependencyTypesNot: ['core'] },
    },
    {
      name: 'proofs-speak-the-vocabulary',
      comment: 'proofs import grader/lab/index.ts and each other, nothing else',
      severity: 'error',
      from: { path: '^solutions/([^/]+)/proofs/' },
      to: { pathNot: ['^solutions/$1/proofs/', labApi] },
    },
    {
      name: 'no-cycles',
      comment: 'a cycle has no left and no right',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-catch-all-names',
      comment: 'a file does one step and is named for it',
      severity: 'error',
      from: {},
      to: {
        path: ['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'service'].map(
          (name) => String.raw`^(?:grader|labs)/.*\b${name}(?:/|\.ts$)`,
        ),
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: [
        '^grader/testing/submissions/',
        '^(labs|solutions)/.*/web/',
        '^solutions/[^/]+/proofs/programs/',
      ],
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'types', 'default'],
    },
  },
};
