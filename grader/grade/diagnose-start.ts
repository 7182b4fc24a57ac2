import { printText } from '../model/bytes.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { describeExit } from '../run/exit.ts';
import type { LastWords } from '../run/source-location.ts';
import type { Start } from '../run/start.ts';
import { diagnoseLimit } from './diagnose-limit.ts';

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
    const printed = start.child.stdout.text().trimEnd().split('\n').at(-1) ?? '';
    const mib = Math.floor(start.child.stdout.size / 2 ** 20);
    const flood = mib > 0 ? ` It printed ${String(mib)} MiB meanwhile.` : '';
    const question = printed !== '' && mib === 0 && !start.child.stdout.text().endsWith('\n');
    const asked = question
      ? ' The last thing it printed looks like a question; nobody answers it.'
      : '';
    return {
      portTaken: false,
      diagnosis: {
        code: 'never-listened',
        proven: true,
        summary: `Your program runs, but it opened no port within 10 seconds.${flood}${asked}`,
        ...evidence,
        ...(printed !== '' && words.text === '' && { output: printText(printed.slice(0, 200)) }),
        note: `It was given port ${String(start.port)}, in PORT and as its first argument.`,
      },
    };
  }
  if (words.syntaxError !== undefined) {
    return { portTaken: false, diagnosis: diagnoseSyntax(words.syntaxError, evidence) };
  }
  const limit = diagnoseLimit(start.exit, words.text);
  if (limit) return { portTaken: false, diagnosis: { ...limit, ...evidence } };
  const portTaken = PORT_TAKEN.test(words.text);
  const [, chosen] = /(?:EADDRINUSE.*?:|port: )(\d+)/.exec(words.text) ?? [];
  const which = chosen === undefined ? 'it chose' : `it chose, ${chosen},`;
  return {
    portTaken,
    diagnosis: {
      code: 'exited-early',
      proven: true,
      summary: portTaken
        ? `Your program ended because the port ${which} is taken. Is a copy of it still running?`
        : `Your program ended ${describeExit(start.exit)} before it listened.`,
      ...evidence,
      ...(portTaken && {
        note: `The grader gave it port ${String(start.port)}, which is free. Take it from PORT, or from the first argument.`,
      }),
    },
  };
}

const PORT_TAKEN = /EADDRINUSE|address already in use|Errno (?:98|48)\b|WinError 10048/i;

function diagnoseSyntax(message: string, { output, source }: Partial<Diagnosis>): Diagnosis {
  const words = message === '' ? '' : `: ${message.replace(/\.$/, '')}`;
  return {
    code: 'syntax-error',
    proven: true,
    summary: `Your program has a syntax error, so no server started${words}.`,
    // What was printed says the same once more.
    ...(source?.quote === undefined && output !== undefined && { output }),
    ...(source && { source }),
  };
}
