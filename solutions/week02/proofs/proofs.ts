import type { Proofs } from '../../../grader/lab/index.ts';
import { equivalents } from './equivalents/equivalents.ts';
import { mutants } from './mutants/mutants.ts';
import { realServers } from './real-servers.ts';

const proofs: Proofs = { mutantsPerCheck: 2, mutants, equivalents, realServers };

export default proofs;
