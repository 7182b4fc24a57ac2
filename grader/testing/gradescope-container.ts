import { execa } from 'execa';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { PROJECT } from '../course/project.ts';
import { isInstalled } from './cli.ts';

/** Why no container can be imitated here; an empty string where one can. */
export const WHY_NO_CONTAINER =
  process.getuid?.() !== 0
    ? 'only root can be root of a container'
    : (['bwrap', 'unzip', 'setpriv', 'useradd', 'npm'].find((tool) => !isInstalled(tool)) ?? '');

/** What root may do in a container, where nothing else is said. Looking into others' processes is not among it. */
const CAPABILITIES = [
  ...['CHOWN', 'DAC_OVERRIDE', 'FSETID', 'FOWNER', 'MKNOD', 'NET_RAW', 'SETGID', 'SETUID'],
  ...['SETFCAP', 'SETPCAP', 'NET_BIND_SERVICE', 'SYS_CHROOT', 'KILL', 'AUDIT_WRITE'],
];

/** The files of /etc that setup.sh reads or changes. */
const ETC = ['passwd', 'group', 'shadow', 'gshadow', 'login.defs', 'nsswitch.conf', 'ld.so.cache'];

/** What one grading in the container left behind. */
export interface ContainerRun {
  readonly exitCode: number | undefined;
  readonly output: string;
  /** results.json, as it is. */
  readonly results: string;
  /** The container's /tmp. */
  readonly temporary: string;
}

/**
 * The container that Gradescope builds of an autograder, imitated by bubblewrap: its folders, root,
 * and what root may do there. Who makes it removes it.
 */
export class GradescopeContainer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'gradescope-'));
  #runs = 0;

  /** Unpacks an archive, and runs its setup.sh. */
  static async build(archive: string): Promise<GradescopeContainer> {
    const container = new GradescopeContainer();
    await container.#build(archive);
    return container;
  }

  get source(): string {
    return join(this.#folder, 'source');
  }

  async #build(archive: string): Promise<void> {
    await execa('unzip', ['-q', archive, '-d', this.source]);
    mkdirSync(join(this.#folder, 'etc'));
    for (const name of ETC.filter((each) => existsSync(join('/etc', each)))) {
      cpSync(join('/etc', name), join(this.#folder, 'etc', name));
    }
    await this.#installPackages();
    const { exitCode, output } = await this.#enter(this.#layOut(), [
      'bash',
      '/autograder/source/setup.sh',
    ]);
    if (exitCode !== 0) throw new Error(`setup.sh failed: ${output}`);
  }

  /** Those of this course, since a test does not go to the internet; npm finds nothing left to do. */
  async #installPackages(): Promise<void> {
    const list = ['ls', '--omit=dev', '--all', '--parseable'];
    const { stdout } = await execa('npm', list, { cwd: PROJECT, reject: false });
    for (const folder of stdout.split('\n').slice(1)) {
      cpSync(folder, join(this.source, relative(PROJECT, folder)), { recursive: true });
    }
    mkdirSync(join(this.#folder, 'bin'));
    writeFileSync(join(this.#folder, 'bin/npm'), '#!/bin/sh\ntest -d node_modules\n');
    chmodSync(join(this.#folder, 'bin/npm'), 0o755);
  }

  /** Grades what was handed in. @param lay puts it into the folder */
  async grade(lay: (submission: string) => void): Promise<ContainerRun> {
    const place = this.#layOut();
    lay(join(place, 'autograder/submission'));
    // What still runs when it has ended is printed.
    const script = `/autograder/run_autograder; status=$?
      grep -l '^Uid:.642' /proc/[0-9]*/status; exit $status`;
    const { exitCode, output } = await this.#enter(place, ['bash', '-c', script]);
    const results = readFileSync(join(place, 'autograder/results/results.json'), 'utf8');
    return { exitCode, output, results, temporary: join(place, 'tmp') };
  }

  /** Runs a command as root of the container. */
  async run(command: readonly string[]): Promise<ContainerRun> {
    const place = this.#layOut();
    const ended = await this.#enter(place, command);
    return { ...ended, results: '', temporary: join(place, 'tmp') };
  }

  /** A fresh container's own folders. */
  #layOut(): string {
    const place = join(this.#folder, `run-${String((this.#runs += 1))}`);
    for (const folder of ['submission', 'results', 'source']) {
      mkdirSync(join(place, 'autograder', folder), { recursive: true });
    }
    mkdirSync(join(place, 'tmp'));
    chmodSync(join(place, 'tmp'), 0o1777);
    cpSync(join(this.source, 'run_autograder'), join(place, 'autograder/run_autograder'));
    writeFileSync(join(place, 'autograder/submission_metadata.json'), '{ "id": 1 }');
    return place;
  }

  async #enter(
    place: string,
    command: readonly string[],
  ): Promise<{ readonly exitCode: number | undefined; readonly output: string }> {
    const { exitCode, all } = await execa(
      'bwrap',
      [
        ...['--unshare-pid', '--unshare-net', '--unshare-ipc', '--die-with-parent'],
        ...[
          '--ro-bind',
          '/usr',
          '/usr',
          '--symlink',
          'usr/bin',
          '/bin',
          '--symlink',
          'usr/lib',
          '/lib',
        ],
        ...['--symlink', 'usr/sbin', '/sbin', '--symlink', 'usr/lib64', '/lib64', '--dir', '/root'],
        ...['--bind', join(this.#folder, 'etc'), '/etc', '--proc', '/proc', '--dev', '/dev'],
        ...[
          '--bind',
          join(place, 'tmp'),
          '/tmp',
          '--bind',
          join(place, 'autograder'),
          '/autograder',
        ],
        ...[
          '--bind',
          this.source,
          '/autograder/source',
          '--ro-bind',
          join(this.#folder, 'bin'),
          '/opt/bin',
        ],
        ...outsideUsr(process.execPath),
        ...['--cap-drop', 'ALL', ...CAPABILITIES.flatMap((name) => ['--cap-add', `CAP_${name}`])],
        ...[
          '--clearenv',
          '--setenv',
          'PATH',
          `/opt/bin:/usr/local/bin:/usr/sbin:/usr/bin:${dirname(process.execPath)}`,
        ],
        ...['--chdir', '/', ...command],
      ],
      { reject: false, all: true, stdin: 'ignore' },
    );
    return { exitCode, output: all };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** run_autograder looks for Node where setup.sh puts it. */
function outsideUsr(node: string): readonly string[] {
  return node.startsWith('/usr/') ? [] : ['--ro-bind', node, '/usr/local/bin/node'];
}
