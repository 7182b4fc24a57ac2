import { randomInt } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { listLabs, loadLab } from '../course/load-lab.ts';
import { loadProofs } from '../course/load-proofs.ts';
import type { Lab } from '../lab/check.ts';
import type { Proofs } from '../lab/proofs.ts';
import { UsageError } from '../model/errors.ts';
import { findUnprovenCodes } from '../release/proofs/coverage.ts';
import { keepCoresBusy } from '../release/proofs/keep-cores-busy.ts';
import { proveLab, type LabProof } from '../release/proofs/prove-lab.ts';
import type { Console, ExitCode } from './console.ts';
import { readCount } from './read-count.ts';
import { reportProgress } from './verify-progress.ts';
import { isProven, renderLabProof } from './verify-table.ts';

/** The options of `verify`, as they are typed. */
export interface VerifyOptions {
  readonly repeat?: string;
  readonly load?: boolean;
  readonly only?: string;
  readonly seed?: string;
  readonly jobs?: string;
}

/** Programs that are graded at once, for each core: most of a grading is waiting. */
const AT_ONCE_PER_CORE = 4;

/**
 * Proves that labs hold together: that right programs pass, and that wrong ones fail for the reason
 * that they are wrong.
 *
 * @param id of a lab; undefined for all
 */
export async function verifyCommand(
  id: string | undefined,
  options: VerifyOptions,
  console: Console,
): Promise<ExitCode> {
  const repeat = readCount('--repeat', options.repeat, 1);
  const firstSeed = readCount('--seed', options.seed, randomInt(2 ** 31 - repeat));
  const jobs = readCount('--jobs', options.jobs, availableParallelism());
  const course = await loadCourse(id);
  const stopLoad = options.load === true ? keepCoresBusy() : undefined;
  try {
    let proven = true;
    for (const { lab, proofs } of course.chosen) {
      console.out(`${lab.id}: ${lab.title}\n\n`);
      const progress = reportProgress(console);
      const beganAt = performance.now();
      const proof = await proveLab({
        lab,
        proofs,
        environment: console.environment,
        temporary: realpathSync(console.environment.TMPDIR ?? tmpdir()),
        jobs,
        atOnce: AT_ONCE_PER_CORE * jobs,
        seeds: Array.from({ length: Math.max(1, repeat) }, (_, index) => firstSeed + index),
        only: options.only,
        now: () => new Date(),
        onBegin: progress.begin,
        onRun: progress.step,
        signal: console.signal,
      });
      progress.end();
      const whole: LabProof = {
        ...proof,
        faults: [...proof.faults, ...findUnprovenCodes(course.proofs)],
      };
      const durationMs = performance.now() - beganAt;
      console.out(renderLabProof({ lab, proof: whole, durationMs, width: console.width }));
      proven &&= isProven(whole);
    }
    return proven ? 0 : 1;
  } finally {
    await stopLoad?.();
  }
}

interface Course {
  readonly chosen: readonly { readonly lab: Lab; readonly proofs: Proofs }[];
  /** Those of all labs, chosen or not. */
  readonly proofs: readonly Proofs[];
}

/** @throws UsageError where there is no such lab, or nothing that proves it */
async function loadCourse(id: string | undefined): Promise<Course> {
  if (id !== undefined) await loadLab(id);
  const all = await Promise.all(
    listLabs().map(async (name) => ({ lab: await loadLab(name), proofs: await loadProofs(name) })),
  );
  const chosen = all
    .filter(({ lab }) => id === undefined || lab.id === id)
    .map(({ lab, proofs }) => ({ lab, proofs: proofs ?? refuseUnproven(lab) }));
  return { chosen, proofs: all.flatMap(({ proofs }) => proofs ?? []) };
}

function refuseUnproven({ id }: Lab): never {
  throw new UsageError(
    `this copy of the course has no solutions/${id}/proofs/proofs.ts, so ${id} cannot be proven; write it as labs/README.md says.`,
  );
}
