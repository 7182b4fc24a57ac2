import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import pLimit from 'p-limit';
import type { Cell } from '../cell/cell.ts';
import { surveyFolder, type SurveyedFile } from '../cell/survey.ts';
import { chooseWorkspace, Workspace } from '../cell/workspace.ts';
import { findProgram, type Program, type StageProgram } from '../course/find-programs.ts';
import type { SubmissionFolder } from '../course/find-submission.ts';
import { labFolder, solutionsFolder } from '../course/project.ts';
import { readStarterDigests } from '../course/starters.ts';
import type { Lab } from '../lab/check.ts';
import { FileGone } from '../model/errors.ts';
import type { StageResult } from '../model/result.ts';
import type { FailuresShown } from '../model/choose-failures.ts';
import type { Environment } from '../run/environment.ts';
import { Children } from '../run/children.ts';
import { startGuardian } from '../run/guardian.ts';
import { choosePlatform } from '../run/platform/choose.ts';
import { portPicker, type PortRange } from '../run/ports.ts';
import type { Runtime } from '../run/runtimes.ts';
import { Gate } from './gate.ts';
import { gradePrograms } from './grade-programs.ts';
import type { PlannedStage } from './plan.ts';
import type { Watch } from './session.ts';

export interface GradeFolderOptions {
  readonly lab: Lab;
  readonly planned: readonly PlannedStage[];
  readonly submission: SubmissionFolder;
  readonly runtimes: readonly Runtime[];
  readonly ports: PortRange;
  /** How many programs may be starting at once. */
  readonly jobs: number;
  readonly seed: number;
  readonly now: () => Date;
  /** The grader's own environment. */
  readonly environment: Environment;
  /** The folder for throwaway copies. */
  readonly temporary: string;
  /** Where the programs run in cells; undefined: they run as this user may. */
  readonly cell?: Cell;
  /** One for all gradings that go on at once, where there are several. */
  readonly gate?: Gate;
  /** Told of each stage as it ends. */
  readonly onStage: (stage: StageResult) => void;
  /** The failures whose lines in the programs are to be found; undefined for none. */
  readonly traced?: FailuresShown | undefined;
  /** Told of all that happens on the wire, as it happens. */
  readonly watch?: Watch;
  readonly signal: AbortSignal;
}

/** More stages under way than cores: one that stalls must not keep the others waiting. */
const STAGES_PER_JOB = 4;

/**
 * Grades the programs of a folder, which is not changed by it. Whatever ends the grading, nothing
 * that it started is left.
 *
 * @returns the stages in the order planned
 * @throws UngradableWork where the work itself is to blame; UsageError where this machine cannot copy
 *   or start a program at all
 */
export async function gradeFolder(options: GradeFolderOptions): Promise<readonly StageResult[]> {
  const { lab, planned, submission, jobs, seed, now, environment } = options;
  const programs = findPrograms(options, planned);
  const mark = `wiregrade-${randomBytes(8).toString('hex')}.`;
  const folder = chooseWorkspace(options.temporary);
  // First of all: there is no moment at which a killed grader leaves something behind.
  const guardian = options.cell?.endsWithGrader === true ? undefined : startGuardian(mark, folder);
  let workspace: Workspace | undefined;
  try {
    workspace = new Workspace(folder, options.cell?.rooms);
    return await gradePrograms({
      planned,
      programOf: (each) => programs.get(each) ?? { state: 'missing' },
      session: {
        seed,
        now,
        environment,
        workspace,
        mark,
        children: new Children(
          options.cell?.platform ?? choosePlatform(process.platform),
          { mark, folder },
          options.cell?.confine,
        ),
        pickPort: portPicker(options.ports, randomInt(2 ** 31), options.cell === undefined),
        whenFree: pLimit(jobs),
        gate: options.gate ?? new Gate(),
        patience: { hangs: false },
        watch: options.watch,
        files: filesFor(lab, submission),
        givenFiles: listGivenFiles(lab),
      },
      stagesAtOnce: pLimit(STAGES_PER_JOB * jobs),
      onStage: options.onStage,
      traced: options.traced,
      signal: options.signal,
    });
  } finally {
    workspace?.remove();
    guardian?.dismiss();
  }
}

