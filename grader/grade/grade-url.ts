import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { surveyFolder } from '../cell/survey.ts';
import type { Stage } from '../lab/check.ts';
import { seededRandom } from '../lab/random.ts';
import { ServerUnderTest } from '../lab/server.ts';
import { WebFolder, type GivenFiles } from '../lab/web-folder.ts';
import { UsageError } from '../model/errors.ts';
import { connectTo } from '../run/connect-to.ts';
import type { Address } from '../wire/connection.ts';
import type { StageResult } from '../model/result.ts';
import { Recorder } from '../wire/recorder.ts';
import { Gate } from './gate.ts';
import { gradeStage } from './grade-stage.ts';
import type { PlannedStage } from './plan.ts';
import type { Target } from './target.ts';

/** Grades a server that already runs, a stage at a time: side by side they could disturb it. */
export async function gradeUrl(
  planned: readonly PlannedStage[],
  options: UrlOptions & { readonly onStage: (result: StageResult) => void },
): Promise<readonly StageResult[]> {
  const results: StageResult[] = [];
  const shared = { gate: new Gate(), patience: { hangs: false } };
  for (const each of planned) {
    const result = await gradeStage(each, urlTarget(each.stage, options), shared);
    results.push(result);
    options.onStage(result);
  }
  return results;
}

export interface UrlOptions {
  readonly address: Address;
  /** The folder that the server serves; undefined where it is the lab's own. */
  readonly web: string | undefined;
  /** The lab's folder, for the files that programs use besides `web/`. */
  readonly lab: string;
  readonly givenFiles: readonly string[];
  readonly seed: number;
  readonly now: () => Date;
}

/** A server that already runs, on this machine or another: only its address is known. */
function urlTarget(stage: Stage, options: UrlOptions): Target {
  const { address, web, lab, givenFiles, seed, now } = options;
  const facts = {
    address,
    askedPort: address.port,
    stdout: {
      watch: () => () => Promise.resolve(false),
      mark: () => () => ({ stdout: '', stderr: '' }),
      includesAtEnd: () => Promise.resolve(false),
    },
    listensWhereTold: () => Promise.resolve(true),
  };
  return {
    common: {
      stage: {},
      web: new WebFolder(filesIn(web ?? join(lab, stage.folder, 'web'))),
      asset: (path) => readFileSync(join(lab, path)),
      planted: () => unplanted(stage),
      folder: lab,
      originOf: (path) => (givenFiles.includes(path) ? 'lab' : 'submission'),
      now,
    },
    offers: new Set(),
    record: () => new Recorder(),
    random: (check) => seededRandom(seed, `${stage.id}/${check}`),
    startFailure: undefined,
    start: () => Promise.resolve(undefined),
    reach: () =>
      Promise.resolve({
        state: 'alive',
        fresh: false,
        begin: () => new Set(),
        noteAsked: () => undefined,
        isCurrent: () => true,
        watchRun: () => ({ wasFree: () => Promise.resolve(false), stop: () => undefined }),
        server: (recorder) => new ServerUnderTest(facts, recorder),
      }),
    crashes: [],
    findDeath: () => Promise.resolve(undefined),
    diagnoseUnasked: () => Promise.resolve(undefined),
    hasMoved: () => Promise.resolve(false),
    markErrors: () => () => ({}),
    call: () => () => Promise.resolve([]),
    listensElsewhere: false,
    renew: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}

/**
 * Reads the address of `--url` and makes sure that something answers there.
 *
 * @throws UsageError where it is no HTTP address, or nothing takes a connection
 */
export async function reachUrl(text: string): Promise<Address> {
  if (!URL.canParse(text) || new URL(text).protocol !== 'http:') {
    throw new UsageError(`--url ${text} is no address of a server; write http://HOST:PORT.`);
  }
  const { hostname, port } = new URL(text);
  const host = hostname.replace(/^\[|\]$/g, '');
  const address = { host, port: Number(port === '' ? 80 : port) };
  const refusal = await tryConnecting(address);
  if (refusal === undefined) return address;
  throw new UsageError(`nothing answers at ${text} (${refusal}); start the server first.`);
}

/** @returns what kept it from connecting; undefined where it did */
async function tryConnecting(address: Address): Promise<string | undefined> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    (await connectTo(address, patience)).destroy();
    return undefined;
  } catch (error) {
    if (patience.aborted) return `no answer within ${String(PATIENCE_MS / 1000)} seconds`;
    return error instanceof Error ? error.message : String(error);
  }
}

/** How long a server that already runs may take to accept a connection. */
const PATIENCE_MS = 5000;

function filesIn(folder: string): GivenFiles {
  return new Map(
    surveyFolder(folder).map(({ path, source }) => [path, () => readFileSync(source)]),
  );
}

function unplanted(stage: Stage): never {
  throw new Error(`nothing is planted for ${stage.id}: its server already runs`);
}
