import { BWRAP_TARGET } from './bwrap-target.ts';
import { attackFiles } from './files.ts';

attackFiles(BWRAP_TARGET);
