// Starts a watch of the worked solution of one stage, saves its program several times, and prints how
// long it took in the middle from a save to its verdict.
//
// usage: tsx save-to-verdict.ts STAGE
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT, solutionsFolder } from '../course/project.ts';
import { median } from './rounds.ts';

const SAVES = 5;

const [stage = ''] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'bench-watch-'));
try {
  cpSync(join(solutionsFolder('week02'), stage), join(folder, stage), { recursive: true });
  const times = await measureSaves(join(folder, stage, `${stage}.ts`));
  console.log(`save to verdict ${median(times).toFixed(1)} ms`);
} finally {
  rmSync(folder, { recursive: true });
}

async function measureSaves(program: string): Promise<readonly number[]> {
  const watch = spawn(
    process.execPath,
    [join(PROJECT, 'grader/launch.mjs'), 'watch', 'week02', stage, '--from', folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: watch.stdout })[Symbol.asyncIterator]();
  const untilLine = async (pattern: RegExp): Promise<void> => {
    for (;;) {
      const line: IteratorResult<string, unknown> = await lines.next();
      if (line.done === true) throw new Error('the watch ended');
      if (pattern.test(line.value)) return;
    }
  };
  try {
    await untilLine(/^watching /);
    const times: number[] = [];
    // The first is a warm-up.
    for (let save = 0; save <= SAVES; save += 1) {
      const savedAt = performance.now();
      appendFileSync(program, '\n');
      await untilLine(/ no check has changed; 15\/15 points/);
      if (save > 0) times.push(performance.now() - savedAt);
    }
    return times;
  } finally {
    watch.kill('SIGINT');
    await once(watch, 'exit');
  }
}
