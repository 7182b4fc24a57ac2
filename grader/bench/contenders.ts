import { fileURLToPath } from 'node:url';
import type { Cost } from './measure.ts';

/** The stages of the floor: all but athome, which waits for the clock. */
export const STAGES = [
  'echo_server',
  'http_serve1',
  'http_serve2',
  'http_serve3',
  'http_serve4',
  'http_serve5',
];

const ONE_STAGE = 'http_serve2';

/** A command that is measured. */
export interface Contender {
  readonly name: string;
  readonly command: readonly string[];
}

/** What of two contenders is compared; `than` is undefined where the value speaks for itself. */
export interface Comparison {
  readonly title: string;
  readonly of: Contender;
  readonly than?: Contender;
  readonly value: (of: Cost, than: Cost | undefined) => number;
  /** Undefined where it is merely told. */
  readonly target?: Target;
}

export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** Comparisons that belong together; each can be asked for by its name. */
export type Benchmarks = Readonly<Record<string, readonly Comparison[]>>;

/** Folders that are made before anything is measured. */
export interface BenchFolders {
  /** Made by makeFloorFolder. */
  readonly floor: string;
  /** Made by makeClassFolder, of FEW students, and of more. */
  readonly few: string;
  readonly many: string;
  /** How many these are. */
  readonly students: number;
}

/** The size of the smaller of two classes, with which the larger one is compared. */
export const FEW = 20;

/** Lists all benchmarks. */
export function listBenchmarks({
  floor: floorFolder,
  few,
  many,
  students,
}: BenchFolders): Benchmarks {
  const launcher = ['grader/launch.mjs', 'grade', 'week02'];
  const floorOf = (...stages: string[]): string[] => [
    process.execPath,
    fileURLToPath(new URL('./floor.mjs', import.meta.url)),
    floorFolder,
    ...stages,
  ];
  const graderOf = (...args: string[]): string[] => [process.execPath, ...launcher, ...args];
  const floor = { name: 'floor', command: floorOf(...STAGES) };
  const grade = { name: 'grade', command: graderOf(...STAGES, '--solutions', '--brief') };
  const floorOne = { name: 'floor, one stage', command: floorOf(ONE_STAGE) };
  const gradeOne = { name: 'grade, one stage', command: graderOf(ONE_STAGE, '--solutions') };
  const watched = {
    name: 'watch, one stage saved often',
    command: [
      ...[process.execPath, '--import', 'tsx'],
      ...[fileURLToPath(new URL('./save-to-verdict.ts', import.meta.url)), ONE_STAGE],
    ],
  };
  const gradeAll = {
    name: 'grade, whole lab by npm run',
    command: ['npm', 'run', '-s', 'grade', 'week02', '--', '--solutions', '--brief'],
  };
  const jestSuite = {
    name: 'Jest suite, whole lab',
    command: [
      ...['env', 'NODE_OPTIONS=--experimental-vm-modules'],
      ...[
        'npx',
        'jest',
        '--config',
        fileURLToPath(new URL('./jest/jest.config.mjs', import.meta.url)),
      ],
      fileURLToPath(new URL('./jest/week02.suite.ts', import.meta.url)),
    ],
  };
  const remembered = {
    name: 'grade, whole lab, memory told',
    command: [
      process.execPath,
      ...['--import', new URL('./print-peak-memory.mjs', import.meta.url).href],
      ...[...launcher, '--solutions', '--brief'],
    ],
  };
  // What the floor costs so many times over, one after the other.
  const floorOfFew = {
    name: `floor, ${String(FEW)} times`,
    command: [
      'bash',
      '-c',
      `for i in {1..${String(FEW)}}; do "$@" || exit; done`,
      'bash',
      ...floor.command,
    ],
  };
  const batchOfFew = { name: `batch of ${String(FEW)}`, command: batchOf(few) };
  const batchOfMany = { name: `batch of ${String(students)}`, command: batchOf(many) };
  const wall = { value: ratioOf('wallMs') };
  const cpu = { value: ratioOf('cpuMs') };
  return {
    grade: [
      { title: 'grade / floor, wall', of: grade, than: floor, ...wall, target: { atMost: 1.8 } },
      { title: 'grade / floor, CPU', of: grade, than: floor, ...cpu, target: { atMost: 1.5 } },
    ],
    jest: [
      {
        title: 'Jest suite / grade, whole lab, wall',
        of: jestSuite,
        than: gradeAll,
        ...wall,
        target: { atLeast: 4 },
      },
    ],
    'one-stage': [
      {
        title: 'grade / floor, one stage, wall',
        of: gradeOne,
        than: floorOne,
        ...wall,
        target: { atMost: 2.5 },
      },
    ],
    watch: [
      {
        title: 'watch, one stage, save to verdict, ms',
        of: watched,
        value: ({ verdictMs }) => verdictMs,
        target: { atMost: 400 },
      },
      {
        title: 'watch, save to verdict / floor, one stage, wall',
        of: watched,
        than: floorOne,
        value: ratioOf('verdictMs'),
        target: { atMost: 2 },
      },
    ],
    batch: [
      {
        title: `batch of ${String(students)}, submissions a minute`,
        of: batchOfMany,
        value: ({ wallMs }) => (60_000 * students) / wallMs,
      },
      // Of what is killed within a cell, nobody but the machine knows the cost. What a batch does once weighs
      // in the smaller class.
      ...[
        { of: batchOfFew, size: FEW },
        { of: batchOfMany, size: students },
      ].map(({ of, size }) => ({
        title: `batch of ${String(size)} in cells / floor, machine's CPU for a submission`,
        of,
        than: floorOfFew,
        value: (batch: Cost, floors: Cost | undefined) =>
          (ratioOf('machineMs')(batch, floors) * FEW) / size,
        target: { atMost: 1.35 },
      })),
      {
        title: `batch of ${String(students)} / batch of ${String(FEW)}, wall`,
        of: batchOfMany,
        than: batchOfFew,
        ...wall,
        target: { atMost: (1.1 * students) / FEW },
      },
      {
        title: `batch of ${String(students)} / batch of ${String(FEW)}, coordinator's memory`,
        of: batchOfMany,
        than: batchOfFew,
        value: ratioOf('memoryMb'),
        target: { atMost: 1.1 },
      },
    ],
    memory: [
      {
        title: "the grader's own peak memory, MB",
        of: remembered,
        value: ({ memoryMb }) => memoryMb ?? NaN,
        target: { atMost: 120 },
      },
    ],
  };
}

/** Compares by one of the costs; where one is not told, there is nothing to compare. */
function ratioOf(by: keyof Cost): Comparison['value'] {
  return (of, than) => (of[by] ?? NaN) / (than?.[by] ?? NaN);
}

/** Grades a class anew, in cells, and tells the coordinator's own memory. */
function batchOf(folder: string): string[] {
  const memory = new URL('./print-peak-memory.mjs', import.meta.url).href;
  const batch = [process.execPath, '--import', memory, 'grader/launch.mjs', 'batch', 'week02'];
  const script = 'out=$(mktemp -d); "$@" --out "$out"; code=$?; rm -rf "$out"; exit $code';
  return ['bash', '-c', script, 'bash', ...batch, '--submissions', folder];
}

/** The contenders of comparisons, each once. */
export function contendersOf(comparisons: readonly Comparison[]): readonly Contender[] {
  return [...new Set(comparisons.flatMap(({ of, than }) => (than ? [than, of] : [of])))];
}

/** All that was measured: the costs of each contender, one a round. */
export type Measured = ReadonlyMap<Contender, readonly Cost[]>;
