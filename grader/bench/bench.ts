// `npm run bench`: how much slower the grader is than the least that its work takes, and how much
// faster than a Jest suite. `npm run bench -- grade memory --rounds 20` measures those two alone, and
// `npm run bench -- batch --students 600 --rounds 1` how a class of 600 compares with one of 20.
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { makeClassFolder } from './class-folder.ts';
import { contendersOf, FEW, listBenchmarks, STAGES } from './contenders.ts';
import { makeFloorFolder } from './floor-folder.ts';
import { measure } from './measure.ts';
import { runRounds } from './rounds.ts';
import { renderComparisons, renderCosts } from './tables.ts';

const FEWEST_ROUNDS = 10;

const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: String(FEWEST_ROUNDS) },
    students: { type: 'string', default: '100' },
  },
  allowPositionals: true,
});
const floorFolder = await makeFloorFolder(STAGES);
const students = Number(values.students);
const [few, many] = [makeClassFolder(FEW, STAGES), makeClassFolder(students, STAGES)];
try {
  await bench(Number(values.rounds), positionals);
} finally {
  for (const folder of [floorFolder, few, many]) folder.remove();
}

async function bench(rounds: number, names: readonly string[]): Promise<void> {
  const benchmarks = listBenchmarks({
    floor: floorFolder.path,
    few: few.path,
    many: many.path,
    students,
  });
  const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
  if (
    unknown.length > 0 ||
    ![rounds, students].every((each) => Number.isInteger(each) && each > 0)
  ) {
    const known = Object.keys(benchmarks).join(' | ');
    console.error(`usage: npm run bench -- [${known}]... [--rounds N] [--students N]`);
    process.exitCode = 2;
    return;
  }
  const chosen = Object.entries(benchmarks).filter(
    ([name]) => names.length === 0 || names.includes(name),
  );
  const comparisons = chosen.flatMap(([, belonging]) => belonging);
  const environment = cleanEnvironment();
  const cores = `${String(availableParallelism())} cores, load ${loadavg()[0]?.toFixed(2) ?? ''}`;
  console.log(`${String(rounds)} rounds after a warm-up, Node ${process.version}, ${cores}`);
  const measured = await runRounds(contendersOf(comparisons), rounds, {
    measure: ({ command }) => measure(command, environment),
    tell: (round) => process.stderr.write(round < rounds ? '.' : '.\n'),
  });
  console.log(`\n${renderCosts(measured)}\n${renderComparisons(comparisons, measured)}`);
}

/** The same for every contender; nothing that npm, or this machine's settings for Node, added. */
function cleanEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LANG: 'C.UTF-8' };
}
