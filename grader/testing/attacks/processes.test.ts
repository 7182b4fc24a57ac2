import { BWRAP_TARGET } from './bwrap-target.ts';
import { attackProcesses } from './processes.ts';

attackProcesses(BWRAP_TARGET);
