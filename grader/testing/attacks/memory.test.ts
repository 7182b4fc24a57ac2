import { BWRAP_TARGET } from './bwrap-target.ts';
import { attackMemory } from './memory.ts';

attackMemory(BWRAP_TARGET);
