import type { Lab } from '../lab/check.ts';
import { UsageError } from '../model/errors.ts';

/** What a pull request must reach to pass, in each lab that it touches. */
export type Requirement =
  /** All required checks of the stages that are started. */
  | { readonly kind: 'all' }
  /** All required checks of these stages, started or not; of a lab that has none of them, as `all`. */
  | { readonly kind: 'stages'; readonly stages: readonly string[] }
  /** Points, the bonus among them, as the gradebook counts. */
  | { readonly kind: 'points'; readonly points: number };

/**
 * Reads what was typed behind `--require`.
 *
 * @param labs of this course, with the stages that can be named
 * @throws UsageError where it is none of the three, or no lab has such a stage
 */
export function readRequirement(text: string, labs: readonly Pick<Lab, 'stages'>[]): Requirement {
  if (text === 'all') return { kind: 'all' };
  const [, points] = /^points:(\d{1,9})$/.exec(text) ?? [];
  if (points !== undefined) return { kind: 'points', points: Number(points) };
  const known = [...new Set(labs.flatMap((lab) => lab.stages.map(({ id }) => id)))];
  const stages = text.split(',').map((stage) => stage.trim());
  const unknown = stages.find((stage) => !known.includes(stage));
  if (unknown === undefined) return { kind: 'stages', stages };
  throw new UsageError(
    `--require ${text} names no stage "${unknown}"; write all, points:N, or stages of ${known.join(', ')} with commas between.`,
  );
}
