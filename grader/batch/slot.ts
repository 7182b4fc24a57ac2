import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
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
    const worker = (this.#worker ??= new Worker(this.#start()));
    const answer = await worker.ask(job, withinMs);
    if (answer.status === 'broken') await this.close();
    return answer;
  }

  /** Ends its worker; the next submission starts another. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.end();
  }
}

/** How much of what a worker says before it dies is kept. */
const LAST_WORDS = 4000;

/** How long a worker with nothing to do may take to end. */
const LEAVE_MS = 2000;

class Worker {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  readonly #ended: Promise<unknown>;
  #lastWords = '';
  /** Whether an answer is still to come. */
  #asking = false;

  constructor(process: ChildProcess) {
    this.#process = process;
    if (!process.stdout || !process.stderr || !process.stdin) throw new Error('no pipes');
    this.#answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
    process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = `${this.#lastWords}${text}`.slice(-LAST_WORDS);
    });
    // A worker that has died takes no more jobs; its death is told by what it does not answer.
    process.stdin.on('error', () => undefined);
    this.#ended = Promise.race([once(process, 'exit'), once(process, 'error')]);
  }

  async ask(job: Job, withinMs: number): Promise<Answer> {
    this.#asking = true;
    this.#process.stdin?.write(`${JSON.stringify(job)}\n`);
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<Answer>((resolve) => {
      const reason = `the grading took more than ${String(withinMs / 1000)} s`;
      timer = setTimeout(resolve, withinMs, { status: 'broken', reason });
    });
    const answered = this.#answers.next().then(({ value, done }): Answer => {
      this.#asking = false;
      if (done !== true) return parseAnswer(value);
      return { status: 'broken', reason: `the worker ended: ${this.#lastWords}` };
    });
    try {
      return await Promise.race([answered, timeUp]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends it: one that has answered all by itself, any other at once. */
  async end(): Promise<void> {
    this.#process.stdin?.end();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), this.#asking ? 0 : LEAVE_MS);
    await this.#ended;
    clearTimeout(timer);
  }
}
