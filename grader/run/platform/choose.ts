import { linux } from './linux.ts';
import type { Platform } from './platform.ts';
import { unix } from './unix.ts';
import { windows } from './windows.ts';

/** The way of handling processes on one operating system. */
export function choosePlatform(name: NodeJS.Platform): Platform {
  if (name === 'linux') return linux;
  return name === 'win32' ? windows : unix;
}
