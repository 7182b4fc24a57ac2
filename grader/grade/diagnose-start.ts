import type { Diagnosis } from '../model/diagnosis.ts';
import { describeExit } from '../run/child.ts';
import type { LastWords } from '../run/source-location.ts';
import type { Start } from '../run/start.ts';

/** Why a program does not listen. */
export interface StartDiagnosis {
  readonly diagnosis: Diagnosis;
  /** True where its port was taken, perhaps by a program of another stage. */
  readonly portTaken: boolean;
}

/** Says why a start came to nothing. @param words what the program printed, safe to show */
export function diagnoseStart(
  start: Exclude<Start, { state: 'listening' }>,
  words: LastWords,
): StartDiagnosis {
  const evidence = {
    ...(words.text !== '' && { output: words.text }),
    ...(words.source && { source: words.source }),
  };
  if (start.state === 'never-listened') {
    const prompted =
      start.child.stdout.size > 0 ? ' It printed something; it may be waiting for input.' : '';
    return {
      portTaken: false,
      diagnosis: {
        code: 'never-listened',
        proven: true,
        summary: `Your program runs, but it opened no port within 10 seconds.${prompted}`,
        ...evidence,
        note: `It was given port ${String(start.port)}, in PORT and as its first argument.`,
      },
    };
  }
  const { exit } = start;
  const syntax = /^\s*(?:\w*SyntaxError|IndentationError|TabError)\b/m.test(words.text);
  const portTaken = /EADDRINUSE|address already in use|Errno (?:98|48)\b|WinError 10048/i.test(
    words.text,
  );
  const note = portTaken
    ? {
        note: `The port it was given, ${String(start.port)}, is free. It chose another, and that one is taken.`,
      }
    : {};
  return {
    portTaken,
    diagnosis: {
      code: syntax ? 'syntax-error' : 'exited-early',
      proven: true,
      summary: syntax
        ? 'Your program has a syntax error, so no server started.'
        : `Your program ended ${describeExit(exit)} before it listened.`,
      ...evidence,
      ...note,
    },
  };
}
