import type { Check } from '../lab/check.ts';
import type { Recorder } from '../wire/recorder.ts';
import type { FirstAttempts } from './out-of-time.ts';

/**
 * The recorder of the exchange that a check judged: its own, or, where it asked nothing itself, that of
 * the check whose answer it was given.
 */
export function chooseRecorder(check: Check, own: Recorder, attempts: FirstAttempts): Recorder {
  if (!own.isEmpty) return own;
  for (let each = check.after; each; each = each.after) {
    const recorder = attempts.get(each);
    if (recorder && !recorder.isEmpty) return recorder;
  }
  return own;
}
