import type { Answer, Job } from './job.ts';

/** Reads what the coordinator asks. */
export function parseJob(line: string): Job {
  return JSON.parse(line) as Job;
}

/**
 * Reads what a worker answers: it is our own code, and no student's program writes to its pipe. What it
 * died over before it had said all of it is no answer.
 */
export function parseAnswer(line: string): Answer {
  try {
    return JSON.parse(line) as Answer;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { status: 'broken', reason: 'the worker ended amid its answer' };
  }
}
