import { join } from 'node:path';
import type { Program } from '../course/find-programs.ts';
import type { Check } from '../lab/check.ts';
import { seededRandom, type Random } from '../lab/random.ts';
import { ServerUnderTest } from '../lab/server.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Launch } from '../run/confine.ts';
import { isQuiet } from '../run/exit.ts';
import { prepareProgram, type ReadyProgram } from '../run/prepare.ts';
import { rejoin } from '../run/rejoin.ts';
import type { LastWords } from '../run/source-location.ts';
import { startServer, type RunningServer, type Start } from '../run/start.ts';
import { canTrace } from '../run/trace/trace-launch.ts';
import { watchRun } from '../run/watch-run.ts';
import { Recorder } from '../wire/recorder.ts';
import { callBy, openCaller, type Caller } from './call-program.ts';
import { describeServer } from './describe-server.ts';
import { makeCommon } from './common-context.ts';
import { diagnoseEnd } from './diagnose-crash.ts';
import { diagnoseStart } from './diagnose-start.ts';
import { startTraced, type StartTracedOptions, type TracedServer } from './explain/start-traced.ts';
import { Launcher, START_MS } from './launcher.ts';
import type { Session } from './session.ts';
import { StagedSource } from './staged-source.ts';
import type { Calling, Crash, Death, Reached, Target } from './target.ts';

const OFFERS = new Set(['own-process', 'planted-files', 'functions', 'stdout'] as const);

/** A student's program in its throwaway copy, started when it is first asked. */
export class ProgramTarget implements Target {
  readonly common: Target['common'];
  readonly offers = OFFERS;
  readonly #session: Session;
  readonly #program: Program;
  readonly #copy: string;
  readonly #launcher: Launcher;
  readonly source: StagedSource;
  #prepared: Promise<ReadyProgram | Diagnosis> | undefined;
  #running: RunningServer | undefined;
  /** The checks that sent something to the process that runs, in order. */
  #asked: { readonly check: Check; readonly ended: boolean }[] = [];
  readonly crashes: Crash[] = [];
  /** The checks that were begun on the process that runs, in order. */
  #begun = new Set<Check>();
  #startFailure: Diagnosis | undefined;
  /** How much had been printed to stderr when the latest check began. */
  #errorsFrom = 0;
  #caller: Promise<Caller | undefined> | undefined;
  /** Set when the program could not start because its port was taken. */
  portWasTaken = false;

