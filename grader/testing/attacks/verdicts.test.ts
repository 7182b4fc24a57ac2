import { BWRAP_TARGET } from './bwrap-target.ts';
import { attackVerdicts } from './verdicts.ts';

attackVerdicts(BWRAP_TARGET);
