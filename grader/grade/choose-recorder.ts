import type { Check } from '../lab/check.ts';
import type { Recorder } from '../wire/recorder.ts';
import type { FirstAttempts } from './out-of-time.ts';

/**
 * The recorder of the exchange that a check judged: its own, or, where it asked nothing itself, that of
 * the check whose answer it was given.
 */
export function chooseRecorder(check: Check, own: Recorder, attempts: FirstAttempts): Recorder {
  if (!isEmpty(own)) return own;
  for (let each = check.after; each; each = each.after) {
    const recorder = attempts.get(each);
    if (recorder && !isEmpty(recorder)) return recorder;
  }
  return own;
}

/** Another client's connections are counted, and nothing is noted of them. */
function isEmpty(recorder: Recorder): boolean {
  return !recorder.used && recorder.transcript().length === 0;
}