  constructor(program: Program, session: Session) {
    const { stage } = program;
    const planted = stage.plant(seededRandom(session.seed, stage.id));
    const files = session.files(program);
    this.#session = session;
    this.#program = program;
    this.#copy = session.workspace.copy(stage.id, files);
    this.source = new StagedSource(this.#copy, program, files);
    const folder = join(this.#copy, program.folder);
    const name = `${session.mark}${stage.id}.`;
    this.#launcher = new Launcher(session, { name, copy: this.#copy, folder });
    for (const file of Object.values(planted)) {
      session.workspace.write(join(folder, file.path), file.pieces ?? [file.bytes]);
    }
    this.common = makeCommon({ program, planted, files, folder }, session);
  }

  get startFailure(): Diagnosis | undefined {
    return this.#startFailure;
  }

  get listensElsewhere(): boolean {
    return this.#running?.address.port !== this.#running?.askedPort;
  }

  record(check: Check): Recorder {
    const { watch } = this.#session;
    return new Recorder(watch && ((happening) => watch(check, happening)));
  }

  random(check: string): Random {
    return seededRandom(this.#session.seed, `${this.#program.stage.id}/${check}`);
  }

  async start(): Promise<Diagnosis | undefined> {
    if (this.#startFailure) return this.#startFailure;
    if (this.#running && (await this.#running.child.isAlive())) return undefined;
    await this.#noteCrash();
    // A program that did not start will not start the next time either.
    this.#startFailure = await this.#startAgain();
    return this.#startFailure;
  }

  async reach(): Promise<Reached> {
    const diagnosis = await this.start();
    if (diagnosis) return { state: 'dead', diagnosis };
    return this.#running ? this.#alive(this.#running) : this.reach();
  }

  async #startAgain(): Promise<Diagnosis | undefined> {
    const prepared = await this.#prepare();
    if ('code' in prepared) return prepared;
    if (this.#running) await this.#session.children.stopFamily(this.#running.child);
    this.#running = undefined;
    const start = await this.#session.whenFree(() => this.#launch(prepared));
    if (start.state === 'listening') {
      this.#running = start.server;
      this.#asked = [];
      this.#begun = new Set();
      return undefined;
    }
    // Before it is stopped: what it says of that is not what kept it from listening.
    const words = this.source.readWords(start.child.stderr.text());
    await this.#session.children.stopFamily(start.child);
    const { diagnosis, portTaken } = diagnoseStart(start, words);
    this.portWasTaken ||= portTaken;
    return diagnosis;
  }

  async findDeath(patienceMs: number): Promise<Death | undefined> {
    const { child } = this.#running ?? {};
    if (!child) return undefined;
    const ended = await child.endsWithin(patienceMs);
    // A program that has just printed an error may be on its way out.
    if (!ended && child.stderr.size > this.#errorsFrom) await child.endsWithin(10 * patienceMs);
    const { exit } = child;
    if (!exit || (await child.isAlive())) return undefined;
    return { exit, diagnosis: this.source.readErrors(child.stderr.text()) };
  }

  async diagnoseUnasked(): Promise<Diagnosis | undefined> {
    const diagnosis = await this.start();
    if (diagnosis) return diagnosis;
    const death = await this.findDeath(ALONE_MS);
    this.#startFailure = death && diagnoseEnd(death);
    return this.#startFailure;
  }

  async hasMoved(): Promise<boolean> {
    const within = { platform: this.#session.children.platform, withinMs: START_MS };
    const moved = this.#running && (await rejoin(this.#running, within));
    if (moved) this.#running = moved;
    return moved !== undefined;
  }

  markErrors(): ReturnType<Target['markErrors']> {
    const { child } = this.#running ?? {};
    const from = child?.stderr.size ?? 0;
    this.#errorsFrom = from;
    return () => this.source.readErrors(child?.stderr.textSince(from) ?? '');
  }

  call(recorder: Recorder, calling: Calling): ReturnType<Target['call']> {
    const readWords = (text: string): LastWords => this.source.readWords(text);
    return callBy(() => this.#openCaller(), { recorder, calling, readWords });
  }

  /** Makes ready to call functions; undefined where none can be called. */
  #openCaller(): Promise<Caller | undefined> {
    this.#caller ??= this.#prepare().then((prepared) =>
      'code' in prepared ? undefined : openCaller(prepared, this.#session, this.#launcher),
    );
    return this.#caller;
  }

  /**
   * Starts the program once more, when all else is over; undefined where it cannot be traced.
   *
   * @param expected how long it may go on, and whether it is known to listen elsewhere
   */
  async startTraced(
    expected: Pick<StartTracedOptions, 'withinMs' | 'listensElsewhere'>,
  ): Promise<TracedServer | undefined> {
    const prepared = await this.#prepare();
    if ('code' in prepared || !canTrace(prepared)) return undefined;
    const { children, pickPort, whenFree } = this.#session;
    const port = await pickPort();
    const launch = this.#launcher.launch(prepared, port);
    return whenFree(() => startTraced({ ...expected, port, launch, children }));
  }

  async stop(): Promise<void> {
    // One that crashed of an answer before may be about to do so again.
    if (this.crashes.length > 0) await this.#running?.child.endsWithin(ALONE_MS);
    await this.#noteCrash();
    if (this.#running) await this.#session.children.stop(this.#running.child);
    this.#running = undefined;
  }

  async renew(): Promise<void> {
    await this.#noteCrash();
    if (this.#startFailure?.code === 'never-listened') this.#startFailure = undefined;
    if (this.#running) await this.#session.children.stopFamily(this.#running.child);
    this.#running = undefined;
  }

  async #noteCrash(): Promise<void> {
    const child = this.#running?.child;
    const exit = child?.ownExit;
    const after = this.#asked.findLast(({ ended }) => ended)?.check;
    // One may end its first process, with whatever code, and go on in another.
    if (!child || !exit || !after || isQuiet(exit) || (await child.isAlive())) return;
    const death = { exit, diagnosis: this.source.readErrors(child.stderr.text()) };
    const during = this.#asked.find(({ ended }) => !ended);
    this.crashes.push({ death, after, ...(during && { during: during.check }) });
  }

  #prepare(): Promise<ReadyProgram | Diagnosis> {
    this.#prepared ??= prepareProgram(
      join(this.#copy, this.#program.file),
      this.#program.runtime,
      this.#session.environment,
    ).then((prepared) => {
      if (prepared.state === 'faulty') return this.source.locate(prepared.diagnosis);
      this.source.emitted = prepared.emitted;
      return prepared;
    });
    return this.#prepared;
  }

  #launch(prepared: ReadyProgram): Promise<Start> {
    const { pickPort, children } = this.#session;
    const launchOn = (port: number): Launch => this.#launcher.launch(prepared, port);
    return startServer({ pickPort, children, withinMs: START_MS, launchOn });
  }

  #alive(running: RunningServer): Reached {
    const begun = this.#begun;
    return {
      state: 'alive',
      fresh: this.#asked.length === 0,
      begin: (check) => begun.add(check),
      noteAsked: (check, ended) => {
        if (this.#running === running) this.#asked.push({ check, ended });
      },
      isCurrent: () => this.#running === running,
      watchRun: () => watchRun(running.child, this.#session.children.platform),
      server: (recorder) =>
        new ServerUnderTest(describeServer(running, this.#session.children, recorder), recorder),
    };
  }
}

/** How long a program is left alone to see whether it ends by itself. */
const ALONE_MS = 300;
