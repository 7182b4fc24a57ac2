import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MadeRepository } from './made-repository.ts';
import { stageWork, type Staged, type StagingTools } from './stage-work.ts';

/** Work of a test, to be staged. Who makes it removes it. */
export class Staging {
  readonly made = new MadeRepository();
  readonly #scratch = mkdtempSync(join(tmpdir(), 'staged-'));
  readonly into = join(this.#scratch, 'into');
  readonly tools: StagingTools;

  constructor(environment: StagingTools['environment']) {
    this.tools = { environment, signal: new AbortController().signal };
  }

  /** A path in the work. */
  at(path: string): string {
    return join(this.made.folder, path);
  }

  /** Stages what is there now, by a commit of it or as a folder. */
  stage(kind: 'commit' | 'folder', path?: string): Promise<Staged> {
    return kind === 'folder'
      ? this.stageFolder(this.made.folder, path)
      : this.stageCommit(this.made.commit({}), path);
  }

  stageCommit(commit: string, path?: string): Promise<Staged> {
    const repository = this.at('.git');
    const work = { from: 'repository', repository, commit, lab: 'week02', path } as const;
    return stageWork(work, this.into, this.tools);
  }

  stageFolder(folder: string, path?: string): Promise<Staged> {
    const work = { from: 'folder', folder, lab: 'week02', path } as const;
    return stageWork(work, this.into, this.tools);
  }

  /** The paths of all that was staged. */
  staged(): string[] {
    return readdirSync(this.into, { recursive: true, encoding: 'utf8' }).sort();
  }

  remove(): void {
    this.made.remove();
    rmSync(this.#scratch, { recursive: true, force: true });
  }
}
