import type { Answer, Job } from './job.ts';

/** Reads what the coordinator asks. */
export function parseJob(line: string): Job {
  return JSON.parse(line) as Job;
}

/** Reads what a worker answers: it is our own code, and no student's program writes to its pipe. */
export function parseAnswer(line: string): Answer {
  return JSON.parse(line) as Answer;
}
