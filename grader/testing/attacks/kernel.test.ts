import { BWRAP_TARGET } from './bwrap-target.ts';
import { attackKernel } from './kernel.ts';

attackKernel(BWRAP_TARGET);
