import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { whenEnded } from '../run/when-ended.ts';
import type { Answer, Job } from './job.ts';
import { parseAnswer } from './parse-job.ts';

/** Starts a worker, whose stdin and stdout are pipes. */
export type StartWorker = () => ChildProcess;

/** One of the places of a batch in which submissions are graded: a worker that lives on. */
export class Slot {
  readonly #start: StartWorker;
  #worker: Worker | undefined;

  constructor(start: StartWorker) {
    this.#start = start;
  }

  /**
   * Has one submission graded. A worker that dies over it, or does not come back, is replaced, and
   * asked once more.
   *
   * @param withinMs how long a grading may take
   */
  async grade(job: Job, withinMs: number): Promise<Answer> {
    const first = await this.#ask(job, withinMs);
    return first.status === 'broken' ? this.#ask(job, withinMs) : first;
  }

  async #ask(job: Job, withinMs: number): Promise<Answer> {
    const answer = await this.#askWorker(job, withinMs);
    if (answer.status === 'broken') await this.close();
    return answer;
  }

  #askWorker(job: Job, withinMs: number): Answer | Promise<Answer> {
    try {
      this.#worker ??= new Worker(this.#start());
    } catch (error) {
      // Some reasons are thrown at once, such as too little memory; others come as an event.
      return unstarted(error);
    }
    return this.#worker.ask(job, withinMs);
  }

  /** Ends its worker; the next submission starts another. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.end();
  }
}

function unstarted(error: unknown): Answer {
  const reason = error instanceof Error ? error.message : String(error);
  return { status: 'broken', reason: `the worker could not be started: ${reason}` };
}

/** How much of what a worker says before it dies is kept. */
const LAST_WORDS = 4000;

/** How long a worker with nothing to do may take to end. */
const LEAVE_MS = 2000;

class Worker {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  /** Why it could not be started, where that is so. */
  readonly #ended: Promise<Error | undefined>;
  #lastWords = '';
  /** Whether an answer is still to come. */
  #asking = false;

  constructor(process: ChildProcess) {
    this.#process = process;
    this.#ended = whenEnded(process);
    // One that could not be started may have no pipes.
    const input = process.stdout ?? Readable.from([]);
    this.#answers = createInterface({ input })[Symbol.asyncIterator]();
    process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = `${this.#lastWords}${text}`.slice(-LAST_WORDS);
    });
    // A worker that has died takes no more jobs; its death is told by what it does not answer.
    process.stdin?.on('error', () => undefined);
  }

  async ask(job: Job, withinMs: number): Promise<Answer> {
    this.#asking = true;
    this.#process.stdin?.write(`${JSON.stringify(job)}\n`);
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<Answer>((resolve) => {
      const reason = `the grading took more than ${String(withinMs / 1000)} s`;
      timer = setTimeout(resolve, withinMs, { status: 'broken', reason });
    });
    try {
      return await Promise.race([this.#readAnswer(), timeUp]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #readAnswer(): Promise<Answer> {
    const line = await this.#answers.next();
    // One that answers no more could not be started, or has ended.
    const fault = line.done === true ? await this.#ended : undefined;
    this.#asking = false;
    if (line.done !== true) return parseAnswer(line.value);
    if (fault) return unstarted(fault);
    return { status: 'broken', reason: `the worker ended: ${this.#lastWords}` };
  }

  /** Ends it: one that has answered all by itself, any other at once. */
  async end(): Promise<void> {
    this.#process.stdin?.end();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), this.#asking ? 0 : LEAVE_MS);
    await this.#ended;
    clearTimeout(timer);
  }
}
