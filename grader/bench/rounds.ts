import type { Contender, Measured } from './contenders.ts';
import type { Cost } from './measure.ts';

/**
 * Measures contenders in turns, once in each round. Every round begins with another of them, so that
 * none always runs first; the round before the first warms up, and does not count.
 */
export async function runRounds(
  contenders: readonly Contender[],
  rounds: number,
  { measure, tell }: { measure: (contender: Contender) => Promise<Cost>; tell: Tell },
): Promise<Measured> {
  const measured = new Map(contenders.map((contender) => [contender, new Array<Cost>()]));
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % contenders.length;
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      const cost = await measure(contender);
      if (round > 0) measured.get(contender)?.push(cost);
    }
    tell(round);
  }
  return measured;
}

/** Told of each round as it ends; 0 is the warm-up. */
type Tell = (round: number) => void;

/** The value in the middle, or between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
