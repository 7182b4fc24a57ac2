import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import type { Program } from '../../course/find-programs.ts';
import { findSubmission } from '../../course/find-submission.ts';
import { labFolder } from '../../course/project.ts';
import { planGrading } from '../../grade/plan.ts';
import type { Lab } from '../../lab/check.ts';
import { isGone, UsageError } from '../../model/errors.ts';
import type { Environment } from '../../run/environment.ts';
import type { Runtime } from '../../run/runtimes.ts';
import { choosePage } from '../choose-page.ts';
import { chooseProgram } from '../choose-program.ts';
import type { HostEvent } from '../host/host-event.ts';
import type { OnClient } from '../relay/frames.ts';
import { joinTo } from '../relay/join-to.ts';
import { openRelay } from '../relay/open-relay.ts';
import { followSaves } from '../watch/follow-saves.ts';
import { takeSnapshot, type Snapshot } from '../watch/snapshot.ts';
import { watchFiles, type FileChanges } from '../watch/watch-files.ts';
import { LatestProgram, type Begun } from './latest-program.ts';
import { Unanswered } from './unanswered.ts';

interface PlayEvents {
  /** The program is about to be started. */
  readonly onProgram: (program: Program) => void;
  /** @param asked what it was sent: without an answer, and last of all */
  readonly onEvent: (event: HostEvent, asked: Unanswered) => void;
  /** It can be reached from now on, if it listens. */
  readonly onReachable: (url: URL, listens: boolean) => Promise<void>;
  readonly onClient: OnClient;
  /** Files have been saved, and the program is about to be started anew. */
  readonly onSave: (paths: readonly string[]) => void;
  /** There is no program any more, or none that could be told. @param message for the user */
  readonly onUnusable: (message: string) => void;
}

export interface PlayOptions extends PlayEvents {
  readonly lab: Lab;
  /** The submission, as the user named it. */
  readonly from: string;
  /** Undefined for the furthest. */
  readonly stage: string | undefined;
  readonly runtimes: readonly Runtime[];
  /** 0 for any that is free. */
  readonly port: number;
  readonly poll: boolean;
  readonly environment: Environment;
  /** The system's folder for temporary files. */
  readonly temporary: string;
  readonly signal: AbortSignal;
}

/** A program of a submission that can be run. */
type Found = Begun & { readonly stage: string };

/**
 * Runs a program of a submission, reachable at one port of this machine, until the signal comes. It is
 * started anew when it is saved, and when it has ended. Nothing is left of it.
 *
 * @throws once the signal has come; UsageError where there is nothing that could be run
 */
export async function runPlay(options: PlayOptions): Promise<never> {
  const { lab, port, poll } = options;
  const first = find(options, options.stage);
  options.onProgram(first.program);
  const trouble = new AbortController();
  const fail = (error: unknown): void => {
    trouble.abort(error);
  };
  const { latest, onClient } = openLatest(options, fail);
  const folders = [...new Set([first.submission.root, labFolder(lab.id)])];
  const changes = await watchFiles({ folders, poll, onFault: fail });
  try {
    const relay = await openRelay({ port, serve: joinTo(latest.reach, onClient) });
    try {
      const signal = AbortSignal.any([options.signal, trouble.signal]);
      const given = { ...options, signal, port: relay.port };
      return await keepPlaying(first, given, { latest, changes, fail });
    } finally {
      await relay.close();
      await latest.end();
    }
  } catch (error) {
    if (trouble.signal.aborted) throw trouble.signal.reason;
    throw error;
  } finally {
    await changes.close();
  }
}

/** Finds what is to be run. @param stage undefined for the furthest */
function find({ lab, from, runtimes }: PlayOptions, stage: string | undefined): Found {
  const submission = findSubmission(from, lab.id);
  const id = relative('.', from) || '.';
  const program = chooseProgram({ lab, submission, runtimes, id }, stage);
  return { submission, program, stage: program.stage.id };
}

/** Makes ready to run programs, with a note taken of what each is asked. */
function openLatest(
  options: PlayOptions,
  fail: (error: unknown) => void,
): { readonly latest: LatestProgram; readonly onClient: OnClient } {
  const { lab, environment, temporary } = options;
  const asked = new Unanswered();
  const latest = new LatestProgram({
    ...{ lab, environment, temporary, fail },
    tell: (event) => {
      if (event.event === 'listening') asked.clear();
      options.onEvent(event, asked);
      // One that ends without a client would only do so again.
      if (event.event === 'ended' && asked.hasClients) void latest.reach();
    },
  });
  const onClient: OnClient = () => {
    const tellAll = [asked.open(), options.onClient()];
    return (side, frame) => {
      for (const tell of tellAll) tell(side, frame);
    };
  };
  return { latest, onClient };
}

interface Playing {
  readonly latest: LatestProgram;
  readonly changes: FileChanges;
  readonly fail: (error: unknown) => void;
}

/** Begins what was found, and begins it anew whenever it is saved. @throws what ends it */
async function keepPlaying(
  first: Found,
  options: PlayOptions,
  { latest, changes, fail }: Playing,
): Promise<never> {
  const { lab, from, runtimes, signal } = options;
  const { stage, submission } = first;
  const planned = planGrading(lab, [stage], undefined);
  const snapshot = (): Snapshot => takeSnapshot({ from, lab, runtimes, planned });
  const before = snapshot();
  const begun = unlessGone(() => latest.begin(first));
  const page = choosePage(lab, first.program, submission.root);
  const url = new URL(page, `http://127.0.0.1:${String(options.port)}`);
  Promise.resolve(begun ?? false)
    .then((listens) => options.onReachable(url, listens))
    .catch(fail);
  return followSaves({
    ...{ changes, snapshot, stage, signal },
    before: begun ? before : { state: 'unsettled' },
    onUnusable: options.onUnusable,
    onSave: (paths) => {
      let unusable: string | undefined;
      try {
        const again = unlessGone(() => latest.begin(find(options, stage)));
        if (!again) return false;
        again.catch(fail);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        unusable = error.message;
      }
      // One that was written beside has gone by now.
      const saved = paths.filter((path) => existsSync(path));
      options.onSave(saved.map((path) => relative(submission.root, path)));
      if (unusable !== undefined) options.onUnusable(unusable);
      return true;
    },
  });
}

/** What comes of an act; undefined where a file went away meanwhile. */
function unlessGone<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
