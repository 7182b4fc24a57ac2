import type { Hints } from '../model/check.ts';
import type { DiagnosisCode } from '../model/diagnosis.ts';

/** What helps with a program that never listened, whichever check finds it out. */
export const START_HINTS: ReadonlyMap<DiagnosisCode, Hints> = new Map([
  [
    'syntax-error',
    [
      'What stands in the line that the message names, and in the one above it?',
      'A bracket, a quote or a word is missing or one too many; the message names where reading stopped.',
      'Start the program yourself, as the README of the lab shows, and mend it until it starts.',
    ],
  ],
  [
    'exited-early',
    [
      'What does the program print when you start it yourself?',
      'It ended before it listened. The last lines it printed say why, and the line of yours says where.',
      'Start it as the README of the lab shows; a server goes on until it is stopped.',
    ],
  ],
  [
    'never-listened',
    [
      'What does your program wait for before it listens?',
      'It must not ask a person anything, and it must come to listen() without a client.',
      'Take the port from PORT or from the first argument, listen on it at once, and only then wait.',
    ],
  ],
]);
