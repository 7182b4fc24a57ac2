import { BWRAP_TARGET } from './bwrap-target.ts';
import { attackNetwork } from './network.ts';

attackNetwork(BWRAP_TARGET);
