import { unzipSync } from 'fflate';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { runCli } from './cli.ts';

/** A kit as it is where it was unpacked or committed. Who makes it removes it. */
export interface UnpackedKit {
  readonly folder: string;
  readonly read: (path: string) => string;
  readonly remove: () => void;
}

/** Makes a kit by its command, and unpacks it where it is an archive. Its packages are those of this course. */
export async function unpackKit(kit: string): Promise<UnpackedKit> {
  const folder = mkdtempSync(join(tmpdir(), 'kit-'));
  const { stdout, stderr } = await runCli(['package', kit, 'week02'], { cwd: folder });
  const archive = /^wrote (.*\.zip)$/m.exec(stdout)?.[1];
  if (!stdout.startsWith('wrote')) throw new Error(`no kit came: ${stderr}`);
  if (archive !== undefined) unpack(join(folder, archive), folder);
  return {
    folder,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function unpack(archive: string, folder: string): void {
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(archive)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
}
