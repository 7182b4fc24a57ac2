import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the /etc of cells: without it no name can be looked up, and `listen('localhost')` fails.
 *
 * @param folder is made
 */
export function makeEtc(folder: string): void {
  mkdirSync(folder);
  for (const [name, lines] of Object.entries(FILES)) {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`, { mode: 0o644 });
  }
  // Where there is none, Node looks for it in every file of the zones, which takes as long as its start.
  symlinkSync('/usr/share/zoneinfo/Etc/UTC', join(folder, 'localtime'));
  // Where libraries are is no secret.
  if (existsSync('/etc/ld.so.cache')) {
    copyFileSync('/etc/ld.so.cache', join(folder, 'ld.so.cache'));
  }
}

/** Adds which of several programs of one name is meant: a hundred links, which a trial can do without. */
export function addAlternatives(folder: string): void {
  if (!existsSync('/etc/alternatives')) return;
  mkdirSync(join(folder, 'alternatives'));
  for (const entry of readdirSync('/etc/alternatives', { withFileTypes: true })) {
    if (!entry.isSymbolicLink()) continue;
    const target = readlinkSync(join('/etc/alternatives', entry.name));
    symlinkSync(target, join(folder, 'alternatives', entry.name));
  }
}

const FILES = {
  passwd: ['student:x:1000:1000:student:/tmp:/bin/sh', 'nobody:x:65534:65534:nobody:/:/bin/sh'],
  group: ['student:x:1000:', 'nogroup:x:65534:'],
  hosts: ['127.0.0.1 localhost', '::1 localhost ip6-localhost ip6-loopback'],
  'nsswitch.conf': ['passwd: files', 'group: files', 'hosts: files'],
  'host.conf': ['multi on'],
};