/** Finds the programs of stages. @throws UngradableWork where one stage has two */
export function findPrograms(
  { lab, submission, runtimes }: Pick<GradeFolderOptions, 'lab' | 'submission' | 'runtimes'>,
  planned: readonly PlannedStage[],
): ReadonlyMap<PlannedStage, StageProgram> {
  const digests = readStarterDigests(lab.id);
  return new Map(
    planned.map((each) => [each, findProgram(submission, each.stage, { runtimes, digests })]),
  );
}

/** The files that a lab itself brings into `web/`, by their paths in it. */
export function listGivenFiles(lab: Lab): readonly string[] {
  const web = join(labFolder(lab.id), 'web');
  return existsSync(web) ? surveyFolder(web).map(({ path }) => path) : [];
}

/**
 * The files of a program's copy: those of the submission, over those of the lab that it lacks. What it
 * returns throws FileGone where the program itself is not there any more.
 */
export function filesFor(
  lab: Lab,
  { root }: SubmissionFolder,
): (program: Program) => readonly SurveyedFile[] {
  const own = surveyFolder(root).filter(({ path }) => !isProof(lab, { root, path }));
  const brought = new Set(own.map(({ path }) => path));
  return (program) => {
    if (!existsSync(join(root, program.file))) throw new FileGone(program.file);
    const assets = lab.assets.flatMap((asset) =>
      surveyFolder(join(labFolder(lab.id), asset), placeAsset(asset, program)),
    );
    const given = new Set(assets.map(({ path }) => path));
    const folders = new Set(assets.flatMap(({ path }) => listFolders(path)));
    // A file where the lab has a folder, or the other way round: checks plant files there.
    const isInTheWay = (path: string): boolean =>
      folders.has(path) || listFolders(path).some((each) => given.has(each));
    const kept = own.filter(({ path }) => !isInTheWay(path));
    const files = [...assets.filter(({ path }) => !brought.has(path)), ...kept];
    const unneeded = foldersOfOthers(lab, program, own);
    return files.filter(({ path }) => !unneeded.some((folder) => path.includes(`${folder}/`)));
  };
}

/** The folders that a path leads through. */
function listFolders(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, depth) => names.slice(0, depth + 1).join('/'));
}

/** The proofs of a lab lie beside its solutions, and are of no use to these. */
function isProof({ id }: Lab, { root, path }: { root: string; path: string }): boolean {
  return path.startsWith('proofs/') && root === solutionsFolder(id);
}

/** Where an asset belongs: what lies in the stage's own folder goes where its program is started. */
function placeAsset(asset: string, { stage, folder, home }: Program): string {
  const own = stage.folder !== '.' && asset.startsWith(`${stage.folder}/`);
  return posix.join(own ? folder : home, own ? asset.slice(stage.folder.length) : asset);
}

/** The folders of other stages, but for those that the program needs: named by it, or by one of those. */
function foldersOfOthers(lab: Lab, { file }: Program, own: readonly SurveyedFile[]): string[] {
  const others = lab.stages.map(({ id }) => id).filter((id) => !file.includes(id));
  const needed = new Set<string>();
  let folders = [file.slice(0, file.lastIndexOf('/') + 1)];
  while (folders.length > 0) {
    const sources = readPrograms(folders, own);
    const named = others.filter(
      (id) => !needed.has(id) && sources.some((text) => imports(text, id)),
    );
    for (const id of named) needed.add(id);
    folders = named.flatMap((id) => foldersCalled(id, own));
  }
  return others.filter((id) => !needed.has(id));
}

function readPrograms(folders: readonly string[], own: readonly SurveyedFile[]): string[] {
  return own
    .filter(({ path }) => PROGRAM_FILE.test(path))
    .filter(({ path }) => folders.some((folder) => path.startsWith(folder)))
    .map(({ source }) => readFileSync(source, 'latin1'));
}

/** The folders of that name, wherever they lie, with their final slash. */
function foldersCalled(id: string, own: readonly SurveyedFile[]): string[] {
  const found = own.flatMap(({ path }) => {
    const at = `/${path}`.indexOf(`/${id}/`);
    return at === -1 ? [] : [path.slice(0, at + id.length + 1)];
  });
  return [...new Set(found)];
}

/** Whether a source names a file or a module of that name; a comment may name it in passing. */
function imports(source: string, name: string): boolean {
  return new RegExp(`(?:['"\`/]|\\b(?:import|from)\\s+)${name}\\b`).test(source);
}

const PROGRAM_FILE = /(?:\.[cm]?[jt]s|\.py|\.sh|\/[^./]+)$/;
